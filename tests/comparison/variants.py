"""A recording and what becomes of it: the same, said in other chunks, under other ids, with another word. Each variant
is made through the lenses of the file, proven, and comes with what a comparison must find."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import yaml

from cassette_cli import files
from cassette_cli.comparison.sayings import structured
from cassette_cli.conversation import Channel, Delta, Json, Reasoning, ServerToolCall, Text, ToolCall
from cassette_cli.document.lens import Change, Joined, Lens
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import Exchange, Places, exchange
from cassette_cli.model import Cassette
from cassette_cli.proof import prove

# Numbers of tokens, in the words of all vendors.
TOKENS = re.compile(
    r'("(?:input_?[tT]okens|output_?[tT]okens|prompt_tokens|completion_tokens|candidatesTokenCount|promptTokenCount'
    r'|eval_count|prompt_eval_count|outputTokens|inputTokens)"\s*:\s*)(\d+)(?=\s*[,}])'
)
ID = re.compile(
    r'"(?:id|item_id|response_id|call_id|request_id|responseId|generation_?id|system_fingerprint)"\s*:\s*"([^"]+)"'
)
CREATED = re.compile(r'("(?:created|created_at|createTime|completed_at)"\s*:\s*)("[^"]*"|\d+)')
VOLATILE_HEADERS = {
    "date": "Wed, 01 Jan 2031 10:00:00 GMT",
    "x-request-id": "req_0123456789abcdef",
    "request-id": "req_0123456789abcdef",
    "cf-ray": "0123456789abcdef-XXX",
    "set-cookie": "__cf_bm=other; path=/",
    "openai-processing-ms": "1",
    "x-ratelimit-remaining-requests": "1",
    "x-envoy-upstream-service-time": "1",
    "user-agent": "other/1.0",
}


# What takes the place of a word or a value: nothing that a recording has.
NEW = "Quetzalcoatl"


class Variant(NamedTuple):
    """A changed recording. `where`, `old` and `new` are of the one change that counts, None where none does."""

    cassette: Cassette
    where: str | None = None
    old: Json = None
    new: Json = None


def understood(cassette: Cassette) -> list[Exchange]:
    return [exchange(each) for each in cassette.interactions]


def streamed(cassette: Cassette) -> list[Exchange]:
    """The streamed exchanges of a protocol that is known."""
    return [each for each in understood(cassette) if each.streamed and each.reading and each.protocol]


def set_to(lens: Lens[Any], text: str) -> Iterator[Change]:
    if lens.text != text:
        yield lens, Edit(Span(0, len(lens.text)), text)


def rechunked(cassette: Cassette, at: int) -> Variant:
    """Every channel cut elsewhere: each piece but the last gives `at` of its letters to the next; with a negative
    number all are given to the first."""
    changes: list[Change] = []
    for each in streamed(cassette):
        places = Places(each)
        for channel in places.channels():
            deltas = [delta for delta in places.deltas(channel) if delta.text]
            lenses = [places.lens_of(delta) for delta in deltas]
            if len(deltas) < 2 or any(lens is None for lens in lenses) or _is_said_twice(each, channel):
                continue
            pieces = _cut([delta.text for delta in deltas], at)
            changes += [
                change for lens, text in zip(lenses, pieces, strict=True) if lens for change in set_to(lens, text)
            ]
    return Variant(prove(cassette, changes))


def _cut(pieces: list[str], at: int) -> list[str]:
    if at < 0:
        return ["".join(pieces)] + [""] * (len(pieces) - 1)
    given, done = "", []
    for piece in pieces[:-1]:
        whole = given + piece
        cut = max(len(whole) - at, 0)
        done.append(whole[:cut])
        given = whole[cut:]
    return [*done, given + pieces[-1]]


def _is_said_twice(each: Exchange, channel: Channel) -> bool:
    """Pieces that an event says once more would have to be cut alike."""
    return any(copy.channel == channel for copy in each.reading.copies) if each.reading else False


def with_other_ids(cassette: Cassette) -> Variant:
    """Every id that a reply brings renamed, in the whole file alike: other letters of the same kind."""
    ids: set[str] = set()
    for each in understood(cassette):
        ids |= {part.id or "" for part in _all_parts(each) if isinstance(part, ToolCall | ServerToolCall)}
        ids |= {found[1] for frame in each.frames for found in ID.finditer(frame.data or "")}
    text = cassette.document.text
    for id_ in sorted(ids):
        if len(id_) >= 8 and re.fullmatch(r"[\w-]+", id_, re.ASCII) and any(char.isdigit() for char in id_):
            text = re.sub(rf"(?<![\w-]){id_}(?![\w-])", _turned(id_), text)
    return Variant(parsed(cassette, text))


def _all_parts(each: Exchange) -> Iterator[Any]:
    return (part for message in (each.reply.messages if each.reply else ()) for part in message.parts)


def _turned(id_: str) -> str:
    """Another id of the same look: its digits turned by one."""
    return re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), id_)


def with_other_dates(cassette: Cassette) -> Variant:
    return Variant(prove(cassette, payload_changes(cassette, lambda text: CREATED.sub(_later, text))))


def _later(found: re.Match[str]) -> str:
    return found[1] + ('"2031-01-01T00:00:00Z"' if found[2].startswith('"') else "1925000000")


def with_other_headers(cassette: Cassette) -> Variant:
    changes: list[Change] = []
    for each in cassette.interactions:
        for header in (*each.request.headers, *each.response.headers):
            if header.name.lower() in VOLATILE_HEADERS:
                changes += set_to(header.value, VOLATILE_HEADERS[header.name.lower()])
    return Variant(prove(cassette, changes))


def with_other_key_order(cassette: Cassette) -> Variant:
    """The keys of every event's and every request's JSON the other way round."""
    changes = list(payload_changes(cassette, _reversed))
    for each in understood(cassette):
        content = each.request_content
        if content is not None and isinstance(content.text, str) and each.prompt:
            changes += set_to(content, _reversed(content.text))
    return Variant(prove(cassette, changes))


def _reversed(text: str) -> str:
    try:
        value = json.loads(text, object_pairs_hook=_once)
        return json.dumps(_turned_round(value), ensure_ascii=False)
    except ValueError:
        return text


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """Keys that repeat cannot change places."""
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError
    return dict(pairs)


def _turned_round(value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _turned_round(value[key]) for key in reversed(value)}
    return [_turned_round(item) for item in value] if isinstance(value, list) else value


def payload_changes(cassette: Cassette, make: Any) -> Iterator[Change]:
    """Changes of the JSON of each event of each streamed reply."""
    for each in streamed(cassette):
        places = Places(each)
        for frame in each.frames:
            payload = places.payload(frame.number) if frame.number is not None and frame.data else None
            if payload is not None and payload.text.lstrip().startswith("{"):
                yield from set_to(payload, make(payload.text))


def with_other_yaml(cassette: Cassette) -> Variant | None:
    """The file as PyYAML writes it, None where it cannot read it."""
    try:
        value = yaml.load(cassette.document.text, yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        return None
    text = yaml.dump(value, Dumper=yaml.CSafeDumper, width=60, indent=4, sort_keys=False)
    if yaml.load(text, yaml.CSafeLoader) != value:
        return None
    return Variant(parsed(cassette, text))


def parsed(cassette: Cassette, text: str) -> Cassette:
    found = files.parse(cassette.path, text)
    assert found is not None
    return found


def with_another_word(cassette: Cassette) -> Iterator[Variant]:
    """The first, the middle and the last word of each text and thought of each reply replaced, one at a time."""
    for number, each in enumerate(understood(cassette)):
        for channel, part in _parts(each):
            if not isinstance(part, Text | Reasoning) or structured(part.content) is not None:
                continue
            words = list(re.finditer(r"(?<!\w)[^\W\d_]{4,}(?!\w)", part.content))
            name = "text" if isinstance(part, Text) else "reasoning"
            where = f"reply.messages[{channel.message}].{name}"
            for place in sorted({0, len(words) // 2, len(words) - 1}) if words else ():
                edit = Edit(Span(*words[place].span()), NEW)
                yield from _edited(cassette, number, channel, edit, where, words[place][0])


def with_another_argument(cassette: Cassette) -> Iterator[Variant]:
    """The first and the last value within the arguments of each call replaced, one at a time."""
    for number, each in enumerate(understood(cassette)):
        seen: defaultdict[tuple[int, str], int] = defaultdict(int)
        for channel, part in _parts(each):
            if not isinstance(part, ToolCall | ServerToolCall):
                continue
            name = "tool_calls" if isinstance(part, ToolCall) else "server_tool_calls"
            place = seen[channel.message, name]
            seen[channel.message, name] += 1
            for last in (False, True):
                changed = _with_another_value(part.arguments_text, last=last)
                if changed is not None:
                    path, old, text = changed
                    edit = Edit(Span(0, len(part.arguments_text)), text)
                    where = f"reply.messages[{channel.message}].{name}[{place}].arguments{path}"
                    yield from _edited(cassette, number, channel._replace(field="arguments_text"), edit, where, old)


def _with_another_value(text: str, *, last: bool) -> tuple[str, Json, str] | None:
    """A path into arguments, what lies there, and the arguments with something else there; None where they are no
    object, or hold nothing, or keys that a path has to quote."""
    try:
        value = json.loads(text)
    except ValueError:
        return None
    path, inner = "", value
    holder: Any = None
    key: Any = None
    while isinstance(inner, dict | list) and inner:
        keys: list[Any] = list(inner) if isinstance(inner, dict) else list(range(len(inner)))
        holder, key = inner, keys[-1 if last else 0]
        if isinstance(key, str) and not re.fullmatch(r"[A-Za-z_]\w*", key):
            return None
        path += f".{key}" if isinstance(key, str) else f"[{key}]"
        inner = holder[key]
    if holder is None or not isinstance(value, dict):
        return None
    holder[key] = NEW
    return path, inner, json.dumps(value, ensure_ascii=False)


def _parts(each: Exchange) -> Iterator[tuple[Channel, Any]]:
    if each.streamed and each.reply and each.protocol:
        for place, message in enumerate(each.reply.messages):
            for number, part in enumerate(message.parts):
                yield Channel(place, number, "content"), part


def _edited(
    cassette: Cassette, number: int, channel: Channel, edit: Edit[str], where: str, old: Json
) -> Iterator[Variant]:
    """A channel edited, with all that says it once more; nothing where it cannot be, in one of its places."""
    fresh = understood(cassette)[number]
    places, reading = Places(fresh), fresh.reading
    if reading is None or not places.deltas(channel):
        return
    changes: list[Change] = [(places.channel(channel), edit)]
    copies = [copy for copy in reading.copies if copy.channel == channel]
    if copies:
        lenses = [places.lens_of(copy) for copy in copies]
        if any(lens is None for lens in lenses) or "".join(copy.text for copy in copies) != _joined(
            reading.deltas, channel
        ):
            return
        changes.append((Joined(tuple(lens for lens in lenses if lens)), edit))
    for echo in reading.echoes:
        if echo.channel == channel:
            lens = places.lens_of(echo)
            if lens is None:
                return
            changes.append((lens, edit))
    try:
        changed = prove(cassette, changes)
    except CassetteError:
        # The recording has no place for it: arguments sent as an object.
        return
    before, after = _joined(reading.deltas, channel), understood(changed)[number].reading
    # Pieces that each say all that was said before cannot be edited one by one.
    if after is not None and _joined(after.deltas, channel) == splice(before, [edit]):
        yield Variant(changed, where, old, NEW)


def _joined(deltas: Iterable[Delta], channel: Channel) -> str:
    return "".join(delta.text for delta in deltas if delta.channel == channel)


def with_other_tokens(cassette: Cassette) -> Variant:
    """Each number of tokens one larger."""

    def more(text: str) -> str:
        return TOKENS.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", text)

    return Variant(prove(cassette, payload_changes(cassette, more)))
