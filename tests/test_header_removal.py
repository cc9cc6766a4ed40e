"""Headers taken out, wherever a recorder puts them."""

import json

import pytest
from laws import nodes

from cassette_cli import files
from cassette_cli.document import from_json, from_yaml
from cassette_cli.document.document import Document
from cassette_cli.document.lens import Fixed
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Span, splice
from cassette_cli.document.tree import Scalar, Ways, get
from cassette_cli.errors import CassetteError
from cassette_cli.header_removal import can_go, removal
from cassette_cli.model import Cassette, Header
from cassette_cli.proof import prove

YAML = """interactions:
- request:
    body: null
    headers: {}
    method: GET
    uri: https://a.example/x
  response:
    body:
      string: a
    headers:
      Set-Cookie:
      - a=1
      - b=2
      X-One: 'plain'
      ? !!python/object/apply:multidict._multidict.istr
      - X-Odd
      : - here
      X-None: null
    status:
      code: 200
      message: OK
version: 1
"""


def cassette_of(text: str) -> Cassette:
    found = files.parse("a.yaml", text)
    assert found is not None
    return found


def without(text: str, *places: int) -> str:
    """The text without some of the headers of its response."""
    cassette = cassette_of(text)
    headers = cassette.interactions[0].response.headers
    return prove(cassette, *removal(cassette, [headers[place] for place in places])).document.text


ROWS = [
    ((0,), "      - a=1\n"),
    ((1,), "      - b=2\n"),
    ((0, 1), "      Set-Cookie:\n      - a=1\n      - b=2\n"),
    ((2,), "      X-One: 'plain'\n"),
    ((3,), "      ? !!python/object/apply:multidict._multidict.istr\n      - X-Odd\n      : - here\n"),
]


@pytest.mark.parametrize(("places", "gone"), ROWS)
def test_yaml(places: tuple[int, ...], gone: str) -> None:
    assert without(YAML, *places) == YAML.replace(gone, "")


def test_json() -> None:
    made = {
        "version": 1,
        "interactions": [
            {
                "request": {"method": "GET", "uri": "/", "headers": {}, "body": None},
                "response": {"status": {"code": 200}, "headers": {"a": ["1", "2"], "b": "3"}, "body": {"string": ""}},
            }
        ],
    }
    text = json.dumps(made, indent=1)
    assert json.loads(without(text, 1))["interactions"][0]["response"]["headers"] == {"a": ["1"], "b": "3"}
    assert json.loads(without(text, 0, 1))["interactions"][0]["response"]["headers"] == {"b": "3"}
    assert json.loads(without(text, 0, 1, 2))["interactions"][0]["response"]["headers"] == {}


def test_httprr() -> None:
    asked, answered = "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\nDate: now\r\nX: y\r\n\r\nbody"
    text = f"httprr trace v1\n{len(asked)} {len(answered)}\n{asked}{answered}"
    left = answered.replace("Date: now\r\n", "")
    assert without(text, 0) == f"httprr trace v1\n{len(asked)} {len(left)}\n{asked}{left}"


def test_a_list_of_objects() -> None:
    """As HAR and its kin have them."""
    text = '{"headers": [{"name": "Date", "value": "now"}, {"name": "Value", "value": "5"}]}'
    document = Document(text, (from_json.parse(text),))
    scalar = get(document.root, "headers", 0, "value")
    assert isinstance(scalar, Scalar)
    cassette = Cassette(path="a", recorder="x", version=1, document=document, interactions=())
    plan = removal(cassette, [Header("Date", lens_of(document.source, scalar))])
    assert splice(text, plan.edits(document)) == '{"headers": [{"name": "Value", "value": "5"}]}'


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ('{"rawHeaders": ["Date", "now", "Via", "Date"]}', '{"rawHeaders": ["Via", "Date"]}'),
        ('{"rawHeaders": [["Date", "now"], ["Via", "x"]]}', '{"rawHeaders": [["Via", "x"]]}'),
    ],
)
def test_names_and_values_in_turn(text: str, after: str) -> None:
    """As nock has them."""
    document = Document(text, (from_json.parse(text),))
    held = [node for node in nodes(document.roots) if isinstance(node, Scalar) and node.value == "now"]
    cassette = Cassette(path="a", recorder="x", version=1, document=document, interactions=())
    plan = removal(cassette, [Header("date", lens_of(document.source, held[0]))])
    assert splice(text, plan.edits(document)) == after


def test_a_header_that_the_file_does_not_hold() -> None:
    cassette = cassette_of(YAML)
    null = cassette.interactions[0].response.headers[-1]
    assert not can_go(cassette, null)
    for header in (null, Header("date", Fixed("now"))):
        with pytest.raises(CassetteError, match="has no place of its own"):
            removal(cassette, [header])


def test_ways_lead_to_what_lies_around_a_place() -> None:
    text = "a:\n- b: [1, 22]\n- c\n"
    (root,) = from_yaml.parse(text)
    found = Ways(root).to(Span(text.index("22"), text.index("22") + 2))
    assert [type(node).__name__ for node in found] == ["Mapping", "Sequence", "Mapping", "Sequence", "Scalar"]
    assert found[-1] is get(root, "a", 0, "b", 1)
    assert Ways(root).to(Span(100, 101)) == []
