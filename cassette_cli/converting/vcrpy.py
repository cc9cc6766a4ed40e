"""Writes VCR.py's YAML: https://github.com/kevin1024/vcrpy/blob/v9.4.2/vcr/serialize.py

PyYAML is what VCR.py writes with, so it writes here. Keys are sorted, bodies that are UTF-8 are text, other ones
`!!binary`. VCR.py keeps one value of each name in a request, and takes the first where a file has several
(https://github.com/kevin1024/vcrpy/blob/v9.4.2/vcr/request.py, HeadersDict); they are joined as RFC 9110, 5.3 says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from cassette_cli.converting.base import (
    Carried,
    Lines,
    Loss,
    grouped,
    lost_dates,
    lost_durations,
    lost_ids,
    noted,
    text_or_bytes,
)

NAME = "VCR.py"
OPTION = "vcrpy"
EXTENSION = ".yaml"
VERSION: int | str | None = 1


def held(carried: Carried) -> Carried:
    """Values of one name in a request are one."""
    return replace(carried, request_headers=_joined(carried.request_headers))


def _joined(lines: Lines) -> Lines:
    return tuple(
        (name, ("; " if name.lower() == "cookie" else ", ").join(values)) for name, values in grouped(lines).items()
    )


def losses(carried: Sequence[Carried]) -> Iterator[Loss]:
    """Times, ids, and headers of requests that come twice."""
    yield from (*lost_durations(carried), *lost_dates(carried), *lost_ids(carried))
    several = (any(len(values) > 1 for values in grouped(each.request_headers).values()) for each in carried)
    yield from noted("changed", "several values of a header of the request become one, joined", several)


def text(held: Sequence[Carried]) -> str:
    """The file."""
    import yaml  # here, because few runs need it

    dumper: Any = getattr(yaml, "CDumper", yaml.Dumper)
    document = {"interactions": [_interaction(each) for each in held], "version": VERSION}
    return str(yaml.dump(document, Dumper=dumper))


def _interaction(held: Carried) -> dict[str, Any]:
    return {
        "request": {
            "body": None if held.request_body is None else text_or_bytes(held.request_body),
            "headers": grouped(held.request_headers),
            "method": held.method or "",
            "uri": held.url or "",
        },
        "response": {
            "body": {"string": text_or_bytes(held.response_body)},
            "headers": grouped(held.response_headers),
            "status": {"code": held.status or 0, "message": held.reason or ""},
        },
    }
