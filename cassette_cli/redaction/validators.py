"""Whether a text that looks like a secret is one: checksums where a format has them, and how random it looks."""

import base64
import math
import re
from collections import Counter
from ipaddress import ip_address, ip_network

DIGIT = re.compile(r"[0-9]")
LETTER = re.compile(r"[A-Za-z]")


def entropy(text: str) -> float:
    """Shannon entropy, in bits per character."""
    size = len(text)
    return -sum(count / size * math.log2(count / size) for count in Counter(text).values()) if size else 0.0


def random_looking(text: str) -> bool:
    """Whether a text may have been drawn at random: sixteen characters or more, letters and digits, few repeated."""
    return len(text) >= 16 and bool(DIGIT.search(text) and LETTER.search(text)) and entropy(text) >= 3.0


def varied(text: str) -> bool:
    """Whether a text repeats itself little: what `x` or `*` or `abcabc` fill up is an example."""
    return entropy(text) >= 2.5


def luhn(text: str) -> bool:
    """The check digit of card numbers: ISO/IEC 7812-1, annex B. Anything but digits is passed over."""
    digits = [int(char) for char in text if char.isdigit()]
    doubled = [digit if place % 2 == 0 else digit * 2 - 9 * (digit > 4) for place, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def iban(text: str) -> bool:
    """The check digits of an IBAN: ISO 13616-1, after ISO/IEC 7064 (mod 97-10). Spaces are passed over."""
    compact = text.replace(" ", "")
    moved = compact[4:] + compact[:4]
    return moved.isascii() and moved.isalnum() and int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def basic(text: str) -> bool:
    """Whether a base64 text is a user and a password: RFC 7617, 2."""
    try:
        pair = base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode()
    except ValueError:
        return False
    return ":" in pair and pair.isprintable()


# Published for tests: https://docs.stripe.com/testing, https://developer.paypal.com/tools/sandbox/card-testing/
TEST_CARDS = frozenset({"4242424242424242", "4111111111111111", "5555555555554444", "4000056655665556"})


def card(text: str) -> bool:
    """Whether digits are a card's number, and not one that is published for tests."""
    digits = "".join(char for char in text if char.isdigit())
    return 15 <= len(digits) <= 19 and luhn(digits) and digits not in TEST_CARDS and len(set(digits)) > 3


def phone(text: str) -> bool:
    """Whether digits are a telephone number that someone may have: not one of those set aside for fiction
    (555-01xx, https://nationalnanpa.com/number_resource_info/555_numbers.html) or counted up."""
    digits = "".join(char for char in text if char.isdigit())
    fiction = digits[-7:-2] == "55501" or digits[-10:-7] == "555"
    return 9 <= len(digits) <= 15 and not fiction and len(set(digits)) > 3 and digits[-7:] not in "01234567890"


NO_CLIENTS = [
    ip_network(each)
    for each in ("0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16")
] + [ip_network(each) for each in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3")]
# Names servers that everyone uses.
PUBLIC_SERVERS = frozenset({"1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9", "1.2.3.4"})


def client_address(text: str) -> bool:
    """Whether an IPv4 address may be someone's: not private, for documentation or special (RFC 6890), no version."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    # A version number ends in small numbers, or has a zero somewhere.
    parts = [int(part) for part in text.split(".")]
    return text not in PUBLIC_SERVERS and max(parts[1:]) > 9 and not any(address in network for network in NO_CLIENTS)


# RFC 2606 and RFC 6761, and what is an address in form only: files, packages, machines.
NO_MAIL = re.compile(
    r"@(?:.+\.)?(?:example|test|invalid|localhost|local|internal|yourdomain|domain|email|acme|company)(?:\.[a-z]{2,3})?\Z"
    r"|\.(?:png|jpe?g|gif|svg|webp|js|ts|py|md|json|ya?ml|html|css|iam\.gserviceaccount\.com|local)\Z"
    r"|^(?:no-?reply|git|user|username|name|you|your[._-]?\w*|me|test|someone)@",
    re.IGNORECASE,
)


def mail(text: str) -> bool:
    """Whether an address of the form of e-mail may be someone's."""
    return not NO_MAIL.search(text)


NOBODY = frozenset(
    "user username name you yourname your-name your_name me admin administrator root runner ubuntu debian ec2-user app "
    "node vscode codespace circleci travis jenkins build builder docker shared public default guest work test testuser "
    "someone jovyan sandbox oai project student agent".split()
)


def person(text: str) -> bool:
    """Whether the name of a home directory is a person's: not one that images and examples have."""
    return text.lower() not in NOBODY and not text.startswith(("...", "."))


def client_address_v6(text: str) -> bool:
    """Whether an IPv6 address may be someone's: a global one, not for documentation (RFC 4291, RFC 3849)."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return address.version == 6 and address.is_global
