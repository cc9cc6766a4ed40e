"""What `cassette trim` dropped, as text and as JSON (cassette.trim/1)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from cassette_cli.conversation import Json
from cassette_cli.errors import CassetteError
from cassette_cli.header_classes import class_of
from cassette_cli.model import Cassette
from cassette_cli.render.as_json import dumps, error_json
from cassette_cli.render.elision import plural
from cassette_cli.render.lines import Line, Style, line
from cassette_cli.trimming import Dropped, Trimmed

TRIM = "cassette.trim/1"


def file_line(path: str, found: Trimmed) -> Line:
    """`a.yaml: 12 headers, 48 lines, 1,204 bytes: 8 rate-limit, 2 date, 2 others`."""
    counts = Counter(class_of(each.header.name) or "others" for each in found.dropped)
    kinds = ", ".join(f"{count} {name}" for name, count in counts.most_common())
    what = f"{plural(len(found.dropped), 'header')}, {plural(found.lines, 'line')}, {plural(found.bytes, 'byte')}"
    return line(0, f"{path}: {what}", (f"  ({kinds})", Style.DIM))


def trim_document(found: Iterable[tuple[Cassette, Trimmed]], errors: Sequence[CassetteError]) -> Iterator[str]:
    """One document of cassette.trim/1. `errors` is read last."""
    yield f'{{"schema": "{TRIM}", "files": ['
    for number, (cassette, each) in enumerate(found):
        yield (",\n" if number else "\n") + dumps(_file(cassette, each))
    yield f'\n],\n"errors": {dumps([error_json(error) for error in errors])}}}\n'


def _file(cassette: Cassette, found: Trimmed) -> dict[str, Json]:
    return {
        "path": cassette.path,
        "bytes": found.bytes,
        "lines": found.lines,
        "headers": [_header(each) for each in found.dropped],
    }


def _header(each: Dropped) -> dict[str, Json]:
    return {
        "interaction": each.interaction,
        "side": each.side,
        "name": each.header.name,
        "class": class_of(each.header.name),
    }
