"""Texts with citations as one reads them: in one piece, a number at each citation, the sources below.

    European leaders met on Wednesday [1] [2].

    [1] World news  https://news.example/world
    [2] Handbook  "The meeting is on Wednesdays."

A provider that cites cuts its text into a part for each sentence that has a source.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cassette_cli.conversation import Json, Part, Text
from cassette_cli.render.elision import elided
from cassette_cli.render.json_text import flat
from cassette_cli.render.lines import Line, Style, line

_TITLES = ("title", "document_title", "filename", "file_name")
_URLS = ("url", "uri")
_ROOM = 100


def with_citations_joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Parts, each run of texts that cites anything as one text: numbers where the citations are, and each source once
    among the annotations, in the order of the numbers."""
    for is_text, run in groupby(parts, lambda part: isinstance(part, Text)):
        texts = list(run)
        if is_text and len(texts) > 1 and any(isinstance(part, Text) and part.annotations for part in texts):
            yield _joined([part for part in texts if isinstance(part, Text)])
        else:
            yield from texts


def _joined(texts: Sequence[Text]) -> Text:
    numbers: dict[str, int] = {}
    sources: list[Json] = []
    pieces: list[str] = []
    for text in texts:
        cited: dict[int, None] = {}
        for annotation in text.annotations:
            source = " ".join(said_of(annotation))
            if source not in numbers:
                numbers[source] = len(numbers) + 1
                sources.append(annotation)
            cited[numbers[source]] = None
        pieces += [text.content, *(f" [{number}]" for number in cited)]
    return Text("".join(pieces), tuple(sources))


def sources_beside(extra: dict[str, Json] | None) -> list[Json]:
    """The sources that a provider gives beside the text: Perplexity's search results, or else its citations, and the
    pages that Gemini's grounding rests on."""
    found = extra or {}
    grounding = found.get("groundingMetadata")
    chunks = grounding.get("groundingChunks") if isinstance(grounding, dict) else None
    lists = (found.get("search_results") or found.get("citations"), chunks)
    return [source for each in lists if isinstance(each, list) for source in each]


def source_lines(annotations: Sequence[Json], indent: int) -> Iterator[Line]:
    """The sources of a text, numbered."""
    for number, annotation in enumerate(annotations, start=1):
        title, rest = said_of(annotation)
        yield line(
            indent,
            (f"[{number}] ", Style.DIM),
            title,
            ("  " if title and rest else "", Style.DIM),
            (rest, Style.DIM),
            hang=4,
        )


def said_of(annotation: Json) -> tuple[str, str]:
    """A source's title, and its URL or else the words cited; where it has none of them its JSON in short."""
    if isinstance(annotation, str):
        return "", elided(annotation)
    places = [annotation, *annotation.values()] if isinstance(annotation, dict) else []
    found = {
        key: value
        for place in reversed(places)
        if isinstance(place, dict)
        for key, value in place.items()
        if isinstance(value, str) and value
    }
    title = next((found[key] for key in _TITLES if key in found), "")
    url = next((elided(found[key]) for key in _URLS if key in found), "")
    words = f'"{found["cited_text"].strip()}"' if "cited_text" in found else ""
    if title or url or words:
        return title, url or words
    return "", flat(annotation, _ROOM) or "(--full shows it)"
