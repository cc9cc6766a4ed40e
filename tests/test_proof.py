"""Nothing is written that was not meant: honest changes pass, and a layer that lies is found out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sampled import RECORDINGS, SAMPLES

from cassette_cli import files
from cassette_cli.document.from_httprr import MAGIC
from cassette_cli.document.lens import Change, Lens, Slice, lift_all
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.structure import JsonText
from cassette_cli.document.text import Edit, Span, changed
from cassette_cli.document.tree import Scalar, get
from cassette_cli.errors import CassetteError, InternalError
from cassette_cli.model import Cassette
from cassette_cli.proof import prove

GO_VCR = """---
version: 2
interactions:
  - id: 0
    request:
        proto: HTTP/1.1
        proto_major: 1
        proto_minor: 1
        content_length: 5
        host: a.example
        body: hello
        headers:
            X-Note:
              - one
              - 'two'
        url: https://a.example/x
        method: POST
    response:
        proto: HTTP/2.0
        proto_major: 2
        proto_minor: 0
        content_length: -1
        body: |
            first
            second
        headers: {}
        status: 200 OK
        code: 200
        duration: 1.5ms
"""


def cassette_of(text: str) -> Cassette:
    found = files.parse("a.yaml", text)
    assert found is not None
    return found


def to(lens: Lens[Any], text: str | bytes) -> list[Change]:
    """The changes that give a lens this text."""
    return [(lens, edit) for edit in changed(lens.text, text)]


def lenses(cassette: Cassette) -> list[Lens[Any]]:
    found: list[Lens[Any] | None] = []
    for each in cassette.interactions:
        headers = [header.value for header in (*each.request.headers, *each.response.headers)]
        found += [each.request.url, *headers, each.request.body, each.response.body]
    return [lens for lens in found if lens is not None]


def bodies_of(cassette: Cassette) -> list[Lens[Any]]:
    return [each.response.body for each in cassette.interactions if each.response.body is not None]


def takes(body: Lens[Any], new: str | bytes) -> bool:
    """Whether a body can begin with this; one kept as a structure cannot."""
    try:
        return bool(lift_all([(body, Edit(Span(0, 0), new))]))
    except CassetteError:
        return False


def scalar(cassette: Cassette, *route: str | int) -> Scalar:
    return scalar_at(cassette, "interactions", 0, *route)


def scalar_at(cassette: Cassette, *route: str | int) -> Scalar:
    found = get(cassette.document.root, *route)
    assert isinstance(found, Scalar)
    return found


def test_no_change_gives_the_cassette_itself() -> None:
    cassette = cassette_of(GO_VCR)
    assert prove(cassette, []) is cassette


HONEST: list[tuple[str, Callable[[Cassette], list[Change]], str, str]] = [
    (
        "a plain scalar",
        lambda cassette: to(cassette.interactions[0].request.headers[0].value, "uno"),
        "- one",
        "- uno",
    ),
    (
        "a URL",
        lambda cassette: to(lenses(cassette)[0], "https://b.example/x"),
        "url: https://a",
        "url: https://b",
    ),
    (
        "a number stays a number",
        lambda cassette: to(lens_of(cassette.document.source, scalar(cassette, "request", "content_length")), "17"),
        "content_length: 5",
        "content_length: 17",
    ),
    (
        "an end of a block, where the next scalar begins",
        lambda cassette: to(lenses(cassette)[-1], "first\nsecond\nthird\n"),
        "second\n",
        "second\n            third\n",
    ),
]


@pytest.mark.parametrize(("changes", "old", "new"), [row[1:] for row in HONEST], ids=[row[0] for row in HONEST])
def test_what_was_meant_passes(changes: Callable[[Cassette], list[Change]], old: str, new: str) -> None:
    cassette = cassette_of(GO_VCR)
    assert prove(cassette, changes(cassette)).document.text == GO_VCR.replace(old, new)


@given(st.data())
def test_any_text_of_any_sample_can_be_changed(data: st.DataObject) -> None:
    cassette = files.read(str(data.draw(st.sampled_from(RECORDINGS))))
    places = data.draw(st.sets(st.integers(0, len(lenses(cassette)) - 1), min_size=1, max_size=3))
    before = [lens.text for lens in lenses(cassette)]
    changes: list[Change] = []
    meant = list(before)
    for place in places:
        lens = lenses(cassette)[place]
        text: Any = data.draw(
            st.text(min_size=1, max_size=30).filter(lambda text: text.isprintable() and text == text.strip())
        )
        meant[place] = text.encode() if isinstance(lens.text, bytes) else text
        changes += to(lens, meant[place])
    try:
        lift_all(changes)
    except CassetteError:
        return  # a place that cannot hold this text says so
    again = prove(cassette, changes)
    assert [lens.text for lens in lenses(again)] == meant


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_bodies_can_be_emptied(path: Path) -> None:
    cassette = files.read(str(path))
    # What is kept parsed keeps its shape.
    texts = [body for body in bodies_of(cassette) if not isinstance(body, JsonText)]
    again = prove(cassette, [change for body in texts for change in to(body, body.text[:0])])
    assert [body.text for body in bodies_of(again) if body.text and not isinstance(body, JsonText)] == []
    assert len(again.interactions) == len(cassette.interactions)


@dataclass(frozen=True, slots=True, eq=False)
class Lying:
    """A lens whose edits land where they should not, or as they should not."""

    honest: Lens[str]
    lie: Callable[[Sequence[Change]], Sequence[Change]]

    @property
    def text(self) -> str:
        return self.honest.text

    @property
    def depth(self) -> int:
        return self.honest.depth

    def lift(self, edits: Sequence[Edit[str]]) -> Sequence[Change]:
        return self.lie(self.honest.lift(edits))


@dataclass(frozen=True, slots=True, eq=False)
class HalfDone:
    """A lens of bytes that makes only the first byte of a change."""

    honest: Lens[bytes]

    @property
    def text(self) -> bytes:
        return self.honest.text

    @property
    def depth(self) -> int:
        return self.honest.depth + 1

    def lift(self, edits: Sequence[Edit[bytes]]) -> Sequence[Change]:
        return self.honest.lift([Edit(Span(0, 1), edits[0].new[:1])])


def moved(by: int) -> Callable[[Sequence[Change]], Sequence[Change]]:
    return lambda changes: [
        (lens, Edit(Span(edit.span.start + by, edit.span.end + by), edit.new)) for lens, edit in changes
    ]


def saying(new: str) -> Callable[[Sequence[Change]], Sequence[Change]]:
    return lambda changes: [(lens, Edit(edit.span, new)) for lens, edit in changes]


LIES = {
    "another text": (saying("eins"), "a changed text does not read as meant"),
    "a quote too many": (saying("'x"), "the changed text does not parse"),
    "another place": (
        moved(GO_VCR.index("ell") - GO_VCR.index("one")),
        "a change lies where no text was meant to change",
    ),
    "another structure": (saying("[1]"), "a change would alter the structure of the file"),
    "a number": (saying("17"), "a changed text does not read as meant"),
    "a tag": (saying("!x uno"), "a change would alter the structure of the file"),
}


@pytest.mark.parametrize(("lie", "message"), LIES.values(), ids=LIES.keys())
def test_a_lie_is_found_out(lie: Callable[[Sequence[Change]], Sequence[Change]], message: str) -> None:
    cassette = cassette_of(GO_VCR)
    lying = Lying(cassette.interactions[0].request.headers[0].value, lie)
    with pytest.raises(InternalError, match=message) as caught:
        prove(cassette, [(lying, Edit(Span(0, 3), "uno"))])
    assert str(caught.value).endswith("the file was left alone")
    assert caught.value.where.path == "a.yaml"


def test_a_text_that_turns_into_a_number_is_found_out() -> None:
    cassette = cassette_of(GO_VCR)
    lying = Lying(cassette.interactions[0].request.headers[0].value, saying("17"))
    with pytest.raises(InternalError, match="a changed text does not read as meant"):
        prove(cassette, [(lying, Edit(Span(0, 3), "17"))])


def test_an_edit_of_the_file_itself_means_nothing() -> None:
    cassette = cassette_of(GO_VCR)
    place = GO_VCR.index("one")
    source = cassette.document.source
    item = Slice(source, Span(place - 2, place + 3))
    for change in ((source, Edit(Span(place, place + 3), "uno")), (item, Edit(Span(2, 5), "uno"))):
        with pytest.raises(InternalError, match="a change lies where no text was meant to change"):
            prove(cassette, [change])


def test_a_body_that_decodes_otherwise_is_found_out() -> None:
    cassette = files.read(str(SAMPLES / "vcrpy" / "http_binary.yaml"))
    interaction = cassette.interactions[0]
    body = interaction.response.body
    assert body is not None
    assert isinstance(body.text, bytes)
    half = HalfDone(body)
    lying = replace(interaction, response=replace(interaction.response, body=half))
    with pytest.raises(InternalError, match="interaction 0 does not read as meant"):
        prove(replace(cassette, interactions=(lying,)), [(half, Edit(Span(0, 2), b"xy"))])


def test_a_neighbour_that_reads_otherwise_is_found_out() -> None:
    """In a trace a message is one text: an edit of its header can change how its body reads."""
    answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    asked = "GET https://a.example/ HTTP/1.1\r\n\r\n"
    cassette = cassette_of(f"{MAGIC}{len(asked)} {len(answer)}\n{asked}{answer}")
    (body,) = bodies_of(cassette)
    assert body.text == "abc"
    source = cassette.document.source
    message = lens_of(source, scalar_at(cassette, 0, "response"))
    start = answer.index("chunked")
    with pytest.raises(InternalError, match="interaction 0 does not read as before"):
        prove(cassette, [(message, Edit(Span(start, start + 7), "nothing"))])


def test_a_text_that_cannot_be_read_leaves_the_others_free() -> None:
    """A body of aliases without end has no text; a URL beside it can be changed all the same."""
    levels = "".join(f"          - &l{number} [{', '.join([f'*l{number - 1}'] * 10)}]\n" for number in range(1, 9))
    text = (
        "interactions:\n- request:\n    method: POST\n    uri: https://a.example/\n    headers: {}\n"
        f"    parsed_body:\n      items:\n          - &l0 x\n{levels}"
        "  response: {status: {code: 200, message: OK}, headers: {}, body: {string: ok}}\nversion: 1\n"
    )
    cassette = cassette_of(text)
    body = cassette.interactions[0].request.body
    assert body is not None
    with pytest.raises(CassetteError, match="alias bomb"):
        _ = body.text
    url = cassette.interactions[0].request.url
    assert url is not None
    again = prove(cassette, to(url, "https://b.example/"))
    assert again.document.text == text.replace("a.example", "b.example")


def test_bodies_of_the_corpus_can_be_changed(corpus: Path) -> None:
    recordings = [path for path in sorted(corpus.rglob("*.y*ml")) if path.stat().st_size < 50_000]
    count = 0
    for cassette in files.load(map(str, recordings[::7])):
        if not isinstance(cassette, Cassette):
            continue
        places = [place for place, body in enumerate(bodies_of(cassette)) if takes(body, body.text[:3])]
        changes: list[Change] = [
            (body, Edit(Span(0, 0), body.text[:3])) for place, body in enumerate(bodies_of(cassette)) if place in places
        ]
        after = bodies_of(prove(cassette, changes))
        for place, body in enumerate(bodies_of(cassette)):
            assert after[place].text == (body.text[:3] if place in places else body.text[:0]) + body.text
        count += len(places)
    assert count > 100
