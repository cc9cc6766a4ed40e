"""Checksums and structures are held to, and what people write as an example is no secret."""

import base64
import json
import string
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from specimens import drawn, text

from cassette_cli.redaction import validators

SEEDS = range(20)


def one(shape: str, seed: int = 0) -> str:
    return drawn(shape, Random(f"{shape} {seed}")).text


def changed(value: str, place: int) -> str:
    """The text with another character of the same kind at a place."""
    char = value[place]
    for kind in (string.digits, string.ascii_lowercase, string.ascii_uppercase):
        if char in kind:
            return value[:place] + kind[(kind.index(char) + 1) % len(kind)] + value[place + 1 :]
    raise AssertionError(char)


@pytest.mark.parametrize("prefix", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "npm_"])
@pytest.mark.parametrize("seed", SEEDS)
def test_tokens_with_a_checksum(prefix: str, seed: int) -> None:
    token = one(f"{prefix}<a:30><crc>", seed)
    assert validators.checked(token)
    assert not validators.checked(changed(token, 10))
    assert not validators.checked(changed(token, -1))


@given(st.integers(min_value=0, max_value=2**32 - 1))
def test_base62_counts(number: int) -> None:
    digits = validators.base62(number, 6)
    assert len(digits) == 6
    value = 0
    for digit in digits:
        value = value * 62 + validators.BASE62.index(digit)
    assert value == number


@pytest.mark.parametrize("seed", SEEDS)
def test_cards_have_a_check_digit(seed: int) -> None:
    number = one("<card>", seed)
    assert validators.card(number)
    assert validators.card(" ".join(number[place : place + 4] for place in range(0, 16, 4)))
    assert not validators.card(changed(number, 7))
    assert not validators.card(number[:-1])


def test_cards_published_for_tests_are_nobodys() -> None:
    assert all(map(validators.luhn, validators.TEST_CARDS))
    assert not any(map(validators.card, validators.TEST_CARDS))
    assert not validators.card("0" * 16)


@pytest.mark.parametrize("seed", SEEDS)
def test_ibans_have_check_digits(seed: int) -> None:
    number = one("<iban>", seed)
    assert validators.iban(number)
    assert validators.iban(" ".join(number[place : place + 4] for place in range(0, len(number), 4)))
    assert not validators.iban(changed(number, 9))
    assert not validators.iban(number[:2] + "00" + number[4:])


def coded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("parts", "is_one"),
    [
        (lambda rng: [coded({"alg": "RS256"}), coded({"sub": text(rng, "a", 8)}), text(rng, "u", 342)], True),
        (lambda rng: [coded({"typ": "JWT"}), coded({}), text(rng, "u", 43)], True),
        (lambda rng: [coded({"alg": "dir", "enc": "A128GCM"}), "x", "y", "z", "t"], True),
        (lambda rng: [coded({"offset": 100}), coded({"sub": "x"}), text(rng, "u", 43)], False),
        (lambda rng: [coded({"alg": "RS256"}), text(rng, "u", 43), text(rng, "u", 43)], False),
        (lambda rng: [coded(["alg"]), coded({}), text(rng, "u", 43)], False),
        (lambda rng: ["eyJ" + text(rng, "u", 9), coded({}), text(rng, "u", 43)], False),
    ],
)
def test_json_web_tokens(parts: Callable[[Random], list[str]], is_one: bool) -> None:
    assert validators.jose(".".join(parts(Random(1)))) is is_one


@pytest.mark.parametrize(
    ("pair", "is_one"),
    [
        ("svc:<a:14>", True),
        ("<a:24>:", True),
        (":<a:24>", True),
        ("user:password", False),
        ("<token>:", False),
        ("no colon at all", False),
        ("user:<a:9>\x01", False),
    ],
)
def test_basic_credentials(pair: str, is_one: bool) -> None:
    secret = one(pair) if "<a" in pair else pair
    assert validators.basic(base64.b64encode(secret.encode()).decode()) is is_one


def test_basic_credentials_are_base64_of_a_text() -> None:
    assert not validators.basic("Authentication")
    assert not validators.basic(base64.b64encode(bytes(range(128, 160))).decode())


@pytest.mark.parametrize(
    "value", ["password", "changeme", "postgres", "$PASSWORD", "<password>", "${PASS}", "xxxxxxxx"]
)
def test_what_is_no_password(value: str) -> None:
    assert not validators.password(value)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_password(seed: int) -> None:
    assert validators.password(one("<a:8>!<a:6>", seed))


def test_private_keys_have_a_body() -> None:
    assert validators.pem(one("<lines>"))
    assert validators.pem(one("<b:64>").replace("\n", "\\n"))
    assert not validators.pem(one("<b:40>"))
    assert not validators.pem("A" * 200)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", ["<h:32>", "<a:22>", "<l:24>", "<u:43>", "<U:26>"])
