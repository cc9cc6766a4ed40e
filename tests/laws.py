"""The laws of lenses, as checks, and edits to try them with.

get-put: no edit, no character changed. put-get: after an edit the text reads exactly as meant, and every other text as
before, in every parser at hand. locality: only lines that hold the edited text change.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
import yaml
from hypothesis import settings
from hypothesis import strategies as st

from cassette_cli.document import from_yaml
from cassette_cli.document.document import Document
from cassette_cli.document.lens import Change, Lens, lift_all
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.document.tree import Node, Scalar, Sequence
from cassette_cli.errors import CassetteError

# What texts are made of: words, and what YAML, JSON or a parser of either may trip over.
PLAIN_PIECES = ["word", "a", "B2", "é", "😀", "中文", "data", "5", "null", "2001-01-01", "http://x.y/z?a=b&c"]
NASTY_PIECES = [
    " ", "  ", "'", '"', "''", ":", ": ", " #", "#", "-", "- ", "? ", "---", "...", "--- ", ",", "[", "]", "{", "}",
    "&a", "*a", "!t", "|", ">", "%", "@", "`", "\\", "\\n", "\\u00e9", "$", "=", "<<", "~", '{"a": "b\\"c"}', "\u00a0",
]  # fmt: skip
CONTROLS = [
    "\n", "\n\n", "\n ", " \n", "\r\n", "\r", "\t", "\0", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff",
    "\ufffe", "\ud800", "\udc80",
]  # fmt: skip

lines = st.lists(st.sampled_from(PLAIN_PIECES * 2 + NASTY_PIECES), max_size=6).map("".join)
texts = st.lists(st.sampled_from(PLAIN_PIECES * 2 + NASTY_PIECES + CONTROLS), max_size=6).map("".join)

# Without lone surrogates, which UTF-8 and YAML cannot hold.
sound_texts = texts.map(lambda text: text.encode("utf-8", "ignore").decode())


def often(factor: float) -> settings:
    """So many times as many examples as the profile in use asks for."""
    usual = settings()
    return settings(max_examples=int(usual.max_examples * factor))


@st.composite
def edits_of(draw: st.DrawFn, text: str, new: st.SearchStrategy[str] = texts) -> list[Edit[str]]:
    """Up to three edits of a text, disjoint and in order: insertions, deletions, replacements, touching or not."""
    places = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6)))
    return [Edit(Span(*pair), draw(new)) for pair in zip(places[::2], places[1::2], strict=False)]


def nodes(roots: Iterable[Node]) -> Iterator[Node]:
    """The nodes of trees in file order, keys included; what an alias names comes again."""
    waiting = list(roots)[::-1]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Sequence):
            waiting.extend(reversed(node.items))
        elif not isinstance(node, Scalar):
            waiting.extend(each for pair in reversed(node.items) for each in reversed(pair))


def scalars(roots: Iterable[Node]) -> list[Scalar]:
    return [node for node in nodes(roots) if isinstance(node, Scalar)]


def shape(roots: Iterable[Node]) -> list[tuple[type, str | None, int]]:
    """All of trees but the values: kinds, tags and sizes."""
    return [(type(node), node.tag, 0 if isinstance(node, Scalar) else len(node.items)) for node in nodes(roots)]


def yaml_document(text: str) -> Document:
    return Document(text, from_yaml.parse(text))


# Each scalar's value and what it is to a loader, in file order.
Reading = list[tuple[str, str]]


def by_pyyaml(text: str, loader: Any) -> Reading:
    """What PyYAML reads, with the tags that it finds for plain scalars: of a text, a number, a date."""
    found = []
    waiting = [root for root in yaml.compose_all(text, loader) if root is not None][::-1]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.ScalarNode):
            found.append((node.value, node.tag))
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend(reversed(node.value))
        else:
            waiting.extend(each for pair in reversed(node.value) for each in reversed(pair))
    return found


def by_ruamel(text: str) -> Reading:
    """What the parser reads that ruamel.yaml has in Python. It follows YAML 1.2, where some line breaks are none."""
    if re.search("[\x85\u2028\u2029]", text):
        raise CassetteError("not the same language")
    return [(scalar.value, "") for scalar in scalars(from_yaml.parse(text, pure=True))]


READERS: dict[str, Callable[[str], Reading]] = {
    "libyaml": lambda text: [(scalar.value, "") for scalar in scalars(from_yaml.parse(text))],
    "ruamel.yaml": by_ruamel,
    "PyYAML with libyaml": lambda text: by_pyyaml(text, yaml.CSafeLoader),
    "PyYAML": lambda text: by_pyyaml(text, yaml.SafeLoader),
}


def readings(text: str) -> dict[str, Reading]:
    """What each parser reads that reads the values that libyaml reads: some refuse a tab or an odd line break."""
    found: dict[str, Reading] = {}
    for name, read in READERS.items():
        try:
            reading = read(text)
        except (CassetteError, yaml.YAMLError):
            continue
        if not found or [value for value, _ in reading] == [value for value, _ in found["libyaml"]]:
            found[name] = reading
    return found


def lifted(text: str, changes: Iterable[Change]) -> str:
    """The file's text after edits of lenses in it."""
    return splice(text, lift_all(changes))


