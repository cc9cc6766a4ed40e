"""Writes HAR 1.2 as Polly.js does: https://github.com/Netflix/pollyjs/tree/v6.0.6/packages/@pollyjs/persister/src/har

JSON with sorted keys and an indent of two. Bodies that are no UTF-8 are base64; those under a content coding are the
JSON text of a list of base64 chunks, here of one (adapter-node-http). Entries stand in order of time. Polly.js finds an
entry by `_id`, the MD5 sum of what its `matchRequestsBy` names of the request, and `_order`
(https://github.com/Netflix/pollyjs/blob/v6.0.6/packages/@pollyjs/core/src/-private/request.js); the id here is that of
`headers: false`, since no other client sends the headers of the one that was recorded. It plays files only whose
creator is itself.
"""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any
from urllib.parse import parse_qsl, quote, unquote_plus, urlunsplit

from cassette_cli.converting.base import Carried, Lines, Loss, grouped, header, lost_ids, noted, text_or_bytes
from cassette_cli.converting.times import iso_date, moment, moments, timeless
from cassette_cli.model import split_url

NAME = "HAR"
OPTION = "har"
EXTENSION = ".har"
VERSION: int | str | None = "1.2"

CREATOR = {"comment": "persister:fs", "name": "Polly.JS", "version": "6.0.6"}
# What qs, which writes its queries, leaves as it is.
UNESCAPED = "-_.~"
DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def held(carried: Carried) -> Carried:
    """All of it."""
    return carried


def losses(carried: Sequence[Carried]) -> Iterator[Loss]:
    """Ids: an entry's is what Polly.js makes of its request."""
    yield from (*lost_ids(carried), *timeless(carried))
    dates = zip(_started(carried), carried, strict=True)
    late = (each.recorded_at is not None and when != moment(each) for when, each in dates)
    yield from noted("changed", "entries stand in order of time: what was recorded before gets a later one", late)


def _started(carried: Sequence[Carried]) -> list[datetime]:
    return list(accumulate(moments(carried), max))


def text(held: Sequence[Carried]) -> str:
    """The file."""
    seen: Counter[str] = Counter()
    entries = []
    for each, started in zip(held, _started(held), strict=True):
        identity = _id(each)
        entries.append(_entry(each, started, identity, seen[identity]))
        seen[identity] += 1
    log = {"_recordingName": "converted", "creator": CREATOR, "entries": entries, "pages": [], "version": VERSION}
    made = json.dumps({"log": log}, ensure_ascii=False, indent=2, sort_keys=True)
    return made + "\n"


def _entry(held: Carried, started: datetime, identity: str, order: int) -> dict[str, Any]:
    wait = _number(held.duration_ms or 0)
    return {
        "_id": identity,
        "_order": order,
        "startedDateTime": iso_date(started),
        "request": _request(held),
        "response": _response(held),
        "cache": {},
        "timings": {"blocked": -1, "dns": -1, "connect": -1, "send": 0, "wait": wait, "receive": 0, "ssl": -1},
        "time": wait,
    }


def _number(milliseconds: float) -> int | float:
    """As JavaScript writes it, which knows 0.00001 where Python has 1e-05."""
    if abs(milliseconds) < 0.0001:
        return 0
    return int(milliseconds) if milliseconds == int(milliseconds) else milliseconds


def _request(held: Carried) -> dict[str, Any]:
    body = text_or_bytes(held.request_body)
    request: dict[str, Any] = {
        "method": held.method or "",
        "url": held.url or "",
        "httpVersion": "HTTP/1.1",
        "headers": _pairs(held.request_headers),
        "headersSize": _size((held.method or "") + (held.url or ""), held.request_headers) + 12,
        "queryString": [{"name": name, "value": value} for name, value in _query(held.url)],
        "cookies": [],
        "bodySize": _body_size(held.request_headers, held.request_body),
    }
    if body:
        media_type = header(held.request_headers, "content-type") or "text/plain"
        request["postData"] = {"mimeType": media_type, "params": [], **_spelled(body, coded=False)}
    return request


def _response(held: Carried) -> dict[str, Any]:
    coded = bool(header(held.response_headers, "content-encoding"))
    content = {
        "mimeType": header(held.response_headers, "content-type") or "text/plain",
        **_spelled(text_or_bytes(held.response_body), coded=coded),
    }
    text = content.get("text", "")
    content["size"] = _body_size(held.response_headers, text.encode())
    return {
        "status": held.status or 0,
        "statusText": held.reason or "",
        "httpVersion": "HTTP/1.1",
        "headers": _pairs(held.response_headers),
        "headersSize": _size("", held.response_headers),
        "cookies": [],
        "redirectURL": header(held.response_headers, "location") or "",
        "bodySize": content["size"],
        "content": content,
    }


def _spelled(body: str | bytes, *, coded: bool) -> dict[str, Any]:
    if not body:
        return {}
    if isinstance(body, str) and not coded:
        return {"text": body}
    digits = base64.b64encode(body.encode() if isinstance(body, str) else body).decode()
    return {"encoding": "base64", "text": json.dumps([digits]) if coded else digits}


def _pairs(lines: Lines) -> list[dict[str, str]]:
    """Headers; `_fromType` says that Node.js has a list of values, as it has for cookies."""
    several = {name for name, values in grouped(lines).items() if len(values) > 1 or name.lower() == "set-cookie"}
    several = {name.lower() for name in several}
    return [
        {"name": name, "value": value} | ({"_fromType": "array"} if name.lower() in several else {})
        for name, value in lines
    ]


def _size(first: str, lines: Lines) -> int:
    """As Polly.js reckons it: names and values joined by commas, two bytes for each line and for two ends."""
    names, values = ",".join(name for name, _ in lines), ",".join(value for _, value in lines)
    return len((first + names + values).encode()) + 2 * len(lines) + 4


def _body_size(headers: Lines, body: bytes | None) -> int:
    stated = header(headers, "content-length") or ""
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 16 else len(body or b"")


def _query(url: str | None) -> list[tuple[str, str]]:
    return parse_qsl(split_url(url).query, keep_blank_values=True)


def _id(held: Carried) -> str:
    identifiers: dict[str, Any] = {"method": (held.method or "").upper(), "url": _href(held.url or "")}
    body = text_or_bytes(held.request_body)
    if body:
        identifiers["body"] = body if isinstance(body, str) else base64.b64encode(body).decode()
    stable = json.dumps(identifiers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.md5(stable.encode(), usedforsecurity=False).hexdigest()


def _href(url: str) -> str:
    """A URL as Polly.js compares it: its query in order of names, no fragment, no port that goes without saying."""
    parts = split_url(url)
    host = parts.netloc.removesuffix(DEFAULT_PORTS.get(parts.scheme, "no port"))
    query = "&".join(map(_pair, sorted(filter(None, parts.query.split("&")), key=_name)))
    return urlunsplit((parts.scheme, host, parts.path or "/", query, ""))


def _name(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0])


def _pair(pair: str) -> str:
    name, equals, value = pair.partition("=")
    return quote(unquote_plus(name), UNESCAPED) + equals + quote(unquote_plus(value), UNESCAPED)
