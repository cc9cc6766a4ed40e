"""Laws of the lenses for any bytes: an edit changes what it names and nothing else, and JSON is what others read."""

import json
from base64 import b64encode
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from random import Random
from typing import Any

from laws import scalars, shape, why_not
from ruamel.yaml.error import YAMLError
from ruamel.yaml.main import CParser  # type: ignore[attr-defined]  # None without libyaml

from cassette_cli.document import from_httprr, from_json, from_toml, from_yaml
from cassette_cli.document.encoding import base64_lens
from cassette_cli.document.lens import Fixed, Lens, Source, lift_all
from cassette_cli.document.percent import QUERY_SAFE, Percent
from cassette_cli.document.scalar import lens_of
from cassette_cli.document.spelling import SpelledLens, Spelling
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.document.tree import Node, Style
from cassette_cli.errors import CassetteError, InternalError
from cassette_cli.framing.encoding import Content, content

from .drawn import edits_of

LITERALS = {None: "null", True: "true", False: "false"}
Parse = Callable[[str], tuple[Node, ...]]
CODINGS: tuple[tuple[str, ...], ...] = ((), ("gzip",), ("deflate",), ("br",), ("zstd",), ("br, gzip",))


def text_of(data: bytes) -> str:
    """Bytes as text that a file can hold."""
    return data.decode("utf-8", "replace")


def yaml(data: bytes, random: Random) -> None:
    """A YAML text: an edit of a scalar reads as meant, all else as before. Not one that libyaml refuses and the parser
    written in Python reads: libyaml may take what it becomes, and read the rest otherwise."""
    text = text_of(data)
    with suppress(YAMLError, UnicodeEncodeError):
        deque(iter(CParser(text.lstrip("\ufeff")).get_event, None), maxlen=0)
        _document(text, from_yaml.parse, random)


def json_(data: bytes, random: Random) -> None:
    """A JSON text: what the standard library reads is read, and nothing else; then as `yaml`."""
    text = text_of(data)
    roots = _parsed(text, _json_roots)
    try:
        expected = json.loads(
            text.removeprefix("\ufeff"), parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=list
        )
    except ValueError:
        assert not roots, "read, though it is no JSON"
    except RecursionError:
        pass
    else:
        assert roots, "JSON that is not read"
        assert [node.value for node in scalars(roots)] == list(_leaves(expected))
    _document(text, _json_roots, random)


def toml(data: bytes, random: Random) -> None:
    """A TOML text; as `yaml`."""
    _document(text_of(data), lambda text: (from_toml.parse(text),), random)


def httprr(data: bytes, random: Random) -> None:
    """A trace of httprr: its parts are in the text, and nothing of it is lost."""
    text = data.decode("utf-8", "surrogateescape")
    if text.startswith(from_httprr.MAGIC):
        for root in _parsed(text, lambda text: (from_httprr.parse(text),)):
            for node in scalars([root]):
                assert node.span == (0, 0) or text[slice(*node.span)] == node.value


def percent(data: bytes, random: Random) -> None:
    """A text with percent-encoding, of a URL or of a form: an edit of what it says reads as meant."""
    text = data.decode("utf-8", "surrogateescape")
    spelling = Percent(form=random.random() < 0.5, safe=QUERY_SAFE)
    source = Source(text)
    lens = SpelledLens(source, Span(0, len(text)), _read(spelling, text), spelling)
    edits = edits_of(lens.text, random)
    after = _after(lens, edits, source)
    assert after is None or _read(spelling, after) == splice(lens.text, edits)


def codings(data: bytes, random: Random) -> None:
    """Bytes under content codings: an edit of the text that they hold is there once they are decoded again."""
    encodings = random.choice(CODINGS)
    source = Source(b64encode(data).decode())
    found = _content(source, encodings)
    if found is None or not isinstance(found.lens.text, str):
        return
    edits = edits_of(found.lens.text, random)
    after = _after(found.lens, edits, source)
    if after is not None and found.codings:
        again = _content(Source(after), encodings)
        assert again is not None
        assert splice(found.lens.text, edits) in (again.lens.text, _utf8(again.lens.text))


def _content(source: Source, encodings: tuple[str, ...]) -> Content | None:
    try:
        return content(base64_lens(source), encodings, limit=1_000_000)
    except CassetteError:
        return None


def _utf8(text: str | bytes) -> str:
    return text if isinstance(text, str) else text.decode("utf-8", "surrogateescape")


def _read(spelling: Spelling, source: str) -> str:
    return "".join(text for text, _, _ in spelling.atoms(source))


def _document(text: str, parse: Parse, random: Random) -> None:
    roots = _parsed(text, parse)
    every = scalars(roots)
    if not every:
        return
    number = random.randrange(len(every))
    source, scalar = Source(text), every[number]
    lens = lens_of(source, scalar)
    assert lens.text == scalar.value
    edits = edits_of(scalar.value, random)
    after = _after(lens, edits, source)
    if after is None:
        anywhere = scalar.style not in (Style.JSON_LITERAL, Style.TOML) and not isinstance(lens, Fixed)
        # What a tab does to the text in front of it is not worth a law.
        is_held = not anywhere or "\t" in text or why_not(scalar, splice(scalar.value, edits))
        assert is_held, "an edit that has a place is refused"
        return
    again = parse(after)
    assert shape(again) == shape(roots)
    meant = [node.value for node in every]
    meant[number] = splice(scalar.value, edits)
    assert [node.value for node in scalars(again)] == meant


def _parsed(text: str, parse: Parse) -> tuple[Node, ...]:
    try:
        return parse(text)
    except InternalError:
        raise
    except CassetteError:
        return ()


def _after(lens: Lens[Any], edits: Sequence[Edit[str]], source: Source) -> str | None:
    """The file's text after edits; None where they have no place in it."""
    try:
        return splice(source.text, lift_all([(lens, edit) for edit in edits]))
    except InternalError:
        raise
    except CassetteError:
        return None


def _json_roots(text: str) -> tuple[Node, ...]:
    return (from_json.parse(text),)


def _leaves(value: Any) -> Iterator[str]:
    """The scalars of a JSON value in the order of the text, names included; objects are lists of pairs."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list | tuple):
            waiting.extend(reversed(each))
        else:
            yield LITERALS[each] if each is None or isinstance(each, bool) else each
