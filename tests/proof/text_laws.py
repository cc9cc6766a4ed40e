"""What must hold of the texts of every recording. A law takes a recording and raises where it does not hold; it gives
how many things it held of, so that a law of nothing is seen."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml
from laws import by_pyyaml, scalars

from cassette_cli import files
from cassette_cli.document.from_httprr import MAGIC
from cassette_cli.document.lens import Change, Lens, lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.document.tree import Mapping, Node, Scalar, Style
from cassette_cli.errors import CassetteError, InternalError
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.model import Cassette
from cassette_cli.proof import prove

LITERALS = {"true": True, "false": False, "null": None}


@dataclass(frozen=True)
class Recording:
    """A file that was read: `data` is what it holds, gzip undone."""

    data: bytes
    cassette: Cassette

    @cached_property
    def exchanges(self) -> list[Exchange]:
        """Its interactions understood."""
        return [exchange(each) for each in self.cassette.interactions]


def lenses(cassette: Cassette) -> Iterator[Lens[Any]]:
    """Every text of a cassette: URLs, headers, bodies."""
    for each in cassette.interactions:
        found = [each.request.url, each.request.body, each.response.body]
        found += [header.value for side in (each.request, each.response) for header in side.headers]
        yield from (lens for lens in found if lens is not None)


def readable(cassette: Cassette) -> Iterator[Lens[Any]]:
    """The texts that can be had: one that aliases make endless cannot."""
    for lens in lenses(cassette):
        try:
            lens.text  # noqa: B018  # decoded when it is asked for
        except CassetteError:
            continue
        yield lens


def after_empty_edits(recording: Recording) -> bytes:
    """The file after each of its texts was put in its own place."""
    source = recording.cassette.document.source
    same = [(lens, Edit(Span(0, len(lens.text)), lens.text)) for lens in readable(recording.cassette)]
    return files.encoded(splice(source.text, lift_all(same, source)))


def empty_edit(recording: Recording) -> int:
    """Get-put."""
    assert after_empty_edits(recording) == recording.data
    return len(list(readable(recording.cassette)))


def meaning(recording: Recording) -> int:
    """Scalars, keys and numbers are those that another parser finds."""
    document = recording.cassette.document
    found = scalars(document.roots)
    styles = {each.style for each in found}
    if styles <= {Style.JSON_STRING, Style.JSON_LITERAL}:
        assert [_value(root) for root in document.roots] == list(_by_json(document.text.removeprefix("\ufeff")))
    elif document.text.startswith(MAGIC) or Style.TOML in styles:
        return 0
    else:
        assert [each.value for each in found] == [value for value, _ in by_pyyaml(document.text, yaml.CSafeLoader)]
    return len(found)


def _value(node: Node) -> object:
    """A tree of JSON as `_by_json` has it."""
    if isinstance(node, Mapping):
        return ("object", [(_value(key), _value(value)) for key, value in node.items])
    if not isinstance(node, Scalar):
        return [_value(item) for item in node.items]
    if node.style is Style.JSON_STRING:
        return node.value
    return LITERALS.get(node.value, ("number", node.value))


def _by_json(text: str) -> Iterator[object]:
    """The values of a text of JSON, as the standard library reads them: keys that repeat and digits are kept."""
    number: Callable[[str], object] = lambda digits: ("number", digits)  # noqa: E731  # three times the same
    decoder = json.JSONDecoder(
        object_pairs_hook=lambda pairs: ("object", pairs),
        parse_float=number,
        parse_int=number,
        parse_constant=number,
        strict=False,
    )
    text = text.strip()
    while text:
        value, end = decoder.raw_decode(text)
        yield value
        text = text[end:].strip()


def carries_back(recording: Recording) -> int:
    """Put-get, of one edit in the middle of each text, all made at once."""
    changes = [change for lens in readable(recording.cassette) if (change := touch(lens))]
    prove(recording.cassette, changes, with_companions=True)
    return len(changes)


def touch(lens: Lens[Any]) -> Change | None:
    """An edit in the middle of a text; None where its place refuses it: what is implied, what decides how a body is
    read, what an alias names."""
    middle = len(lens.text) // 2
    new: Any = b"Zz" if isinstance(lens.text, bytes) else "Zz"
    edit = Edit(Span(middle, min(middle + 1, len(lens.text))), new)
    try:
        lift_all([(lens, edit)])
    except InternalError:
        raise
    except CassetteError:
        return None
    return lens, edit