def test_what_is_drawn_at_random_looks_so(shape: str, seed: int) -> None:
    assert validators.drawn(one(shape, seed))
    assert validators.random_looking(one(shape, seed))


@pytest.mark.parametrize(
    "value",
    [
        "x" * 32,
        "1234567890" * 3,
        "0123456789abcdef" * 2,
        "a1b2c3d4e5f6g7h8i9j0",
        "abcabc123" * 4,
        "deadbeef" * 4,
        "",
    ],
)
def test_what_is_filled_up_does_not(value: str) -> None:
    assert not validators.drawn(value)
    assert not validators.random_looking(value)


@pytest.mark.parametrize(
    "value",
    [
        "this-is-not-a-real-key-2024",
        "getUserAccessTokenFromHeader",
        "my_secret_key_for_tests",
        "claude-sonnet-4-5-2025",
        "short1",
    ],
)
def test_words_do_not_look_random(value: str) -> None:
    assert not validators.random_looking(value)


def test_the_token_of_a_bot_begins_with_its_number() -> None:
    assert validators.discord(one("<snowflake>.<u:6>.<u:38>"))
    assert not validators.discord(one("M<a:23>.<u:6>.<u:38>"))


@pytest.mark.parametrize(
    ("name", "own"),
    [("fantasy-playground-472418", True), ("acme-prod", True), ("my-project", False), ("your-project-id", False)],
)
def test_names_of_projects(name: str, own: bool) -> None:
    assert validators.own_name(name) is own


def test_numbers_of_accounts() -> None:
    assert all(validators.own_number(one("<n:12>", seed)) for seed in SEEDS)
    assert not validators.own_number("1234567890" + "12")
    assert not validators.own_number("0" * 12)
    assert not validators.own_number("00000000-0000-0000-0000-000000000000")


@pytest.mark.parametrize(
    ("address", "someones"),
    [
        ("<z:6>.<z:6>@<z:6>.com", True),
        ("<z:6>@<z:6>.co.uk", True),
        ("<z:6>@<z:6>.io", True),
        ("<z:6>@example.com", False),
        ("<z:6>@mail.example.org", False),
        ("user@<z:6>.com", False),
        ("noreply@<z:6>.com", False),
        ("git@<z:6>.com", False),
        ("via@agent.tool", False),
        ("icon@2x.png", False),
        ("svc@<z:6>.iam.gserviceaccount.com", False),
    ],
)
def test_mail(address: str, someones: bool) -> None:
    assert validators.mail(one(address)) is someones


@pytest.mark.parametrize(
    ("number", "someones"),
    [
        ("+1 415-<n:3>-<n:4>", True),
        ("+4915<n:9>", True),
        ("+1 415-555-0100", False),
        ("(555) 123-4567", False),
        ("+1 234 567 8901", False),
        ("+11111111111", False),
        ("+12345", False),
    ],
)
def test_phone(number: str, someones: bool) -> None:
    assert validators.phone(one(number)) is someones


@pytest.mark.parametrize(
    ("address", "someones"),
    [
        ("81.<byte>.<byte>.<byte>", True),
        ("10.<byte>.<byte>.<byte>", False),
        ("192.168.<byte>.<byte>", False),
        ("172.16.<byte>.<byte>", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("192.0.2.<byte>", False),
        ("198.51.100.<byte>", False),
        ("203.0.113.<byte>", False),
        ("100.64.<byte>.<byte>", False),
        ("8.8.8.8", False),
        ("1.0.1.1", False),
        ("2.6.0.1", False),
        ("999.1.1.1", False),
    ],
)
def test_addresses_of_clients(address: str, someones: bool) -> None:
    assert validators.client_address(one(address)) is someones


@pytest.mark.parametrize(
    ("address", "someones"),
    [
        ("2a02:8109:<h:4>:<h:4>::1", True),
        ("2001:db8::<h:4>", False),
        ("fe80::1", False),
        ("::1", False),
        ("fd00::<h:4>", False),
        ("81.<byte>.<byte>.<byte>", False),
        ("2a02:x", False),
    ],
)
def test_addresses_of_clients_v6(address: str, someones: bool) -> None:
    assert validators.client_address_v6(one(address)) is someones


@pytest.mark.parametrize("name", ["user", "Username", "runner", "ubuntu", "your-name", "...", ".ssh"])
def test_homes_of_nobody(name: str) -> None:
    assert not validators.person(name)


def test_homes_of_persons() -> None:
    assert all(validators.person(one("<z:7><n:2>", seed)) for seed in SEEDS)
