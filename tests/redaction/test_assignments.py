"""Values in running text that have a name before them, and prose that merely names them."""

import json

import pytest
from planted import opaque

from cassette_cli.redaction.assignments import Assignments

KEY = opaque()
FINDER = Assignments(personal=True)


def values(text: str) -> list[str]:
    return [text[each.span.start : each.span.end] for each in FINDER.matches(text)]


@pytest.mark.parametrize(
    "text",
    [
        "export ACME_API_KEY={}",
        'API_KEY="{}"',
        "api_key = '{}'",
        '{{"password": "{}"}}',
        '{{\\"api_key\\": \\"{}\\"}}',
        "curl -H 'X-Api-Key: {}' https://a.example",
        'curl -H "Authorization: Bearer {}"',
        "https://a.example/f?a=1&sig={}&b=2",
        "https://a.example/f?X-Amz-Signature={})",
        "client_secret: {}.",
        "MY_TOKEN={}",
        "user_id: {}",
    ],
)
def test_values(text: str) -> None:
    filled = text.format(KEY)
    assert values(filled) == [KEY]
    assert FINDER.may_be_in(filled)
    assert FINDER.may_be_in(json.dumps({"text": filled}))


@pytest.mark.parametrize(
    "text",
    [
        "The authorization header carries a bearer token.",
        "Please reset your password: click the link below.",
        "token: a unit of text; key: value; secret: none",
        "The api_key parameter is required.",
        "export OPENAI_API_KEY=<your key>",
        "api_key='sk-" + "...'",
        "max_tokens: 4096, token_count=128000",
        '"nextPageToken": "' + KEY + '"',
        "password = getUserPassword()",
        "key = response.headers.get",
        "postgresql://USER:PASSWORD@HOST:5432/DB",
        '"token": " authorization"',
    ],
)
def test_prose(text: str) -> None:
    assert values(text) == []


def test_a_quote_in_the_value() -> None:
    odd = f"{KEY[:5]}'{KEY[5:9]}&{KEY[9:14]}"
    assert values(f"DB_PASSWORD={odd}") == [odd]
    assert values(f'DB_PASSWORD="{odd}"') == [odd]
    assert values(f'DB_PASSWORD="{KEY} and more"') == [KEY]
