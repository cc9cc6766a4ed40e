"""Specimens of keys, made at random while a test runs, and what is nearly one.

A shape is literal text with fields `<alphabet:length>`; lengths are `36`, `22-28`, `24+` (that many or more) or `93~`
(the usual one, that the rule does not insist on). What
stands between `{` and `}` is the secret, where it is not all of it. Other fields are named for what they give: `<crc>`
checks the field before it.
"""

import base64
import json
import re
import string
import zlib
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from cassette_cli.redaction.validators import base62, iban, luhn

ALPHABETS = {
    "a": string.ascii_letters + string.digits,
    "u": string.ascii_letters + string.digits + "_-",
    "w": string.ascii_letters + string.digits + "_",
    "h": "0123456789abcdef",
    "H": "0123456789ABCDEF",
    "l": string.ascii_lowercase + string.digits,
    "U": string.ascii_uppercase + string.digits,
    "z": string.ascii_lowercase,
    "b": string.ascii_letters + string.digits + "+/",
    "d": string.digits,
    "n": "123456789",
    "s": string.ascii_uppercase + "234567",
    "x": string.ascii_lowercase + "234567",
    "A": string.ascii_uppercase,
    "5": "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
    "1": "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
}
FIELD = re.compile(
    r"<(?:(?P<alphabet>\w):(?P<least>\d+)(?:-(?P<most>\d+)|(?P<open>\+)|(?P<about>~))?|(?P<made>[a-z0-9]+))>"
)


class Specimen(NamedTuple):
    """A text that holds a secret, and the secret."""

    text: str
    secret: str


def last_field(shape: str) -> "re.Match[str] | None":
    """The last field of characters drawn at random: the one whose length tests put wrong."""
    return next((field for field in reversed(list(FIELD.finditer(shape))) if field["alphabet"]), None)


def drawn(
    shape: str, rng: Random, *, longest: bool = False, extra: int = 0, spoilt: bool = False, filler: str = ""
) -> Specimen:
    """A specimen: fields as short, or as long, as they may be; the last one longer by `extra`, or with a character of
    no alphabet in its middle, or all fields cut from a filler."""
    last = last_field(shape)
    made, marks, before = "", [], ""
    for piece in re.finditer(r"<[^<>]+>|[{}]|[^<>{}]+", shape):
        field = FIELD.fullmatch(piece[0])
        if piece[0] in "{}":
            marks.append(len(made))
        elif field and field["made"]:
            made += MADE[field["made"]](rng, before)
        elif field:
            is_last = last is not None and piece.start() == last.start()
            size = int((field["most"] if longest else None) or field["least"]) + (extra if is_last else 0)
            before = filler[:size] or text(rng, field["alphabet"], size)
            made += f"{before[: size // 2]}é{before[size // 2 + 1 :]}" if spoilt and is_last else before
        else:
            made += piece[0]
    start, end = marks or (0, len(made))
    return Specimen(made, made[start:end])


def text(rng: Random, alphabet: str, size: int) -> str:
    """Characters of an alphabet; the first and the last are letters or digits, as a key's are in most texts."""
    ends = [char for char in ALPHABETS[alphabet] if char.isalnum()]
    inner = "".join(rng.choice(ALPHABETS[alphabet]) for _ in range(size))
    return (rng.choice(ends) + inner[1:-1] + rng.choice(ends))[:size] if size > 1 else inner


def _uuid(rng: Random, _: str) -> str:
    return "-".join(text(rng, "h", size) for size in (8, 4, 4, 4, 12))


def _crc(_: Random, before: str) -> str:
    return base62(zlib.crc32(before.encode()), 6)


def _coded(value: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _token(claims: dict[str, str], rng: Random) -> str:
    parts = (
        base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=") for each in ({"alg": "HS256"}, claims)
    )
    return ".".join((*parts, text(rng, "u", 43)))


def _jwt(rng: Random, _: str) -> str:
    return _token({"sub": text(rng, "l", 12)}, rng)


def _jwe(rng: Random, _: str) -> str:
    head = _coded({"alg": "dir", "enc": "A128GCM"})
    return ".".join((head, text(rng, "u", 43), text(rng, "u", 16), text(rng, "u", 80), text(rng, "u", 22)))


def _basic(rng: Random, _: str) -> str:
    return base64.b64encode(f"{text(rng, 'z', 6)}:{text(rng, 'a', 14)}".encode()).decode()


def _snowflake(rng: Random, _: str) -> str:
    return base64.urlsafe_b64encode(f"{rng.randint(10**17, 10**18 - 1)}".encode()).decode().rstrip("=")


def _lines(rng: Random, _: str) -> str:
    return "\n".join(text(rng, "b", size) for size in (64, 64, 64, 32))


def _card(rng: Random, _: str) -> str:
    return next(number for number in iter(lambda: "4" + text(rng, "d", 15), "") if luhn(number))


def _amex(rng: Random, _: str) -> str:
    return next(number for number in iter(lambda: "37" + text(rng, "d", 13), "") if luhn(number))


def _iban(rng: Random, _: str) -> str:
    account = text(rng, "d", 18)
    return next(number for number in (f"DE{check:02}{account}" for check in range(98)) if iban(number))


def _byte(rng: Random, _: str) -> str:
    return str(rng.randint(20, 250))


MADE: dict[str, Callable[[Random, str], str]] = {
    "uuid": _uuid,
    "crc": _crc,
    "jwt": _jwt,
    "jwe": _jwe,
    "basic": _basic,
    "snowflake": _snowflake,
    "lines": _lines,
    "card": _card,
    "amex": _amex,
    "iban": _iban,
    "byte": _byte,
}
