"""What became of an interaction, as lines.

0  POST https://api.example/v1/chat/completions  behaviour
   reply
     → add(a=2, b=[-3-]{+4+})
     text
       The sum is [-5-]{+6+}.
   usage  output_tokens 12 → 13
   cosmetic  31 → 40 events, 3 headers, timing
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from cassette_cli.comparison.changes import ABSENT, Change, InteractionDiff, Part, Verdict
from cassette_cli.comparison.message_base import SENT_BACK, side_by_side
from cassette_cli.comparison.sayings import call_key
from cassette_cli.conversation import Reply, ServerToolCall, ToolCall
from cassette_cli.exchange import Exchange
from cassette_cli.redaction.masking import masked_url
from cassette_cli.render.as_text import interaction_lines
from cassette_cli.render.diff.calls import Call, call_lines
from cassette_cli.render.diff.values import signed, value_lines
from cassette_cli.render.diff.words import STYLES, cosmetic_words
from cassette_cli.render.elision import money, plural
from cassette_cli.render.json_text import STEP, flat
from cassette_cli.render.lines import Line, Piece, Style, line
from cassette_cli.render.view import INDENT, Shown, View

# Changes of one thing (citations, fields of a schema) that are shown; the rest are counted.
_MOST_CHANGES = 6
_CALL = re.compile(r"(reply\.messages\[(\d+)\]\.(server_tool_calls|tool_calls)\[(\d+)\])\.(?:arguments|name|kind)\b")
# Lists of pages found and cited, which change as a whole.
_BESIDE_THE_TEXT = re.compile(r"\.(?:annotations|server_tool_call_responses|extra)\b")
# A call counts by itself, so that none that came or went is hidden behind the changes of another.
_GROUP = re.compile(
    r"(?:request|reply|response)(?:\.messages\[\d+\])?\.(?:(?:server_)?tool_calls\[\d+\]|\w+(?:\.\w+(?=\.))?)"
)
_SIDE = re.compile(r"(request|reply|response)\.")
# How `cassette show` names the numbers of usage.
_USAGE_NAMES = {
    "input_tokens": " in",
    "output_tokens": " out",
    "total_tokens": " total",
    "cache_read_input_tokens": " cached",
    "cache_creation_input_tokens": " cache written",
    "reasoning_tokens": " reasoning",
    "cost": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffView:
    """What the reader asked for: `full` texts and lists, the reason of each cosmetic change (`explain`), how the chunks
    changed. `width` is the terminal's, None where there is none."""

    full: bool = False
    explain: bool = False
    chunks: bool = False
    width: int | None = None


def interaction_diff_lines(found: InteractionDiff, view: DiffView) -> Iterator[Line]:
    """An interaction that differs; nothing for one that is the same."""
    if found.old is None or found.new is None:
        yield from _whole(found, view)
        return
    if found.verdict is Verdict.IDENTICAL:
        return
    yield _head(found.new, numbers_of(found), found.verdict)
    strong = [change for change in found.changes if change.verdict > Verdict.COSMETIC]
    resent = [change for change in strong if change.reason and change.reason.startswith(SENT_BACK)]
    usage = [change for change in strong if change.part is Part.USAGE]
    rest = [change for change in strong if change not in resent and change not in usage]
    yield from _resent(resent)
    for side, changes in groupby(rest, key=lambda change: _side(change.where)):
        yield line(INDENT, (side, Style.STRONG))
        yield from _changes(list(changes), found, INDENT + STEP, view)
    yield from _usage(usage, view)
    yield from cosmetic_lines([change for change in found.changes if change.verdict is Verdict.COSMETIC], view)


def _whole(found: InteractionDiff, view: DiffView) -> Iterator[Line]:
    """An interaction that was added or removed: its head, and the beginning of what it answers."""
    exchange = found.new or found.old
    if exchange is None:
        return
    sign, style, word = ("+ ", Style.GOOD, "added") if found.old is None else ("- ", Style.BAD, "removed")
    shown = interaction_lines(Shown(exchange=exchange), View(request=view.full, full=view.full))
    head = next(shown, None)
    if head is not None:
        yield Line(0, ((sign, style), *head.pieces, (f" {word}", style)), INDENT + 2)
    lines = (each._replace(indent=max(each.indent - INDENT, 0) + STEP) for each in shown if each.pieces)
    yield from signed(lines, sign, style, INDENT, full=view.full)


