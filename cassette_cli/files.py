"""Files in and out: a path, or "-" for standard input, becomes a Cassette; a changed text is written whole or not.

Bytes are decoded as UTF-8 and nothing is translated, so `encoded` gives the file's bytes again.
"""

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from cassette_cli.document import from_httprr, from_json, from_yaml
from cassette_cli.document.document import Document, position
from cassette_cli.document.tree import Node
from cassette_cli.errors import CassetteError, Where
from cassette_cli.framing.encoding import GZIP, LIMIT
from cassette_cli.model import Cassette
from cassette_cli.recorders import detect, why_unknown
from cassette_cli.search import HEAD, STDIN, find, looks_like_cassette, unreadable

# The first characters of a JSON file whose value is an object or an array (RFC 8259), after a byte order mark.
JSON_START = re.compile(r"\ufeff?[ \t\r\n]*[{\[]")

# How far git looks for a NUL to call a file binary (https://git-scm.com/docs/gitattributes, "diff").
BINARY_WITHIN = 8000

SCHEMAS = Path(__file__).parent / "schemas"


def load(
    paths: Iterable[str], *, skip_others: bool = False, passed_over: list[str] | None = None
) -> Iterator[Cassette | CassetteError]:
    """The cassettes that paths stand for, in order, each read when it is asked for, and followed by its faults.

    What cannot be read or parsed is an error in its place, so that it does not stop the others. A file named outright
    that is no cassette is such an error, unless `skip_others`; one found in a directory is passed over, and put into
    `passed_over` where it looked like a recording.
    """
    for found in find(paths):
        if isinstance(found, CassetteError):
            yield found
            continue
        try:
            cassette = read(found.path) if found.named and not skip_others else from_bytes(found.path)
        except CassetteError as error:
            yield error
        else:
            if cassette is not None:
                yield cassette
                yield from cassette.faults
            elif not found.named and passed_over is not None:
                passed_over.append(found.path)


def read(path: str, data: bytes | None = None) -> Cassette:
    """The cassette in a file, or on standard input for "-", or in `data`, which is what the file would hold.

    Raises CassetteError where it cannot be read, is not UTF-8, cannot be parsed, or is no cassette.
    """
    data = _unpacked(path, bytes_of(path) if data is None else data)
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
    text = _decoded(path, _unpacked(path, data))
    try:
        return parse(path, text)
    except CassetteError:
        if _is_json_lines(text):
            return None
        raise


def parse(path: str, text: str) -> Cassette | None:
    """The cassette that a text is, None where no recorder known here wrote it. `path` is for messages only.

    Raises CassetteError with path, line and column where the text is neither YAML nor JSON.
    """
    try:
        roots, not_json = _roots(text)
    except CassetteError as error:
        raise _hinted(error, text).at(path) from None
    try:
        document = Document(text, roots)
        recorder = detect(document)
        if recorder is None or document.root is None:
            if not_json:
                raise not_json
            return None
        faults = tuple(fault.at(path) for fault in recorder.faults(document))
        if faults and not_json:
            raise not_json
        return Cassette(
            path=path,
            recorder=recorder.NAME,
            version=recorder.version(document.root),
            document=document,
            interactions=recorder.interactions(document),
            faults=faults,
        )
    except CassetteError as error:
        raise error.at(path) from None


def _roots(text: str) -> tuple[tuple[Node, ...], CassetteError | None]:
    """The trees of a text, and why it is no JSON where it begins like JSON but is YAML, say for one comma too many."""
    if text.startswith(from_httprr.MAGIC):
        return (from_httprr.parse(text),), None
    if not JSON_START.match(text):
        return from_yaml.parse(text), None
    try:
        return (from_json.parse(text),), None
    except CassetteError as not_json:
        try:
            return from_yaml.parse(text), not_json
        except CassetteError:
            raise not_json from None


def _hinted(error: CassetteError, text: str) -> CassetteError:
    """A fault at the end of a text may be that the rest is missing."""
    _, line, column = error.where
    if line and column and (line, column) >= position(text, len(text.rstrip())):
        return CassetteError(f"{error.message} (is the file cut off?)", error.where)
    return error


def _is_json_lines(text: str) -> bool:
    """Whether a text goes on after a whole JSON value: log files, which hold requests and responses too."""
    start = JSON_START.match(text)
    try:
        return start is not None and bool(json.JSONDecoder().raw_decode(text, start.end() - 1))
    except (ValueError, RecursionError):
        return False


