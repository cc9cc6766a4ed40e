"""What of a text is the secret, once its place says that there is one: the credential in an Authorization header, the
signature in one, the address in a list of addresses."""

import base64
import re
from collections.abc import Iterator
from urllib.parse import unquote

from cassette_cli.document.text import Span
from cassette_cli.redaction import place_names, places, validators
from cassette_cli.redaction.placeholders import is_placeholder, is_wordy
from cassette_cli.redaction.places import Place
from cassette_cli.redaction.rules import Category
from cassette_cli.redaction.text import Spot, Text

SCHEME = re.compile(r"(?:Bearer|Basic|Token|Bot|ApiKey|Key|Negotiate|OAuth|Digest|AWS4-HMAC-SHA256)\s+", re.IGNORECASE)
# https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html, and Digest, RFC 7616.
SIGNED = re.compile(r"\b(?:Credential=([A-Z0-9]{16,128})/|(?:Signature|response|nonce)=\"?([A-Za-z0-9+/=_-]{16,}))")
ADDRESS = re.compile(r"[0-9A-Fa-f.:]{3,45}")
PROSE = re.compile(r"\S\s+\S+\s+\S")
LONGEST = 4096

BASIC = Place("basic-credentials", Category.CREDENTIALS)
URL_PASSWORD = Place("url-password", Category.CREDENTIALS)
# What a value under a name of a person's data has to be.
VALID = {
    "email": validators.mail,
    "ip": validators.client_address,
    "iban": validators.iban,
    "card-number": validators.card,
    "phone": validators.phone,
}


def by_place(text: Text) -> Iterator[tuple[Span, Place]]:
    """The secrets that a text holds because of where it is."""
    match text.spot:
        case Spot.HEADER:
            place = places.header(text.name or "")
        case Spot.QUERY:
            place = places.query(text.name or "")
        case Spot.COOKIE:
            yield from _cookie(text)
            return
        case Spot.PASSWORD:
            place = URL_PASSWORD
        case Spot.PATH:
            return
        case Spot.FIELD:
            place = places.field(text.name) if text.name else None
    if place:
        yield from _of(text, place)


def _of(text: Text, place: Place) -> Iterator[tuple[Span, Place]]:
    value = text.value
    if place.id == "authorization":
        yield from _authorization(value)
    elif place.id == "ip" and text.spot is Spot.HEADER:
        for found in ADDRESS.finditer(value):
            if validators.client_address(found[0]) or validators.client_address_v6(found[0]):
                yield Span(*found.span()), place
    elif place.id == "cookie":
        if "=" in value and len(value) >= 16 and not is_placeholder(value):
            yield Span(0, len(value)), place
    elif _is(value, place, text.spot):
        scheme = SCHEME.match(value)
        yield Span(scheme.end() if scheme else 0, len(value)), place


def _is(value: str, place: Place, spot: Spot) -> bool:
    if is_placeholder(value) or len(value) > LONGEST or PROSE.search(value) or "\n" in value.strip():
        return False
    if place.id in VALID:
        return VALID[place.id](value) or (place.id == "ip" and validators.client_address_v6(value))
    if place.category is Category.NOISE:
        return True
    if place.category is Category.ACCOUNT and spot is Spot.HEADER:
        return True
    if is_wordy(value) and not (place.id == "password" and spot is not Spot.FIELD):
        return False
    return place.sure or validators.random_looking(value)


def _authorization(value: str) -> Iterator[tuple[Span, Place]]:
    signed = False
    for found in SIGNED.finditer(value):
        signed = True
        group = 1 if found[1] else 2
        if not is_placeholder(found[group]):
            yield Span(*found.span(group)), place_names.AWS_KEY if found[1] else place_names.SIGNATURE
    if signed:
        return
    scheme = SCHEME.match(value)
    start = scheme.end() if scheme else 0
    secret = value[start:].rstrip()
    if not secret or is_placeholder(secret) or is_wordy(secret) or PROSE.search(secret):
        return
    basic = scheme is not None and scheme[0].strip().lower() == "basic"
    if basic and not any(map(_worth, credentials(secret))):
        return
    yield Span(start, start + len(secret)), BASIC if basic else place_names.TOKEN


def _worth(part: str) -> bool:
    return not is_placeholder(part) and not is_wordy(part)


def credentials(coded: str) -> tuple[str, ...]:
    """User and password of Basic credentials (RFC 7617); the text itself where it is none."""
    try:
        return tuple(base64.b64decode(coded + "=" * (-len(coded) % 4)).decode().split(":", 1))
    except ValueError:
        return (coded,)


def _cookie(text: Text) -> Iterator[tuple[Span, Place]]:
    value = unquote(text.value)
    digits = any(char.isdigit() for char in value)
    if len(value) >= 8 and digits and not is_placeholder(value) and not is_wordy(value):
        yield Span(0, len(text.value)), place_names.COOKIE