def _head(exchange: Exchange, number: str, verdict: Verdict) -> Line:
    request = exchange.interaction.request
    url = masked_url(request.url.text) if request.url is not None else "(no URL)"
    return line(
        0,
        (f"{number:<2} {request.method or '(no method)'} ", Style.STRONG),
        url,
        "  ",
        (verdict.word, STYLES[verdict]),
        hang=INDENT,
    )


def numbers_of(found: InteractionDiff) -> str:
    """Which interaction: `3`, or `3 → 4` where it stands elsewhere."""
    old = found.old.interaction.index if found.old else None
    new = found.new.interaction.index if found.new else None
    return str(new) if old == new or old is None else f"{old} → {new}"


def _side(where: str) -> str:
    found = _SIDE.match(where)
    return "request" if found and found[1] == "request" else "reply"


def _changes(changes: Sequence[Change], found: InteractionDiff, indent: int, view: DiffView) -> Iterator[Line]:
    several = found.new is not None and found.new.reply is not None and len(found.new.reply.messages) > 1
    done: set[str] = set()
    for group, held in groupby(changes, key=lambda change: _group(change.where)):
        members = list(held)
        most = 0 if len(members) > 2 and _BESIDE_THE_TEXT.search(group) else _MOST_CHANGES
        shown = members if view.full else members[:most]
        for change in shown:
            call = _CALL.match(change.where)
            if call is None:
                yield from value_lines(_name(change.where, several), change, indent, full=view.full)
            elif call[1] not in done:
                done.add(call[1])
                own = [each for each in members if each.where.startswith(call[1])]
                yield from _call(call, own, found, indent, view)
        more = len(members) - len(shown)
        if more and group not in done:
            what = plural(more, "more change" if shown else "change")
            yield line(indent, (_name(group, several), Style.NAME), (f"  … {what} (--full shows them)", Style.DIM))


def _group(where: str) -> str:
    """What a change belongs to, where many changes may be of one thing: a list of citations, a tool, a call."""
    found = _GROUP.match(where)
    return found[0] if found else where


def _name(where: str, several: bool) -> str:
    """A place without what is clear from where it is shown."""
    name = _SIDE.sub("", where, count=1)
    return name if several or where.startswith("request") else name.removeprefix("messages[0].")


def _call(
    call: re.Match[str], own: Sequence[Change], found: InteractionDiff, indent: int, view: DiffView
) -> Iterator[Line]:
    """A call whose name or arguments changed."""
    message, name, place = int(call[2]), call[3], int(call[4])
    pair = _pair(found, message, name, place)
    lines = call_lines(*pair, indent, view.width) if pair else None
    if lines is not None:
        yield from lines
        return
    if pair:
        yield line(indent, ("→ ", Style.TOOL), (pair[1].name or "(no name)", Style.NAME))
    for change in own if view.full else own[:_MOST_CHANGES]:
        yield from value_lines(change.where.removeprefix(f"{call[1]}."), change, indent + STEP, full=view.full)
    more = len(own) - _MOST_CHANGES
    if more > 0 and not view.full:
        yield line(indent + STEP, (f"… {plural(more, 'more change')} (--full shows them)", Style.DIM))


def _pair(found: InteractionDiff, message: int, name: str, place: int) -> tuple[Call, Call] | None:
    """A call, by its place in the new reply, and the one that it was."""
    calls = [_calls(each.reply if each else None, message, name) for each in (found.old, found.new)]
    for number, before, after in side_by_side(calls[0], calls[1], call_key, lambda call: call.name):
        if number == place and before is not None and after is not None:
            return before, after
    return None


