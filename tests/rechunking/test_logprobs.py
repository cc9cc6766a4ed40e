"""Log probabilities: the lists of tokens in them, their sizes, and what is none."""

import pytest

from cassette_cli.document import from_json
from cassette_cli.rechunking.logprobs import TokenList, lists_in

SPOTS = {"": 0, "content": 0, "refusal": 1}


def lists(text: str) -> list[tuple[int, str, tuple[int, ...], tuple[str, ...]]]:
    found = lists_in(text, from_json.parse(text), SPOTS)
    return [(each.spot, each.name, each.sizes, each.entries) for each in found if isinstance(each, TokenList)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"token": "é"}]', [(0, "", (2,), ('{"token": "é"}',))]),
        (
            '{"content": [{"token": "?", "bytes": [195, 169]}], "refusal": [{"token": "no"}]}',
            [
                (0, "content", (2,), ('{"token": "?", "bytes": [195, 169]}',)),
                (1, "refusal", (2,), ('{"token": "no"}',)),
            ],
        ),
        (
            '{"tokens": ["a", "bc"], "token_logprobs": [-1, -2], "text_offset": [0, 1], "top_logprobs": null}',
            [
                (0, "tokens", (1, 2), ('"a"', '"bc"')),
                (0, "token_logprobs", (1, 2), ("-1", "-2")),
                (0, "text_offset", (1, 2), ("0", "1")),
            ],
        ),
        ('{"content": null}', []),
        ("[]", []),
        ("null", []),
        ('[{"logprob": 1}]', []),
        ('{"token_ids": [1, 2]}', []),
    ],
)
def test_lists(text: str, expected: object) -> None:
    assert lists(text) == expected


def test_with_their_own_entries_they_are_the_text() -> None:
    text = '{"content": [{"token": "a"} ,{"token": "b"}], "refusal": null}'
    found = lists_in(text, from_json.parse(text), SPOTS)

    assert "".join(each if isinstance(each, str) else each.written(each.entries) for each in found) == text