def bytes_of(path: str) -> bytes:
    """What a file holds, or standard input for "-". Raises CassetteError where it cannot be read."""
    if path == STDIN:
        return sys.stdin.buffer.read()
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise unreadable(path, error) from None


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


def _unpacked(path: str, data: bytes) -> bytes:
    """What a file says that may be compressed by gzip."""
    if not data.startswith(GZIP.magic):
        return data
    try:
        unpacked = GZIP.decode(data, LIMIT)
    except CassetteError as error:
        raise error.at(path) from None
    if unpacked.faulty or unpacked.cut_off:
        reason = "is cut off" if unpacked.cut_off else "is broken"
        raise CassetteError(f"cannot be read: its gzip data {reason}", Where(path))
    return unpacked.data


def packed_like(held: bytes, data: bytes) -> bytes:
    """`data` compressed by gzip where `held`, the content of a file, is; as it is where not."""
    return GZIP.encode(data, held) if held.startswith(GZIP.magic) else data


def _encoding_of(data: bytes) -> str | None:
    """What a file that is not UTF-8 is, where its first bytes tell."""
    return "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else None


def write(path: str, before: bytes, after: bytes) -> None:
    """Put `after` in the place of `before`, all of it or nothing: a temporary file beside it takes its name.

    A symbolic link stays and its target changes; the mode stays; what is compressed by gzip is compressed again.
    Raises CassetteError where the file no longer holds `before`, is read-only or no regular file, or the system
    refuses; the file is then as it was.
    """
    if _is_special(path):
        raise CassetteError("cannot be written: it is no regular file", Where(path))
    _put(path, before, after)


def save(path: str, data: bytes) -> None:
    """Make a file, or replace the one that is there whatever it holds; all of it or nothing, as `write`.

    What is there and is no regular file (a device such as /dev/null, a pipe) is written to, and stays what it is.
    """
    if _is_special(path):
        _write_into(path, data)
    else:
        _put(path, None, data)


def _is_special(path: str) -> bool:
    """Whether a path leads to something that a file must not take the place of. A directory refuses by itself."""
    return os.path.exists(path) and not (os.path.isfile(path) or os.path.isdir(path))


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


def _put(path: str, before: bytes | None, after: bytes) -> None:
    target = os.path.realpath(path)
    try:
        status = os.stat(target) if before is not None or os.path.exists(target) else None
        if status and (not status.st_mode & 0o222 or not os.access(target, os.W_OK)):
            raise CassetteError("cannot be written: the file is read-only", Where(path))
        held = None if before is None else bytes_of(target)
        if held is not None:
            if _unpacked(path, held) != before:
                raise CassetteError("changed since it was read; nothing was written", Where(path))
            after = packed_like(held, after)
        handle, temporary = tempfile.mkstemp(prefix=".cassette-", dir=os.path.dirname(target))
        try:
            with open(handle, "wb") as file:
                file.write(after)
                file.flush()
                os.fsync(file.fileno())
            _take_over(temporary, status)
            if held is not None and bytes_of(target) != held:
                raise CassetteError("changed since it was read; nothing was written", Where(path))
            os.replace(temporary, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise CassetteError(f"cannot be written: {error.strerror or error}", Where(path)) from None


def _take_over(temporary: str, status: os.stat_result | None) -> None:
    """Give a file the mode of the one that it replaces, and its owner where we may; a new one what new files have."""
    if status is None:
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        return
    os.chmod(temporary, status.st_mode & 0o7777)
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(temporary, status.st_uid, status.st_gid)


def text_of(path: str) -> str | None:
    """The text of a file that is no cassette: a configuration, a baseline. None where there is no such file.

    Raises CassetteError where it cannot be read or is not UTF-8.
    """
    return _decoded(path, bytes_of(path)) if os.path.isfile(path) else None


def schema_names() -> list[str]:
    """The JSON Schemas that the package ships, by the name in their documents: "cassette.show/1"."""
    names = [entry.name for entry in SCHEMAS.iterdir() if entry.name.endswith(".json")]
    return sorted("/".join(name.removesuffix(".json").rsplit(".", 1)) for name in names)


def schema(name: str) -> str:
    """The text of one of `schema_names()`."""
    return (SCHEMAS / f"{name.replace('/', '.')}.json").read_text(encoding="utf-8")