def edited(text: str, lens: Lens[Any], edits: Iterable[Edit[Any]]) -> str:
    """The file's text after edits of one lens."""
    return lifted(text, [(lens, edit) for edit in edits])


def check_scalar(text: str, number: int, edits: list[Edit[str]]) -> str | None:
    """All that must hold of edits of one scalar of a YAML text. The text after them, None where they are refused."""
    document = yaml_document(text)
    scalar = scalars(document.roots)[number]
    lens = lens_of(document.source, scalar)
    assert lens.text == scalar.value
    assert edited(text, lens, [Edit(edit.span, scalar.value[slice(*edit.span)]) for edit in edits]) == text
    meant = splice(scalar.value, edits)
    if refused := why_not(scalar, meant):
        with pytest.raises(CassetteError):
            edited(text, lens, edits)
        assert refused
        return None
    after = edited(text, lens, edits)
    check_readings(text, after, number, meant)
    return after


# How often a run of characters repeats one of them: what takes the square of the time never ends at the second.
in_both_sizes = pytest.mark.parametrize("times", [20_000, pytest.param(1_000_000, marks=pytest.mark.slow)])


def check_values(text: str, number: int, edits: list[Edit[str]]) -> None:
    """Put-get for edits of one scalar, in libyaml alone: for long texts."""
    document = yaml_document(text)
    every = scalars(document.roots)
    after = edited(text, lens_of(document.source, every[number]), edits)
    meant = [scalar.value for scalar in every]
    meant[number] = splice(meant[number], edits)
    assert [scalar.value for scalar in scalars(from_yaml.parse(after))] == meant


def why_not(scalar: Scalar, meant: str) -> str:
    """Why YAML cannot hold a text in the place of a scalar; empty where it can."""
    if meant == scalar.value:
        return ""
    if scalar.shared:
        return "an alias names it"
    if any("\ud800" <= char <= "\udfff" for char in meant):
        return "lone surrogates"
    if not scalar.value and scalar.style.value == "plain":
        return "there is no value to edit"
    return ""


def check_readings(before: str, after: str, number: int, meant: str) -> None:
    """Every parser that read the text before reads the edited scalar as meant, and all else as before."""
    assert shape(from_yaml.parse(after)) == shape(from_yaml.parse(before))
    scalar = scalars(from_yaml.parse(before))[number]
    # To PyYAML the quoted text of `! '5'` is a number.
    is_odd = before.startswith("! ", scalar.span.start)
    for name, reading in readings(before).items():
        now = READERS[name](after)
        assert [*now[:number], *now[number + 1 :]] == [*reading[:number], *reading[number + 1 :]], name
        (_, tag_before), (value, tag) = reading[number], now[number]
        assert value == meant, name
        assert is_odd or not tag_before.endswith(":str") or tag == tag_before, name
