"""The finish reason and the usage of a reply set, wherever the provider writes them."""

from collections.abc import Iterator
from dataclasses import fields, replace
from json import dumps, loads
from typing import Any

from cassette_cli.conversation import Json, Reply, Usage
from cassette_cli.document.lens import Change
from cassette_cli.document.text import splice
from cassette_cli.editing.asked import SetFinishReason, SetUsage
from cassette_cli.editing.json_edits import Path, path_of, set_at
from cassette_cli.editing.meant import Meant, with_message
from cassette_cli.editing.trial import Found, Place, Trial, same_value, tried
from cassette_cli.errors import CassetteError
from cassette_cli.protocols.base import at, json_text

# The fields of a finish reason, by provider.
REASONS = (
    "finish_reason",
    "stop_reason",
    "finishReason",
    "stopReason",
    "done_reason",
    "completionReason",
    "status",
    "reason",
)
COUNTS = tuple(field.name for field in fields(Usage) if field.name != "raw")


def with_finish_reason(trial: Trial, asked: SetFinishReason) -> tuple[list[Change], Meant]:
    """The changes after which a message has another finish reason. Raises CassetteError where it has none."""
    if asked.message >= len(trial.reply.messages):
        raise CassetteError(f"there is no message {asked.message} in the reply: it has {len(trial.reply.messages)}")
    message = trial.reply.messages[asked.message]
    if message.finish_reason is None:
        cut = " (the stream ends before one comes)" if not trial.reply.complete else ""
        raise CassetteError(f"the reply has no finish reason that could be changed{cut}")
    old = message.finish_reason
    reply = with_message(trial.reply, asked.message, replace(message, finish_reason=asked.reason))
    usage = reply.usage
    if usage and isinstance(usage.raw, dict) and usage.raw.get("finish_reason") == old:  # Hugging Face
        reply = replace(reply, usage=replace(usage, raw={**usage.raw, "finish_reason": asked.reason}))
    meant = Meant(reply)
    candidates = trial.values(REASONS, lambda value: value == old or json_text(value) == old)
    return _chosen(trial, candidates, dumps(asked.reason, ensure_ascii=False), meant, "the finish reason"), meant


def with_usage(trial: Trial, asked: SetUsage) -> tuple[list[Change], Meant]:
    """The changes after which a count is another one. Raises CassetteError where the reply does not report it."""
    usage = trial.reply.usage
    if usage is None:
        raise CassetteError("the reply reports no usage that could be changed")
    value = loads(asked.value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CassetteError(f"a count is a number, not {asked.value}")
    name = asked.field
    if name in COUNTS and not _reports(usage.raw, (name,)):
        old = getattr(usage, name)
        if old is None:
            raise CassetteError(f"the reply reports no {name}; it has {_there(usage)}")
        meant = Meant(_counting(trial.reply, {name: value}, usage.raw), usage_field=name)
        candidates = [place for path in numbers(usage.raw) for place in _ending(trial, path, old)]
        return _chosen(trial, candidates, asked.value, meant, name), meant
    path = path_of(name)
    if not _reports(usage.raw, path):
        raise CassetteError(f"the usage has no {name}; it has {_there(usage)}")
    raw = loads(splice(text := dumps(usage.raw), [set_at(text, path, asked.value)]))
    candidates = _ending(trial, path, at(usage.raw, *path))
    for count in (None, *COUNTS):
        changed: dict[str, Any] = {} if count is None else {count: value}
        meant = Meant(_counting(trial.reply, changed, raw))
        try:
            return _chosen(trial, candidates, asked.value, meant, name), meant
        except CassetteError:
            continue
    raise CassetteError(f"{name} lies in no one place that could be edited")


def _counting(reply: Reply, changed: dict[str, Any], raw: Json) -> Reply:
    """The reply with other counts; some providers' object of counts stands in a message's `extra`, too."""
    usage = reply.usage
    assert usage is not None
    messages = tuple(
        replace(message, extra={name: raw if item == usage.raw else item for name, item in message.extra.items()})
        if message.extra
        else message
        for message in reply.messages
    )
    return replace(reply, messages=messages, usage=replace(usage, raw=raw, **changed))


def _reports(raw: Json, path: Path) -> bool:
    found = at(raw, *path)
    return isinstance(found, int | float) and not isinstance(found, bool)


def _there(usage: Usage) -> str:
    own = [".".join(map(str, path)) for path in numbers(usage.raw)]
    common = [name for name in COUNTS if getattr(usage, name) is not None and name not in own]
    return ", ".join([*common, *own])


def numbers(raw: Json, path: Path = ()) -> Iterator[Path]:
    """The paths of the numbers of an object."""
    for name, item in raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ():
        if _reports(item, ()):
            yield (*path, name)
        else:
            yield from numbers(item, (*path, name))


def _ending(trial: Trial, path: Path, old: Json) -> list[Place]:
    """The places whose routes end in a path, and that hold this number."""
    same = trial.values([path[-1]] if isinstance(path[-1], str) else [], same_value(old))
    return [place for place in same if place.route[-len(path) :] == path]


def _chosen(trial: Trial, candidates: list[Place], value: str, meant: Meant, what: str) -> list[Change]:
    """The changes at the places that decide, and at those of the same name that say the same there."""
    unique = list(dict.fromkeys(candidates))
    found = tried(trial, unique, value, meant.is_said)
    for places in (_alike(found), found.deciding, unique):
        changes = [trial.set(place, value) for place in places]
        if places and meant.is_said(trial.after(changes)):
            return changes
    raise CassetteError(f"{what} lies in no one place that could be edited")


def _alike(found: Found) -> list[Place]:
    names = {place.names for place in found.deciding}
    return [*found.deciding, *(place for place in found.idle if place.names in names)]