def _calls(reply: Reply | None, message: int, name: str) -> list[Call]:
    parts = reply.messages[message].parts if reply and message < len(reply.messages) else ()
    kind = ToolCall if name == "tool_calls" else ServerToolCall
    return [part for part in parts if isinstance(part, kind)]


def _resent(changes: Iterable[Change]) -> Iterator[Line]:
    """Changes of a prompt that only send back what a reply said differently."""
    reasons = dict.fromkeys(change.reason for change in changes if change.reason)
    for reason in reasons:
        yield line(INDENT, ("request  ", Style.STRONG), (reason, Style.DIM))


def _usage(changes: Sequence[Change], view: DiffView) -> Iterator[Line]:
    """Numbers on one line: `273 → 280 in · 49 → 51 out`; the provider's own only where the common names say nothing, or
    in full."""
    named = {change.where.removeprefix("reply.usage."): change for change in changes}
    facts = [
        f"{before} → {after}{name}"
        for key, name in _USAGE_NAMES.items()
        if key in named and not (key == "total_tokens" and ("input_tokens" in named or "output_tokens" in named))
        for before, after in [_amounts(named[key])]
        if before != after
    ]
    others = [change for change in changes if change.where.removeprefix("reply.usage.") not in _USAGE_NAMES]
    if view.full or not facts:
        facts += [f"{_usage_name(each.where)} {_number(each.old)} → {_number(each.new)}" for each in others]
    more = 0 if view.full else len(facts) - _MOST_CHANGES
    facts = facts if view.full else facts[:_MOST_CHANGES]
    if facts:
        rest: Piece = (f" · … {more} more" if more > 0 else "", Style.DIM)
        yield line(INDENT, ("usage  ", Style.STRONG), " · ".join(facts), rest, hang=7)


def _amounts(change: Change) -> tuple[str, str]:
    """Both amounts of a change; what was not reported is 0 where the other side reports that, as many providers do."""
    values = [0 if value is None or value is ABSENT else value for value in (change.old, change.new)]
    if change.where.endswith(".cost"):
        return money(values[0]), money(values[1])
    return _number(values[0]), _number(values[1])


def _usage_name(where: str) -> str:
    return where.removeprefix("reply.usage.raw.").removeprefix("reply.messages[0].")


def _number(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return "none" if value is None or value is ABSENT else flat(value, 40) or "…"


def cosmetic_lines(changes: Sequence[Change], view: DiffView) -> Iterator[Line]:
    """What differs without meaning: in few words, or one by one with the reason."""
    if not changes:
        return
    words: list[Piece] = [("cosmetic  ", Style.DIM), (cosmetic_words(changes), Style.DIM)]
    yield line(INDENT, *words, hang=10)
    chunks = [change for change in changes if change.part is Part.CHUNKS]
    if view.chunks:
        yield from chain.from_iterable(_chunks(change) for change in chunks)
    if view.explain:
        reasons: defaultdict[str, list[str]] = defaultdict(list)
        for change in changes:
            if change.part is not Part.CHUNKS or not view.chunks:
                reasons[change.reason or ""].append(change.where)
        for reason, places in reasons.items():
            yield line(INDENT + STEP, (f"{reason}: ", Style.DIM), (", ".join(places), Style.NAME), hang=STEP)


def _chunks(change: Change) -> Iterator[Line]:
    """How a channel was cut, and is: `text  7 → 20 pieces, of 4.3 → 1.5 characters; first differs at 12`."""
    old, new = change.old, change.new
    if not isinstance(old, list) or not isinstance(new, list):
        yield line(INDENT + STEP, (change.where, Style.NAME), f"  {old} → {new}")
        return
    sizes = " → ".join(f"{sum(side) / max(len(side), 1):.1f}" for side in (old, new))
    name = change.where.removesuffix(".pieces")
    what = f"  {len(old)} → {len(new)} pieces, of {sizes} characters; first cut elsewhere after {_common(old, new)}"
    yield line(INDENT + STEP, (name, Style.NAME), what, hang=STEP)


def _common(old: Sequence[int], new: Sequence[int]) -> int:
    done = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            return done + min(one, other)
        done += one
    return done
