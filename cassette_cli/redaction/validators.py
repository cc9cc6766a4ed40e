"""Whether a text that looks like a secret is one: checksums where a format has them, structure, how random it looks."""

import base64
import json
import math
import re
import zlib
from collections import Counter
from ipaddress import ip_address
from itertools import pairwise

from cassette_cli.redaction.placeholders import is_placeholder, is_wordy

DIGIT = re.compile(r"[0-9]")
# So much of a text says whether it was drawn at random.
ENOUGH = 256
LETTER = re.compile(r"[A-Za-z]")
# Words as names of code have them: getUserName.
HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def entropy(text: str) -> float:
    """Shannon entropy, in bits per character."""
    size = len(text)
    return -sum(count / size * math.log2(count / size) for count in Counter(text).values()) if size else 0.0


def counted(text: str) -> bool:
    """Whether half of a text or more is counted up or filled up, as examples are: `1234567890abcdef`, `a1b2c3d4`,
    `xxxxxxxx`."""
    return 2 * max(_in_runs(text), _in_runs(text[::2] + text[1::2])) >= len(text)


def _in_runs(text: str) -> int:
    """How many characters lie in runs of four or more, each the same as the one before or the next in order."""
    total, run = 0, 1
    for before, after in pairwise([*map(ord, text), 0]):
        if after - before in (0, 1):
            run += 1
        else:
            total, run = total + (run if run >= 4 else 0), 1
    return total


def drawn(text: str) -> bool:
    """Whether a text that has the form of a key may be one: none that repeats itself or is counted up."""
    head = text[:ENOUGH]
    return entropy(head) >= 2.75 and not counted(head)


def random_looking(text: str) -> bool:
    """Whether a text may have been drawn at random: sixteen characters or more, letters and digits, or large and small
    letters without order, few repeated, no words."""
    text = text[:ENOUGH]
    if len(text) < 16 or entropy(text) < 3.0 or counted(text) or is_wordy(text):
        return False
    return bool(DIGIT.search(text) and LETTER.search(text)) or 4 * len(HUMP.findall(text)) >= len(text)


def checked(text: str) -> bool:
    """The last six characters of tokens of GitHub and npm: CRC-32 of what stands between them and the prefix, in
    base 62 (https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/)."""
    _, _, rest = text.partition("_")
    return drawn(text) and base62(zlib.crc32(rest[:-6].encode()), 6) == rest[-6:]


def base62(number: int, width: int) -> str:
    """A number in base 62 (digits, capitals, small letters), with zeros in front."""
    digits = ""
    while number:
        number, rest = divmod(number, 62)
        digits = BASE62[rest] + digits
    return digits.rjust(width, "0")


def _object(part: str) -> dict[str, object] | None:
    """The JSON object that a part of a JSON web token stands for."""
    try:
        value = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def jose(text: str) -> bool:
    """Whether a text of three parts is a JSON web token (its header and its claims are objects), or one of five parts
    is an encrypted one (its header is; RFC 7516, 3.1)."""
    header, claims, *rest = text.split(".")
    head = _object(header)
    return (
        head is not None
        and bool({"alg", "typ", "enc"} & head.keys())
        and (len(rest) == 3 or _object(claims) is not None)
    )


def pem(text: str) -> bool:
    """Whether the lines between the marks of a private key hold one: 48 bytes or more (the shortest is an Ed25519 key,
    RFC 8410, 7), and no example."""
    return len(re.sub(r"\s|\\{1,8}[nrt]", "", text)) >= 64 and entropy(text) >= 4.0


def basic(text: str) -> bool:
    """Whether a base64 text is a user and a password (RFC 7617, 2), and one of these may be secret."""
    try:
        pair = base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode()
    except ValueError:
        return False
    return ":" in pair and pair.isprintable() and any(map(password, pair.split(":", 1)))


def password(text: str) -> bool:
    """Whether what stands where a password stands is one: no word, no variable."""
    return not is_placeholder(text) and not is_wordy(text)


def discord(text: str) -> bool:
    """Whether the first part of a token is a number, the bot's, in base64
    (https://discord.com/developers/docs/reference#snowflakes)."""
    part = text.partition(".")[0]
    try:
        return drawn(text) and base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).isdigit()
    except ValueError:
        return False


OF_DOCUMENTATION = re.compile(
    r"(?:(?:my|your|the|a|some|test)-?)?(?:(?:gcp|google|cloud)-?)?(?:project|resource|test|default)(?:-?(?:id|name|[0-9]{1,3}))?"
)


def own_name(text: str) -> bool:
    """Whether the name of a project or a resource is someone's, not one that documentation has."""
    return not is_placeholder(text) and not OF_DOCUMENTATION.fullmatch(text)


