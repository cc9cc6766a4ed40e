"""What an edit changes in a file, as a unified diff. Secrets in headers and URLs are masked; else it can be applied."""

from collections.abc import Iterator
from difflib import unified_diff

from cassette_cli.model import Cassette
from cassette_cli.redaction.masking import MASK, masked_header, masked_url
from cassette_cli.render.lines import Line, Style, line

STYLES = {"-": Style.BAD, "+": Style.GOOD, "@": Style.NAME}
CONTEXT = 3


def text_diff(path: str, before: Cassette, after: Cassette) -> Iterator[Line]:
    """The diff of two versions of a file; nothing where they are equal."""
    old, new = before.document.text.splitlines(keepends=True), after.document.text.splitlines(keepends=True)
    # Most of a file is as it was, and finding that out takes more than linear time.
    head = next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )
    skipped = max(head - CONTEXT, 0)
    secrets = sorted({*_secrets(before), *_secrets(after)}, key=len, reverse=True)
    for row in unified_diff(old[skipped:], new[skipped:], path, path, n=CONTEXT):
        shown = row.rstrip("\r\n")
        if row.startswith("@@"):
            shown = _moved(shown, skipped)
        for secret in secrets:
            shown = shown.replace(secret, MASK)
        heading = Style.STRONG if row.startswith(("--- ", "+++ ")) else None
        yield line(0, (shown, heading or STYLES.get(row[0], Style.PLAIN)))


def _moved(row: str, by: int) -> str:
    """The head of a hunk, with its line numbers counted from the file's first line."""
    places = [part for part in row.split(" ") if part[:1] in ("-", "+")]
    for place in places:
        start, comma, count = place[1:].partition(",")
        row = row.replace(f" {place}", f" {place[0]}{int(start) + by}{comma}{count}", 1)
    return row


def _secrets(cassette: Cassette) -> Iterator[str]:
    """The texts of headers and URLs that are masked where a recording is shown."""
    for interaction in cassette.interactions:
        request, response = interaction.request, interaction.response
        pairs = [
            (each.value.text, masked_header(each.name, each.value.text))
            for each in (*request.headers, *response.headers)
        ]
        if request.url:
            pairs.append((request.url.text, masked_url(request.url.text)))
        for text, shown in pairs:
            if text != shown:
                yield from _hidden(text, shown)


def _hidden(text: str, shown: str) -> Iterator[str]:
    """What masks hide, given a text and what is shown of it."""
    place = 0
    kept = shown.split(MASK)
    for at, after in enumerate(kept[1:], start=1):
        place += len(kept[at - 1]) if at == 1 else 0
        end = text.find(after, place) if after else len(text)
        if end > place:
            yield text[place:end]
        place = end + len(after)
