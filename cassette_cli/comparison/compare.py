"""Two recordings compared: interactions aligned, each pair compared after reconstruction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cassette_cli.comparison.alignment import align
from cassette_cli.comparison.answered import reply_changes
from cassette_cli.comparison.asked import prompt_changes
from cassette_cli.comparison.changes import ABSENT, Change, FileDiff, InteractionDiff, Part, Verdict, cosmetic
from cassette_cli.comparison.chunks import chunk_changes
from cassette_cli.comparison.context import Context
from cassette_cli.comparison.http import body_changes, header_changes, status_changes, url_changes
from cassette_cli.comparison.message_base import SPELLED
from cassette_cli.comparison.settings import Settings
from cassette_cli.conversation import Json
from cassette_cli.exchange import Exchange
from cassette_cli.framing.base import ContentLens
from cassette_cli.model import Cassette
from cassette_cli.protocols.base import parse_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A side of a comparison: where it comes from, its text and its interactions understood."""

    path: str
    recorder: str
    version: int | str | None
    text: str
    exchanges: tuple[Exchange, ...]


def recording(cassette: Cassette, exchanges: Iterable[Exchange]) -> Recording:
    """A cassette as one side, its interactions understood."""
    return Recording(
        path=cassette.path,
        recorder=cassette.recorder,
        version=cassette.version,
        text=cassette.document.text,
        exchanges=tuple(exchanges),
    )


def compare_files(old: Recording | None, new: Recording | None, settings: Settings) -> FileDiff:
    """What became of a recording; None is a file that is not there."""
    if old and new and old.text == new.text:
        return FileDiff(old=old.path, new=new.path)
    found = compare(
        old.exchanges if old else (),
        new.exchanges if new else (),
        settings,
        same_recorder=bool(old and new and old.recorder == new.recorder),
    )
    return _kept(
        FileDiff(
            old=old.path if old else None,
            new=new.path if new else None,
            interactions=tuple(found),
            changes=tuple(_file_changes(old, new)) if old and new else (),
        ),
        settings,
    )


def compare(
    old: Sequence[Exchange], new: Sequence[Exchange], settings: Settings, *, same_recorder: bool = True
) -> Iterator[InteractionDiff]:
    """The interactions of two recordings side by side, in the order of the new one, with all that differs in each.
    `same_recorder`: a header that only one side has is not one that the other's recorder leaves out."""
    context = Context(settings)
    for at_old, at_new, moved in align(old, new):
        before = None if at_old is None else old[at_old]
        after = None if at_new is None else new[at_new]
        if before is None or after is None:
            yield InteractionDiff(old=before, new=after)
            continue
        changes = _changes(context, before, after, same_recorder=same_recorder)
        changes += [_moved(before, after)] if moved else []
        yield InteractionDiff(old=before, new=after, changes=tuple(changes), moved=moved)


def _file_changes(old: Recording, new: Recording) -> Iterator[Change]:
    names = [f"{each.recorder} {each.version}" if each.version is not None else each.recorder for each in (old, new)]
    if names[0] != names[1]:
        reason = "another recorder, or another version of its format"
        yield cosmetic("recorder", Part.FORMAT, names[0], names[1], reason)


def _kept(found: FileDiff, settings: Settings) -> FileDiff:
    """What is to be told of a diff. A file whose text differs and nothing else has that as its change."""
    changes = found.changes
    if found.verdict is Verdict.IDENTICAL:
        changes = (cosmetic("file", Part.FORMAT, ABSENT, ABSENT, SPELLED),)
    interactions = [
        replace(each, changes=tuple(filter(settings.keeps, each.changes)))
        for each in found.interactions
        if settings.keeps_whole or (each.old and each.new)
    ]
    return replace(found, interactions=tuple(interactions), changes=tuple(filter(settings.keeps, changes)))


def _moved(old: Exchange, new: Exchange) -> Change:
    one, other = old.interaction.index, new.interaction.index
    return cosmetic("index", Part.FORMAT, one, other, "the same interaction in another place")


def _changes(context: Context, old: Exchange, new: Exchange, *, same_recorder: bool) -> list[Change]:
    context.protocol = new.protocol
    context.interaction = new.interaction.index
    asked, answered = [*_request(context, old, new)], [*_response(context, old, new)]
    one, other = old.interaction, new.interaction
    return [
        *asked,
        *_spelled("request.body", asked, old.request_content, new.request_content),
        *header_changes("request", one.request.headers, other.request.headers, same_recorder=same_recorder),
        *answered,
        *_spelled("response.body", answered, old.content, new.content),
        *header_changes("response", one.response.headers, other.response.headers, same_recorder=same_recorder),
        *_timing(old, new),
    ]


def _request(context: Context, old: Exchange, new: Exchange) -> Iterator[Change]:
    yield from url_changes(context, old, new)
    yield from context.value("request.protocol", Part.URL, Verdict.REQUEST, old.protocol, new.protocol)
    if old.prompt and new.prompt:
        yield from prompt_changes(context, old.prompt, new.prompt)
    else:
        sides = ((each.request_content, each.request_media_type) for each in (old, new))
        yield from body_changes(context, "request.body", Verdict.REQUEST, *sides)


def _response(context: Context, old: Exchange, new: Exchange) -> Iterator[Change]:
    yield from status_changes(context, old, new)
    if old.reply and new.reply:
        yield from reply_changes(context, old.reply, new.reply)
    elif old.streamed and new.streamed:
        events = [_events(each) for each in (old, new)]
        yield from context.json("response.events", Part.BODY, Verdict.BEHAVIOUR, *events, free=True)
    else:
        sides = ((each.content, each.media_type) for each in (old, new))
        yield from body_changes(context, "response.body", Verdict.BEHAVIOUR, *sides)
    if old.reply and new.reply:
        yield from chunk_changes(old, new)


def _events(exchange: Exchange) -> list[Json]:
    """The events of a stream that no protocol reads: their JSON, or their text where they are none."""
    texts = (frame.data for frame in exchange.frames if frame.number is not None and frame.data is not None)
    return [value if is_json else text for text in texts for value, is_json in [parse_json(text)]]


def _spelled(where: str, found: Iterable[Change], old: ContentLens | None, new: ContentLens | None) -> Iterator[Change]:
    """That two bodies differ, where nothing found in them says how."""
    if not any(found) and (old.text if old else None) != (new.text if new else None):
        yield cosmetic(where, Part.FORMAT, ABSENT, ABSENT, SPELLED)


def _timing(old: Exchange, new: Exchange) -> Iterator[Change]:
    one, other = old.interaction, new.interaction
    if one.duration_ms != other.duration_ms:
        yield cosmetic("duration_ms", Part.TIMING, one.duration_ms, other.duration_ms, "how long it took")
    if one.recorded_at != other.recorded_at:
        yield cosmetic("recorded_at", Part.TIMING, one.recorded_at, other.recorded_at, "when it was")
