"""Writes Ruby VCR's YAML: https://github.com/vcr/vcr/blob/v6.4.0/lib/vcr/structs.rb

Ruby's Psych chooses the style of each text (https://github.com/ruby/psych/blob/v4.0.3/lib/psych/visitors/yaml_tree.rb,
visit_String, and scalar_scanner.rb), and libyaml writes it, as it does for PyYAML.
"""

import base64
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from cassette_cli.converting.base import Carried, Loss, grouped, lost_durations, lost_ids, text_or_bytes
from cassette_cli.converting.times import http_date, moments, timeless

NAME = "Ruby VCR"
OPTION = "ruby-vcr"
EXTENSION = ".yml"
VERSION: int | str | None = "6.4.0"

# The cases of Psych's visit_String, in its order; `\Z` of Ruby is `\n?\Z` here.
BREAK_WITHIN = re.compile(r"\n(?!\n?\Z)")
NO_WORD_FIRST = re.compile(r'^\W[^"]*$', re.MULTILINE)
BAD_OCTAL = re.compile(r"\A0[0-7]*[89]")
# What its scanner takes for a text at once, and what it takes for something else.
LIKE_A_TEXT = re.compile(
    r"^[^\d.:-]?[^\W\d_][\w\s!@#$%\^&*(){}<>|/\\~;=]*|^[^\d.:-]?[_\s!@#$%\^&*(){}<>|/\\~;=]+", re.M
)
WORD_WITH_A_MEANING = re.compile(r"~|null|yes|true|on|no|false|off", re.IGNORECASE)
NO_TEXT = re.compile(
    r"-?\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d\d:\d\d(?:\.\d*)?(?:\s*(?:Z|[-+]\d{1,2}:?(?:\d\d)?))?"
    r"|\d{4}-(?:1[012]|0\d|\d)-(?:[12]\d|3[01]|0\d|\d)"
    r"|[+-]?\.inf|\.nan"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}(?:\.[0-9_]*)?"
    r"|[-+]?(?:[0-9][0-9_,]*)?\.[0-9]*(?:[eE][-+][0-9]+)?"
    r"|[-+]?0b[0-1_,]+|[-+]?0[0-7_,]+|[-+]?(?:0|[1-9](?:[0-9]|,[0-9]|_[0-9])*)|[-+]?0x[0-9a-fA-F_,]+",
    re.IGNORECASE,
)
METHOD = re.compile("[A-Z]+(?:-[A-Z]+)*")
SYMBOL = re.compile(r"^:.", re.MULTILINE)


def held(carried: Carried) -> Carried:
    """All of it."""
    return carried


def losses(carried: Sequence[Carried]) -> Iterator[Loss]:
    """Durations and ids."""
    yield from (*lost_durations(carried), *lost_ids(carried), *timeless(carried))


def text(held: Sequence[Carried]) -> str:
    """The file."""
    import yaml  # here, because few runs need it

    dumper: Any = getattr(yaml, "CDumper", yaml.Dumper)
    interactions = [_interaction(*each) for each in zip(held, moments(held), strict=True)]
    document = {"http_interactions": interactions, "recorded_with": f"VCR {VERSION}"}
    stream = [yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=True), *_events(yaml, document)]
    stream += [yaml.DocumentEndEvent(), yaml.StreamEndEvent()]
    return str(yaml.emit(stream, Dumper=dumper, allow_unicode=True))


def _method(word: str) -> str:
    """A method in small letters, as a symbol of Ruby; one that is no word stays as it is."""
    return word.lower() if METHOD.fullmatch(word) else word


def _interaction(held: Carried, when: datetime) -> dict[str, Any]:
    return {
        "request": {
            "method": _method(held.method or ""),
            "uri": held.url or "",
            "body": _body(held.request_body),
            "headers": grouped(held.request_headers),
        },
        "response": {
            "status": {"code": held.status or 0, "message": held.reason or ""},
            "headers": grouped(held.response_headers),
            "body": _body(held.response_body),
        },
        "recorded_at": http_date(when),
    }


def _body(body: bytes | None) -> dict[str, Any]:
    found = text_or_bytes(body)
    return {"encoding": "UTF-8" if isinstance(found, str) else "ASCII-8BIT", "string": found}


def _events(yaml: Any, value: Any) -> Iterator[Any]:
    """A value as events of YAML."""
    match value:
        case dict():
            yield yaml.MappingStartEvent(None, None, True, flow_style=False)
            for key, each in value.items():
                yield from _events(yaml, key)
                yield from _events(yaml, each)
            yield yaml.MappingEndEvent()
        case list():
            yield yaml.SequenceStartEvent(None, None, True, flow_style=False)
            for each in value:
                yield from _events(yaml, each)
            yield yaml.SequenceEndEvent()
        case int():
            yield yaml.ScalarEvent(None, None, (True, False), str(value))
        case bytes():
            yield yaml.ScalarEvent(None, "!binary", (False, False), base64.b64encode(value).decode(), style="|")
        case "<<":
            yield yaml.ScalarEvent(None, "tag:yaml.org,2002:str", (False, False), value, style="'")
        case _:
            yield yaml.ScalarEvent(None, None, (True, True), value, style=_style(value))


def _style(text: str) -> str | None:
    """The style that Psych asks for; libyaml takes another where that one cannot be."""
    if BREAK_WITHIN.search(text):
        return "|"
    if text in ("y", "n") or NO_WORD_FIRST.search(text):
        return '"'
    return "'" if not _is_text(text) or BAD_OCTAL.search(text) else None


def _is_text(text: str) -> bool:
    """Whether Psych's scanner reads a text as one."""
    if LIKE_A_TEXT.search(text) or "\n" in text:
        return len(text) > 5 or not WORD_WITH_A_MEANING.fullmatch(text)
    return bool(text) and not (SYMBOL.search(text) or (NO_TEXT.fullmatch(text) and text not in (".", "+.", "-.")))
