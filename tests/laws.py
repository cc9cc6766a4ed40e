"""The laws of lenses, as checks, and documents and edits to try them on.

get-put: no edit, no character changed. put-get: after an edit the text reads exactly as meant and every other text as
before, in every parser at hand. locality: only lines that hold the edited text change.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import ruamel.yaml.error
import yaml
from hypothesis import strategies as st

from cassette_cli.document import from_yaml
from cassette_cli.document.document import Document
from cassette_cli.document.lens import Lens, lift_all
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.document.tree import Mapping, Node, Scalar, Sequence
from cassette_cli.errors import CassetteError

# What texts are made of: words, and all that YAML, JSON or a parser of either may trip over.
PLAIN_PIECES = ["word", "a", "B2", "é", "😀", "中文", "data", "5", "null", "2001-01-01", "http://x.y/z?a=b&c"]
NASTY_PIECES = [
    " ", "  ", "'", '"', "''", ":", ": ", " #", "#", "-", "- ", "? ", "---", "...", "--- ", ",", "[", "]", "{", "}", "&a",
    "*a", "!t", "|", ">", "%", "@", "`", "\\", "\\n", "\\u00e9", "$", "=", "<<", "~", '{"a": "b\\"c"}', "\u00a0",
]  # fmt: skip
BREAKS_AND_CONTROLS = [
    "\n", "\n\n", "\n ", " \n", "\r\n", "\r", "\t", "\0", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff",
    "\ufffe", "\ud800", "\udc80",
]  # fmt: skip

lines = st.lists(st.sampled_from(PLAIN_PIECES * 2 + NASTY_PIECES), max_size=6).map("".join)
texts = st.lists(st.sampled_from(PLAIN_PIECES * 2 + NASTY_PIECES + BREAKS_AND_CONTROLS), max_size=6).map("".join)


@st.composite
def edits_of(draw: st.DrawFn, text: str, new: st.SearchStrategy[str] = texts) -> list[Edit[str]]:
    """Up to three edits of a text, disjoint and in order: insertions, deletions, replacements, touching or not."""
    places = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6)))
    places = places[: len(places) // 2 * 2]
    return [
        Edit(Span(start, end), draw(new)) for start, end in zip(places[::2], places[1::2], strict=True)
    ]


def scalars(roots: Iterable[Node]) -> Iterator[Scalar]:
    """The scalars of trees in file order, keys included; what an alias names comes again."""
    waiting = list(roots)[::-1]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Sequence):
            waiting.extend(reversed(node.items))
        else:
            for key, value in reversed(node.items):
                waiting += [value, key]


def shape(roots: Iterable[Node]) -> list[str]:
    """All of trees but the scalars' values: kinds, tags, sizes, in file order."""
    found: list[str] = []
    waiting = list(roots)[::-1]
    while waiting:
        node = waiting.pop()
        size = "" if isinstance(node, Scalar) else len(node.items)
        found.append(f"{type(node).__name__} {node.tag} {size}")
        if isinstance(node, Sequence):
            waiting.extend(reversed(node.items))
        elif isinstance(node, Mapping):
            for key, value in reversed(node.items):
                waiting += [value, key]
    return found


def yaml_document(text: str, *, pure: bool = False) -> Document:
    return Document(text, from_yaml.parse(text, pure=pure))


# A reading: each scalar's value and what it is to a loader, in file order.
Reading = list[tuple[str, str]]


def by_us(text: str, *, pure: bool = False) -> Reading:
    return [(scalar.value, scalar.tag or "") for scalar in scalars(from_yaml.parse(text, pure=pure))]


def by_pyyaml(text: str, loader: Any) -> Reading:
    """What PyYAML reads, with the tags that it resolves plain scalars to: `str`, `int`, `null`."""
    found: Reading = []
    for event in resolved(text, loader):
        found.append(event)
    return found


def resolved(text: str, loader: Any) -> Iterator[tuple[str, str]]:
    nodes = list(yaml.compose_all(text, loader))[::-1]
    waiting = [node for node in nodes if node is not None]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.ScalarNode):
            yield node.value, node.tag
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend(reversed(node.value))
        else:
            for key, value in reversed(node.value):
                waiting += [value, key]


# In YAML 1.2 these are no line breaks.
ODD_BREAK = re.compile("[\x85\u2028\u2029]")
YAML_1_2 = "ruamel.yaml's own parser"
READERS = {
    "libyaml": by_us,
    YAML_1_2: lambda text: by_us(text, pure=True),
    "PyYAML with libyaml": lambda text: by_pyyaml(text, yaml.CSafeLoader),
    "PyYAML's own parser": lambda text: by_pyyaml(text, yaml.SafeLoader),
}


def readings(text: str) -> dict[str, Reading]:
    """What each parser reads that reads the values that libyaml reads: parsers differ on tabs and odd line breaks."""
    found: dict[str, Reading] = {}
    for name, read in READERS.items():
        if name == YAML_1_2 and ODD_BREAK.search(text):
            continue
        try:
            found[name] = read(text)
        except (CassetteError, yaml.YAMLError, ruamel.yaml.error.YAMLError):
            continue
        if [value for value, _ in found[name]] != [value for value, _ in found["libyaml"]]:
            del found[name]
    return found


def lifted(document: Document, lens: Lens[Any], edits: Iterable[Edit[Any]]) -> str:
    """The file's text after edits of a lens."""
    return splice(document.text, lift_all([(lens, edit) for edit in edits]))


def check_scalar(text: str, number: int, edits: list[Edit[str]]) -> str | None:
    """Put-get for edits of one scalar of a YAML text, in every parser: the text after it, None where the edit cannot
    be expressed (which is only for the reasons that `why_not` knows)."""
    document = yaml_document(text)
    every = list(scalars(document.roots))
    scalar = every[number]
    lens = lens_of(document.source, scalar)
    assert lens.text == scalar.value
    meant = splice(scalar.value, edits)
    try:
        after = lifted(document, lens, edits)
    except CassetteError as error:
        assert why_not(scalar, meant), str(error)
        return None
    if meant == scalar.value:
        assert after == text
    check_readings(text, after, number, meant)
    return after


def why_not(scalar: Scalar, meant: str) -> str:
    """Why YAML cannot express a text in the place of a scalar; empty where it can."""
    if scalar.shared:
        return "an alias names it, too"
    if any("\ud800" <= char <= "\udfff" for char in meant):
        return "lone surrogates"
    if not scalar.value and scalar.span.start == scalar.span.end:
        return "no value"
    if not scalar.value and scalar.style.value == "plain":
        return "no value but tag or anchor"
    if scalar.in_key and len(meant) > 100:
        return "long key"
    return ""


def check_readings(before: str, after: str, number: int, meant: str) -> None:
    """After an edit, every parser that read the text before reads the edited scalar as meant and all else as before."""
    assert shape(from_yaml.parse(after)) == shape(from_yaml.parse(before))
    # PyYAML takes the quoted string of `! '5'` for a number.
    scalar = list(scalars(from_yaml.parse(before)))[number]
    is_text = not before.startswith("! ", scalar.span.start)
    for name, reading in readings(before).items():
        now = READERS[name](after)
        assert len(now) == len(reading), name
        for place, (old, new) in enumerate(zip(reading, now, strict=True)):
            if place == number:
                assert new[0] == meant, name
                assert not is_text or not old[1].endswith(":str") or new[1] == old[1], name
            else:
                assert new == old, name
