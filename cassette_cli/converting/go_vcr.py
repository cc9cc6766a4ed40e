"""Writes go-vcr's YAML, format 2: https://github.com/dnaeon/go-vcr/blob/v4.0.7/pkg/cassette/cassette.go

What go-vcr knows of the connection and other recorders do not is written as Go's client sends and receives it over
HTTP/1.1: its default matcher compares protocol, length, host and form of a request.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cmp_to_key
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from cassette_cli.converting.base import Carried, Lines, Loss, grouped, header, lost_dates, lost_ids, text_or_bytes
from cassette_cli.converting.go_yaml import dump
from cassette_cli.converting.times import go_duration
from cassette_cli.model import split_url

NAME = "go-vcr"
OPTION = "go-vcr"
EXTENSION = ".yaml"
VERSION: int | str | None = 2

PROTO = {"proto": "HTTP/1.1", "proto_major": 1, "proto_minor": 1}
# Token characters of RFC 9110, 5.6.2; names with others stay as they are.
TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS = re.compile(r"[0-9]{1,18}")
# Digits, not all of them zero, before a place.
LEADING = re.compile(r"[1-9][0-9]*\Z")
# Requests whose form bodies Go parses: https://pkg.go.dev/net/http#Request.ParseForm
WITH_FORMS = frozenset({"POST", "PUT", "PATCH"})


def held(carried: Carried) -> Carried:
    """Header names as Go spells them, without which `Header.Get` does not find them."""
    return replace(
        carried,
        request_headers=_canonical(carried.request_headers),
        response_headers=_canonical(carried.response_headers),
    )


def _canonical(lines: Lines) -> Lines:
    return tuple((canonical(name), value) for name, value in lines)


def canonical(name: str) -> str:
    """https://pkg.go.dev/net/http#CanonicalHeaderKey"""
    if not name or not set(name) <= TOKEN:
        return name
    return "-".join(part[:1].upper() + part[1:].lower() for part in name.split("-"))


def losses(carried: Sequence[Carried]) -> Iterator[Loss]:
    """Dates and ids."""
    yield from (*lost_dates(carried), *lost_ids(carried))


def text(held: Sequence[Carried]) -> str:
    """The file."""
    interactions = [_interaction(index, each) for index, each in enumerate(held)]
    return "---\n" + dump({"version": VERSION, "interactions": interactions})


def _interaction(index: int, held: Carried) -> dict[str, Any]:
    return {"id": index, "request": _request(held), "response": _response(held)}


def _request(held: Carried) -> dict[str, Any]:
    headers = grouped(held.request_headers)
    optional = {"body": text_or_bytes(held.request_body), "form": _form(held), "headers": _sorted(headers)}
    return {
        **PROTO,
        "content_length": len(held.request_body or b""),
        "host": split_url(held.url).netloc.rpartition("@")[2],
        **{name: value for name, value in optional.items() if value},
        "url": held.url or "",
        "method": held.method or "",
    }


def _response(held: Carried) -> dict[str, Any]:
    status = held.status or 0
    return {
        **PROTO,
        "content_length": _stated_length(held.response_headers),
        "body": text_or_bytes(held.response_body),
        "headers": _sorted(grouped(held.response_headers)),
        "status": f"{status} {held.reason or _phrase(status)}".rstrip(),
        "code": status,
        "duration": go_duration(held.duration_ms or 0),
    }


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""


def _stated_length(headers: Lines) -> int:
    """What Go's client has for it: -1 where the server states none."""
    stated = header(headers, "content-length") or ""
    return int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 19 else -1


def _form(held: Carried) -> dict[str, list[str]]:
    """Query and form body together, that of the body first."""
    found: dict[str, list[str]] = {}
    media_type = (header(held.request_headers, "content-type") or "").partition(";")[0].strip().lower()
    if held.method in WITH_FORMS and media_type == "application/x-www-form-urlencoded":
        _add(found, (held.request_body or b"").decode("utf-8", "replace"))
    _add(found, split_url(held.url).query)
    return _sorted(found)


def _add(found: dict[str, list[str]], query: str) -> None:
    # Go refuses what has a semicolon.
    parts = "&".join(part for part in query.split("&") if ";" not in part)
    for name, value in parse_qsl(parts, keep_blank_values=True, max_num_fields=None):
        found.setdefault(name, []).append(value)


def _sorted(held: dict[str, list[str]]) -> dict[str, list[str]]:
    return {key: held[key] for key in sorted(held, key=cmp_to_key(_order))}


def _order(one: str, other: str) -> int:
    """The order that yaml gives to keys (keyList.Less in representer.go): letters come last, or first after a digit,
    and digits count as numbers."""
    place = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if place is None:
        return len(one) - len(other)
    first, second = one[place], other[place]
    letters = first.isalpha(), second.isalpha()
    if all(letters):
        return ord(first) - ord(second)
    if any(letters):
        after_digit = place > 0 and one[place - 1].isdigit()
        return -1 if letters[0] == after_digit else 1
    numbers = [DIGITS.match(each, place) for each in (one, other)]
    texts = [found[0] if found else "" for found in numbers]
    # A zero that differs counts as a digit of the number before it.
    lead = "1" if "0" in (first, second) and LEADING.search(one[:place]) else ""
    values = [int(lead + each or "0") for each in texts]
    return values[0] - values[1] or len(texts[0]) - len(texts[1]) or ord(first) - ord(second)
