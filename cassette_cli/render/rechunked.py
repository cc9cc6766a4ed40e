"""What `cassette rechunk` did, or would do: lines for people, cassette.rechunk/1 for programs.

multi_tool.yaml  by word
0  openai.chat_completions  7 events → 24
   reply.messages[0].parts[0].content           1 piece  → 3
   reply.messages[0].parts[1].arguments_text    2 pieces → 14
1  left alone: it is not streamed
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from cassette_cli.conversation import Channel, Json
from cassette_cli.errors import CassetteError
from cassette_cli.rechunking.proven import AS_RECORDED, Outcome, Recipe
from cassette_cli.rechunking.strategies import strategy
from cassette_cli.render.as_json import dumps, error_json
from cassette_cli.render.elision import plural
from cassette_cli.render.lines import Line, Style, apart, line

SCHEMA = "cassette.rechunk/1"


class Done(NamedTuple):
    """What was done to a recording. `output` is the path of what was written, None where that is none."""

    path: str
    output: str | None
    recipe: Recipe
    outcomes: Sequence[Outcome]


def list_lines(done: Iterable[Done]) -> Iterator[Line]:
    """What would change, interaction by interaction and text by text."""
    return apart(map(_blocks, done))


def _blocks(done: Done) -> Iterator[Line]:
    yield line(0, (done.path, Style.STRONG), (f"  {how(done.recipe)}", Style.DIM))
    width = max((len(str(each.index)) for each in done.outcomes), default=1)
    for each in done.outcomes:
        number = f"{each.index:>{width}}  "
        if each.skipped:
            yield line(0, number, (f"left alone: {each.skipped}", Style.DIM))
            continue
        before, after = each.events
        yield line(0, number, f"{each.protocol}  ", (f"{plural(before, 'event')} → {after:,}", Style.STRONG))
        names = {channel: where(channel) for channel in each.channels}
        longest = max(map(len, names.values()), default=0)
        counts = {channel: plural(old, "piece") for channel, (old, _) in each.channels.items()}
        room = max(map(len, counts.values()), default=0)
        for channel, (_, new) in each.channels.items():
            row = f"{names[channel]:<{longest}}  {counts[channel]:<{room}} → {new:,}"
            yield line(len(number), row)
        if each.left_out:
            yield line(len(number), ("; ".join(each.left_out), Style.CAREFUL))


def summary(done: Done) -> Iterator[str]:
    """What was done to a recording, in a line, and what could not be."""
    changed = [each for each in done.outcomes if not each.skipped]
    target = done.output or "standard output"
    name = done.path if target in (done.path, "standard output") else f"{done.path} → {target}"
    if not changed:
        missing = "streamed" if done.recipe.to != "stream" else "plain"
        yield f"{name}: no {missing} reply here, nothing to change"
        return
    before, after = (sum(each.events[side] for each in changed) for side in (0, 1))
    replies = "1 reply" if len(changed) == 1 else f"{len(changed):,} replies"
    yield f"{name}: {replies} {how(done.recipe)}, {plural(before, 'event')} → {after:,}"
    for each in changed:
        for note in each.notes:
            yield f"{name}: interaction {each.index}: {note}"
        if each.left_out:
            yield f"{name}: interaction {each.index}: {'; '.join(each.left_out)}"


def how(recipe: Recipe) -> str:
    """A recipe in words."""
    parts = [] if recipe.to is None else [f"to {recipe.to}"]
    if recipe.to is not None and recipe.by == AS_RECORDED and not recipe.noise:
        return parts[0]
    if recipe.by != AS_RECORDED or not recipe.noise:
        parts.append(f"by {recipe.by}")
    if strategy(recipe.by)[0].draws:
        parts.append(f"seed {recipe.seed}")
    if recipe.noise:
        parts.append(f"with {', '.join(each.spec for each in recipe.noise)}")
    return " ".join(parts)


def where(channel: Channel) -> str:
    """A channel as `show --json` and `diff` name it."""
    return f"reply.messages[{channel.message}].parts[{channel.part}].{channel.field}"


def document(done: Iterable[Done], errors: Sequence[CassetteError]) -> Iterator[str]:
    """The text of a cassette.rechunk/1 document, in pieces. `errors` is read last."""
    yield f'{{"schema": {dumps(SCHEMA)}, "cassettes": ['
    for comma, each in zip(chain([""], iter(lambda: ",", None)), done, strict=False):
        yield f"{comma}\n{dumps(_json(each))}"
    yield f'\n],\n"errors": {dumps([error_json(error) for error in errors])}}}\n'


def _json(done: Done) -> Json:
    recipe = done.recipe
    return {
        "path": done.path,
        "output": done.output,
        "by": recipe.by,
        "seed": recipe.seed if strategy(recipe.by)[0].draws else None,
        "to": recipe.to,
        "noise": [each.spec for each in recipe.noise],
        "interactions": [_interaction(each) for each in done.outcomes],
    }


def _interaction(each: Outcome) -> Json:
    return {
        "index": each.index,
        "protocol": each.protocol,
        "framing": each.framing,
        "events": _change(each.events),
        "channels": [{"where": where(channel), "pieces": _change(counts)} for channel, counts in each.channels.items()],
        "noise_left_out": list(each.left_out),
        "notes": list(each.notes),
        "skipped": each.skipped,
    }


def _change(counts: tuple[int, int]) -> Json:
    return {"before": counts[0], "after": counts[1]}
