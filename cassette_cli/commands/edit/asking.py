"""The options of `cassette edit` that say what a reply is to be, read into what is asked for."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cassette_cli.editing.asked import (
    AddToolCall,
    Asked,
    SetArgument,
    SetFinishReason,
    SetHeader,
    SetStatus,
    SetText,
    SetToolName,
    SetUsage,
)
from cassette_cli.editing.json_edits import literal, path_of
from cassette_cli.errors import CassetteError

# CALL.PATH=VALUE: the call goes up to the first dot or bracket.
ARGUMENT = re.compile(r"(?P<call>[^.\[=]+)\.?(?P<path>[^=]*)=(?P<value>.*)", re.DOTALL)
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


class Given(NamedTuple):
    """The options as given."""

    message: int
    text: str | None
    reasoning: str | None
    tool_args: Sequence[str]
    tool_names: Sequence[str]
    new_calls: Sequence[str]
    finish_reason: str | None
    usages: Sequence[str]
    status: int | None
    headers: Sequence[str]
    no_headers: Sequence[str]


def asked(given: Given) -> list[Asked]:
    """What the options ask for, in the order in which it is done. Raises CassetteError for one that cannot be read."""
    return [*_of_texts(given), *_of_calls(given), *_of_the_rest(given)]


def _of_texts(given: Given) -> Iterator[Asked]:
    if given.reasoning is not None:
        yield SetText("reasoning", given.reasoning, given.message)
    if given.text is not None:
        yield SetText("text", given.text, given.message)


def _of_calls(given: Given) -> Iterator[Asked]:
    for option in given.tool_args:
        found = ARGUMENT.fullmatch(option)
        if not found:
            raise CassetteError(f"--tool-arg takes CALL.PATH=VALUE, such as add.a=3, not {option!r}")
        yield SetArgument(found["call"], path_of(found["path"]), literal(found["value"]))
    for option in given.tool_names:
        call, equals, name = option.rpartition("=")
        yield SetToolName(call if equals else None, name)
    for option in given.new_calls:
        name, equals, arguments = option.partition("=")
        if not name:
            raise CassetteError(f"--add-tool-call takes NAME=JSON, such as add='{{\"a\": 3}}', not {option!r}")
        yield AddToolCall(name, arguments if equals else "{}", given.message)


def _of_the_rest(given: Given) -> Iterator[Asked]:
    if given.finish_reason is not None:
        yield SetFinishReason(given.finish_reason, given.message)
    for option in given.usages:
        field, _, value = option.partition("=")
        if not NUMBER.fullmatch(value):
            raise CassetteError(f"--usage takes FIELD=NUMBER, such as output_tokens=12, not {option!r}")
        yield SetUsage(field, value)
    if given.status is not None:
        yield SetStatus(given.status)
    for option in given.headers:
        name, equals, value = option.partition("=")
        if not equals:
            raise CassetteError(f"--header takes NAME=VALUE, such as retry-after=2, not {option!r}")
        yield SetHeader(name, value)
    for name in given.no_headers:
        yield SetHeader(name, None)
