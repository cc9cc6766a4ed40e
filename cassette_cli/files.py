"""Files in and out: a path, or "-" for standard input, becomes a Cassette; a changed text is written whole or not.

Bytes are decoded as UTF-8 and nothing is translated, so `encoded` gives the file's bytes again.
"""

import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from cassette_cli import companions, disk
from cassette_cli.document import from_httprr, from_json, from_yaml
from cassette_cli.document.conflict import Side, conflict
from cassette_cli.document.document import Companion, Document, in_file, position
from cassette_cli.document.lens import Source
from cassette_cli.document.tree import Node
from cassette_cli.errors import CassetteError, Where
from cassette_cli.model import Cassette
from cassette_cli.recorders import detect, reads_lines, why_unknown
from cassette_cli.search import HEAD, TOML_START, Found, find, looks_like_cassette

# The first characters of a JSON file whose value is an object or an array (RFC 8259), after a byte order mark.
JSON_START = re.compile(r"\ufeff?[ \t\r\n]*[{\[]")

# How far git looks for a NUL to call a file binary (https://git-scm.com/docs/gitattributes, "diff").
BINARY_WITHIN = 8000

bytes_of = disk.bytes_of
packed_like = disk.packed_like


def load(
    paths: Iterable[str],
    *,
    skip_others: bool = False,
    passed_over: list[str] | None = None,
    both_sides: bool = False,
) -> Iterator[Cassette | CassetteError]:
    """The cassettes that paths stand for, in order, each read when it is asked for, and followed by its faults.

    What cannot be read or parsed is an error in its place, so that it does not stop the others. A file named outright
    that is no cassette is such an error, unless `skip_others`; one found in a directory is passed over, and put into
    `passed_over` where it looked like a recording. A file that git could not merge is an error, too, with
    `both_sides` after a cassette for each side of it.
    """
    for found in find(paths):
        if isinstance(found, CassetteError):
            yield found
        else:
            yield from load_found(found, skip_others=skip_others, passed_over=passed_over, both_sides=both_sides)


def load_found(
    found: Found, *, skip_others: bool = False, passed_over: list[str] | None = None, both_sides: bool = False
) -> Iterator[Cassette | CassetteError]:
    """The cassette in a file that the search found, or why there is none; as `load`."""
    data = b""
    try:
        data = bytes_of(found.path)
        cassette = (read if found.named and not skip_others else from_bytes)(found.path, data)
    except CassetteError as error:
        yield from _sides(found.path, data) if both_sides else ()
        yield error
    else:
        del data  # as much again as the text, which would be held as long as the cassette is in use
        if cassette is not None:
            yield cassette
            yield from cassette.faults
        elif not found.named and passed_over is not None:
            passed_over.append(found.path)


def _sides(path: str, data: bytes) -> Iterator[Cassette | CassetteError]:
    """The sides of a file that git could not merge; nothing for any other file."""
    try:
        text = _decoded(path, disk.unpacked(path, data))
    except CassetteError:
        return
    held = conflict(text)
    for side in (held.ours, held.theirs) if held else ():
        try:
            cassette = parse(path, side.text, side=side)
        except CassetteError as error:
            yield CassetteError(f"{error.message} ({side})", error.where)
        else:
            if cassette:
                yield cassette
                yield from cassette.faults


def read(path: str, data: bytes | None = None) -> Cassette:
    """The cassette in a file, or on standard input for "-", or in `data`, which is what the file would hold.

    Raises CassetteError where it cannot be read, is not UTF-8, cannot be parsed, or is no cassette.
    """
    data = disk.unpacked(path, bytes_of(path) if data is None else data)
    if not data.strip():
        raise CassetteError("empty", Where(path))
    if b"\0" in data[:BINARY_WITHIN] and not (looks_like_cassette(data[:HEAD]) or _encoding_of(data)):
        raise CassetteError("a binary file, not a cassette", Where(path))
    text = _decoded(path, data)
    try:
        cassette = parse(path, text)
    except CassetteError as error:
        if looks_like_cassette(data[:HEAD]):
            raise
        raise CassetteError(f"not a cassette: {error.message}", error.where) from None
    if cassette is None:
        raise why_unknown(Document(text, _roots(text)[0])).at(path)
    return cassette


