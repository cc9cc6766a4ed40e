"""Fields that only the recorder that wrote them has a place for."""

import pytest
from carrying import read_again
from sampled import SAMPLES

from cassette_cli import files
from cassette_cli.converting.unread import unread

SAMPLED: list[tuple[str, set[str]]] = [
    ("go_vcr/openai_chat_sse_add_multiply.yaml", {"request.proto", "response.proto", "response.transfer_encoding"}),
    ("vcrpy/openai_chat_text.yaml", set()),
    ("ruby_vcr/openai_chat_text.yaml", set()),
    ("har/openai_chat_gzip.har", {"request.httpVersion", "response.httpVersion"}),
]


@pytest.mark.parametrize(("name", "fields"), SAMPLED, ids=[name for name, _ in SAMPLED])
def test_fields_of_samples(name: str, fields: set[str]) -> None:
    assert {loss.what for loss in unread(files.read(str(SAMPLES / name)))} == fields


MADE = """\
interactions:
- request:
    body: '{"a": 1}'
    headers: {}
    method: POST
    uri: https://api.example/
    added: 1
    nothing: null
  response:
    body:
      string: ok
      note: [x]
    headers: {}
    status:
      code: 200
      message: OK
  more: {a: {b: {c: d}}}
- request:
    body: ''
    headers: {}
    method: POST
    uri: https://api.example/
    added: 2
  response:
    body:
      string: ok
    headers: {}
    status:
      code: 200
      message: OK
version: 1
"""


def test_fields_by_name() -> None:
    found = {loss.what: loss.where for loss in unread(read_again(MADE))}
    assert found == {"request.added": (0, 1), "response.body": (0,), "more.a": (0,)}


def test_a_recording_of_nothing_has_none() -> None:
    assert list(unread(read_again("interactions: []\nversion: 1\n"))) == []


def test_what_aliases_name_is_looked_at_once() -> None:
    """Each list names the one before ten times."""
    lists = "".join(f"    a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 20))
    text = MADE.replace("  more: {a: {b: {c: d}}}\n", f"  more:\n    a0: &a0 [x]\n{lists}")
    assert {loss.what for loss in unread(read_again(text))} == {"request.added", "response.body", "more.a0"}