def own_number(text: str) -> bool:
    """Whether the number of an account is someone's: not counted up, not one digit over and over."""
    return len(set(text)) > 3 and 4 * _in_runs(text) < 3 * len(text)


def digits_of(text: str) -> str:
    """The digits of a text."""
    return "".join(char for char in text if char in "0123456789")


def luhn(text: str) -> bool:
    """The check digit of card numbers: ISO/IEC 7812-1, annex B. Anything but digits is passed over."""
    digits = list(map(int, digits_of(text)))
    doubled = [digit if place % 2 == 0 else digit * 2 - 9 * (digit > 4) for place, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def iban(text: str) -> bool:
    """The check digits of an IBAN: ISO 13616-1, after ISO/IEC 7064 (mod 97-10). Spaces are passed over."""
    compact = text.replace(" ", "")
    moved = compact[4:] + compact[:4]
    return moved.isascii() and moved.isalnum() and int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


# Published for tests: https://docs.stripe.com/testing, https://developer.paypal.com/tools/sandbox/card-testing/
TEST_CARDS = frozenset(
    {"4242" * 4, "4" + "1" * 15, "5" * 12 + "4444", "400005" + "66556655" + "56", "3782" + "822463" + "10005"}
)


def card(text: str) -> bool:
    """Whether digits are a card's number, and not one that is published for tests."""
    digits = digits_of(text)
    length = len(digits) == 15 if digits.startswith(("34", "37")) else 16 <= len(digits) <= 19
    return length and luhn(digits) and digits not in TEST_CARDS and len(set(digits)) > 3


def phone(text: str) -> bool:
    """Whether digits are a telephone number that someone may have: in North America not one set aside for fiction
    (555-01xx, https://nationalnanpa.com/number_resource_info/555_numbers.html); none that is counted up."""
    digits = digits_of(text)
    american = not text.startswith("+") or text.startswith("+1")
    fiction = american and (digits[-7:-2] == "55501" or digits[-10:-7] == "555")
    return 9 <= len(digits) <= 15 and not fiction and len(set(digits)) > 3 and digits[-7:] not in "0123456789" * 2


# Names servers that everyone uses.
PUBLIC_SERVERS = frozenset({"1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9", "1.2.3.4"})


def client_address(text: str) -> bool:
    """Whether an IPv4 address may be someone's: not private, for documentation or special (RFC 6890), no version."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if address.version != 4:
        return False
    # A version number ends in small numbers, or has a zero somewhere.
    parts = [int(part) for part in text.split(".")]
    return text not in PUBLIC_SERVERS and max(parts[1:]) > 9 and address.is_global and not address.is_multicast


# RFC 2606 and RFC 6761, and what is an address in form only: files, packages, machines.
NO_MAIL = re.compile(
    r"@(?:.+\.)?(?:example|test|invalid|localhost|local|internal|yourdomain|domain|email|acme|company)(?:\.[a-z]{2,3})?\Z"
    r"|\.(?:js|ts|py|md|iam\.gserviceaccount\.com)\Z"
    r"|^(?:no-?reply|git|user|username|name|you|your[._-]?\w*|me|test|someone)@",
    re.IGNORECASE,
)
# Other names of two letters, and those under which most people are; what has another end is a decorator or a file.
TOP_LEVEL = re.compile(
    r"\.(?:[a-z]{2}|com|org|net|edu|gov|mil|int|info|biz|name|pro|dev|app|cloud|tech|online|site|store|shop|xyz|blog"
    r"|agency|digital|email|studio|design|group|company|solutions|services|systems|network|consulting|health)\Z",
    re.IGNORECASE,
)


def mail(text: str) -> bool:
    """Whether an address of the form of e-mail may be someone's."""
    return not NO_MAIL.search(text) and TOP_LEVEL.search(text) is not None


NOBODY = re.compile(
    r"user|user-?name|name|you|your[-_]?name|me|admin|administrator|root|runner|ubuntu|debian|ec2-user|app|node|vscode"
    r"|codespace|circleci|travis|jenkins|build|builder|docker|shared|public|default|guest|work|test|testuser|someone"
    r"|unknown|unknown_user|styles|images|jovyan|sandbox|oai|project|student|agent|\.+.*",
    re.IGNORECASE,
)


def person(text: str) -> bool:
    """Whether the name of a home directory is a person's: not one that images and examples have."""
    return not NOBODY.fullmatch(text)


def client_address_v6(text: str) -> bool:
    """Whether an IPv6 address may be someone's: a global one, not for documentation (RFC 4291, RFC 3849)."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return address.version == 6 and address.is_global