def from_bytes(path: str, data: bytes | None = None) -> Cassette | None:
    """The cassette in a file, or in `data` that would be its content; None for what looks like none, or is none after
    all. Raises CassetteError where it looks like one but cannot be read."""
    data = bytes_of(path) if data is None else data
    if not looks_like_cassette(data[:HEAD]):
        return None
    text = _decoded(path, disk.unpacked(path, data))
    try:
        return parse(path, text)
    except CassetteError:
        if _is_json_lines(text):
            return None
        raise


def parse(
    path: str, text: str, beside: Mapping[str, Companion] | None = None, side: Side | None = None
) -> Cassette | None:
    """The cassette that a text is, None where no recorder known here wrote it. `path` is for messages, and to find the
    other files that its bodies lie in, unless `beside` has these. `side` is the side of a file that has this text,
    whose lines messages name.

    Raises CassetteError with path, line and column where the text is neither YAML nor JSON.
    """
    try:
        roots, not_json = _roots(text)
    except CassetteError as error:
        raise _hinted(error, text, side).at(path) from None
    try:
        document = Document(text, roots, side.lines if side else None)
        recorder = detect(document)
        root = document.root
        if recorder is None or root is None:
            if not_json:
                raise not_json
            return None
        if beside is None:
            beside = companions.found(path, recorder, document, bytes_of)
        document = replace(document, companions=beside)
        faults = tuple(fault.at(path) for fault in recorder.faults(document))
        if not_json and (faults or (len(roots) > 1 and not reads_lines(recorder))):
            raise not_json
        if faults and (unmerged := _unmerged(text)):
            raise unmerged
        return Cassette(
            path=path,
            recorder=recorder.NAME,
            version=recorder.version(root),
            document=document,
            interactions=recorder.interactions(document),
            faults=faults,
            side=side,
        )
    except CassetteError as error:
        raise error.at(path) from None


def _roots(text: str) -> tuple[tuple[Node, ...], CassetteError | None]:
    """The trees of a text, and why it is no JSON text where it begins like one but is several, or is YAML, say for one
    comma too many."""
    if text.startswith(from_httprr.MAGIC):
        return (from_httprr.parse(text),), None
    if TOML_START.match(text[:HEAD].encode("utf-8", "replace")):
        from cassette_cli.document import from_toml  # here, because few recordings are TOML

        return (from_toml.parse(text),), None
    if not JSON_START.match(text):
        return from_yaml.parse(text), None
    try:
        return (from_json.parse(text),), None
    except CassetteError as not_json:
        for parse_all in (from_json.parse_lines, from_yaml.parse):
            with suppress(CassetteError):
                return parse_all(text), not_json
        raise


def _hinted(error: CassetteError, text: str, side: Side | None) -> CassetteError:
    """A fault of a text that git could not merge is just that; one at the end may be that the rest is missing."""
    if unmerged := _unmerged(text):
        return unmerged
    _, line, column = error.where
    hint = ""
    if line and column and (line, column) >= position(text, len(text.rstrip())):
        hint = " (is the file cut off?)"
    where = error.where._replace(line=in_file(side.lines, line)) if line and side else error.where
    return CassetteError(f"{error.message}{hint}", where)


def _unmerged(text: str) -> CassetteError | None:
    held = conflict(text)
    if held is None:
        return None
    return CassetteError(f"git left a conflict here ({held.ours}; {held.theirs})", Where(None, held.line, 1))


