import pytest
from edits import KINDS, sample

from cassette_cli import files
from cassette_cli.editing.headers import with_header
from cassette_cli.errors import CassetteError
from cassette_cli.model import header_values


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("side", ["request", "response"])
def test_a_header_is_added_set_and_removed(name: str, side: str) -> None:
    before = sample(name)
    added = with_header(before, 0, side, "Retry-After", "2: x")  # type: ignore[arg-type]  # one of both
    again = files.read("x", files.encoded(added.document.text))

    assert header_values(getattr(again.interactions[0], side).headers, "retry-after") == ["2: x"]
    changed = with_header(added, 0, side, "retry-after", "3")  # type: ignore[arg-type]
    assert header_values(getattr(changed.interactions[0], side).headers, "retry-after") == ["3"]
    assert with_header(changed, 0, side, "RETRY-AFTER", None).document.text == before.document.text  # type: ignore[arg-type]


def test_a_header_is_written_as_the_others_are() -> None:
    text = with_header(sample("go_vcr/openai_chat_text.yaml"), 0, "response", "Retry-After", "2").document.text

    assert "            Retry-After:\n                - '2'\n            Server:\n" in text.replace('"2"', "'2'")


MANY = """\
interactions:
- request:
    body: null
    headers: {}
    method: GET
    uri: http://a/
  response:
    body: {string: x}
    headers:
      a:
      - '1'
      - '2'
      b: ['3']
    status: {code: 200, message: OK}
version: 1
"""


@pytest.mark.parametrize(
    ("side", "name", "value", "old", "new"),
    [
        ("response", "a", "9", "      - '1'\n      - '2'\n", "      - '9'\n"),
        ("response", "a", None, "      a:\n      - '1'\n      - '2'\n", ""),
        ("response", "b", None, "      b: ['3']\n", ""),
        ("response", "c", "4", "      b: ['3']\n", "      b: ['3']\n      c: ['4']\n"),
        ("request", "c", "4", "headers: {}", 'headers: {"c": ["4"]}'),
    ],
)
def test_lists_of_values(side: str, name: str, value: str | None, old: str, new: str) -> None:
    after = with_header(files.read("a", MANY.encode()), 0, side, name, value)  # type: ignore[arg-type]

    assert after.document.text == MANY.replace(old, new)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [("no such", "1", "no name"), ("absent", None, "has no header"), ("a", "1\n2", "line break")],
)
def test_what_cannot_be_is_said(name: str, value: str | None, why: str) -> None:
    with pytest.raises(CassetteError, match=why):
        with_header(files.read("a", MANY.encode()), 0, "response", name, value)
