"""Media, and parts that no protocol has a name for, compared."""

from collections.abc import Iterator, Sequence

from cassette_cli.comparison.changes import Change, Part, cosmetic
from cassette_cli.comparison.message_base import Comparison, side_by_side
from cassette_cli.comparison.sayings import part_key
from cassette_cli.comparison.volatile import without_volatile
from cassette_cli.conversation import Media, Unknown


class OtherComparison(Comparison):
    """Compares what is neither text nor call of two messages."""

    def media(self, old: Sequence[Media], new: Sequence[Media]) -> Iterator[Change]:
        for place, before, after in side_by_side(old, new, part_key, _kind):
            where = f"{self.where}.media[{place}]"
            if before is None or after is None:
                yield self.whole(where, Part.OUTPUT, before, after)
                continue
            part, classes = self.classes.part(Part.OUTPUT), self.classes
            yield from self.context.value(
                f"{where}.media_type", part, classes.structure, before.media_type, after.media_type
            )
            yield from self.context.value(f"{where}.size", part, classes.text, before.size, after.size)
            yield from self.context.value(f"{where}.uri", part, classes.text, before.uri, after.uri)
            inner = Comparison(self.context, where, classes)
            yield from inner.text("transcript", Part.TEXT, before.transcript, after.transcript)

    def unknown(self, old: Sequence[Unknown], new: Sequence[Unknown]) -> Iterator[Change]:
        for place, before, after in side_by_side(old, new, part_key, _kind):
            where = f"{self.where}.unknown[{place}]"
            if before is None or after is None:
                yield self.whole(where, Part.OUTPUT, before, after)
                continue
            where, protocol = f"{where}.data", self.context.protocol
            if isinstance(before.data, str) and isinstance(after.data, str) and before.data != after.data:
                same = without_volatile(before.data, protocol) == without_volatile(after.data, protocol)
                if same:
                    yield cosmetic(where, Part.IDS, before.data, after.data, "but for ids and times the same")
                    continue
            verdict = self.classes.text if after.kind == "embedding" else self.classes.structure
            part = self.classes.part(Part.OUTPUT)
            yield from self.context.json(where, part, verdict, before.data, after.data, free=True)


def _kind(part: Media | Unknown) -> str | None:
    return part.modality if isinstance(part, Media) else part.kind