def _is_json_lines(text: str) -> bool:
    """Whether a text goes on after a whole JSON value: log files, which hold requests and responses too."""
    start = JSON_START.match(text)
    try:
        return start is not None and bool(json.JSONDecoder().raw_decode(text, start.end() - 1))
    except (ValueError, RecursionError):
        return False


def encoded(text: str) -> bytes:
    """The bytes of a document's text, as `write` wants them.

    Raises UnicodeEncodeError for a text that no file could have brought.
    """
    return text.encode("utf-8", _errors(text.startswith(from_httprr.MAGIC)))


def _errors(is_trace: bool) -> str:
    """Messages of a trace may be any bytes; they pass through as surrogates (PEP 383)."""
    return "surrogateescape" if is_trace else "strict"


def _decoded(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8", _errors(data.startswith(from_httprr.MAGIC.encode())))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = position(before, len(before))
        reason = _encoding_of(data) or f"byte 0x{data[error.start]:02x}"
        if error.reason == "unexpected end of data":
            reason = "the last character is not whole (is the file cut off?)"
        raise CassetteError(f"not UTF-8: {reason}", Where(path, line, column)) from None


def _encoding_of(data: bytes) -> str | None:
    """What a file that is not UTF-8 is, where its first bytes tell."""
    return "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else None


def write(path: str, before: bytes, after: bytes) -> None:
    """Put `after` in the place of `before`, all of it or nothing: a temporary file beside it takes its name.

    A symbolic link stays and its target changes; the mode stays; what is compressed by gzip is compressed again.
    Raises CassetteError where the file no longer holds `before`, is read-only or no regular file, or the system
    refuses; the file is then as it was.
    """
    disk.put([(path, before, after)])


def save(path: str, data: bytes) -> None:
    """Make a file, or replace the one that is there whatever it holds; all of it or nothing, as `write`.

    What is there and is no regular file (a device such as /dev/null, a pipe) is written to, and stays what it is.
    """
    if disk.is_special(path):
        _write_into(path, data)
    else:
        disk.put([(path, None, data)])


def _write_into(path: str, data: bytes) -> None:
    try:
        with open(path, "wb") as target:
            target.write(data)
    except OSError as error:
        raise CassetteError(f"cannot be written: {error.strerror or error}", Where(path)) from None


def make_folder(path: str) -> None:
    """Make a directory, and those above it, where they are not there yet. Raises CassetteError where that fails."""
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise CassetteError(f"cannot be made: {error.strerror or error}", Where(path)) from None


def store(before: Cassette, after: Cassette) -> None:
    """Write a changed cassette as `write` does: its file, and the other files that its bodies lie in. All of them are
    made before the first takes its name."""
    old, new = ({path: _bytes_in(source, each) for path, source in sources(each).items()} for each in (before, after))
    disk.put([(path, held, new[path]) for path, held in old.items() if held != new[path]])


def sources(cassette: Cassette) -> dict[str, Source]:
    """The texts of a cassette's file and of the other files that its bodies lie in, by path."""
    document = cassette.document
    return {cassette.path: document.source} | {each.path: each.source for each in document.companions.values()}


def _bytes_in(source: Source, cassette: Cassette) -> bytes:
    if source is cassette.document.source:
        return encoded(source.text)
    return source.text.encode("utf-8", "surrogateescape")


def text_of(path: str) -> str | None:
    """The text of a file that is no cassette: a configuration, a baseline. None where there is no such file.

    Raises CassetteError where it cannot be read or is not UTF-8.
    """
    return _decoded(path, bytes_of(path)) if os.path.isfile(path) else None


def scratch(text: str, ending: str) -> str:
    """Put a text that a person is to edit into a temporary file, whose name has this ending; its path."""
    handle, path = tempfile.mkstemp(prefix="cassette-", suffix=ending)
    with open(handle, "wb") as file:
        file.write(text.encode("utf-8", "backslashreplace"))
    return path


def remove(path: str) -> None:
    """Take a file away, if it is there."""
    with suppress(OSError):
        os.unlink(path)
