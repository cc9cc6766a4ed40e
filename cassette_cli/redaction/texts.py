"""Every text of an interaction, through every layer, each once: URL, headers, cookies, bodies, events, channels.

A body is only taken apart where its text, as it stands, may hold something: `gate` says so. That is what makes it cheap
to look into recordings that hold nothing.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cassette_cli.document.encoding import utf8_lens
from cassette_cli.document.lens import Lens, Slice
from cassette_cli.document.percent import Percent
from cassette_cli.document.spelling import SpelledLens
from cassette_cli.document.text import Span
from cassette_cli.exchange import Exchange, Places
from cassette_cli.framing.base import ContentLens, as_text, is_binary
from cassette_cli.model import Header
from cassette_cli.redaction import pieces
from cassette_cli.redaction.reading import origin, read
from cassette_cli.redaction.streams import Gate, Stream, event_origin, events_of
from cassette_cli.redaction.text import Spot, Text, given

COOKIES = frozenset({"cookie", "set-cookie"})
# What the parts of a URL may hold as it is: RFC 3986, 3.3 and 3.4.
SAFE = "/:@!$&'()*+,;="
# So far the boundary of a multipart body reaches: RFC 2046, 5.1.1.
HEAD = 100


class Reader(NamedTuple):
    """Reads the texts of one interaction. `gate` says whether a text may hold, or lead to, anything of interest, and
    `named` whether a header of this name (in lower case) does, whatever its value is."""

    gate: Gate
    interaction: int | None = None
    named: Gate = bool

    def exchange(self, found: Exchange) -> Iterator[Text]:
        """All texts of an interaction that may be of interest."""
        request, response = found.interaction.request, found.interaction.response
        if request.url:
            yield from self.url(request.url, "request.url")
        yield from self.headers(request.headers, "request.headers")
        if found.request_content:
            yield from self.body(found.request_content, "request.body")
        yield from self.headers(response.headers, "response.headers")
        places = Places(found)
        if found.streamed:
            yield from Stream(found, places, self.gate).texts()
            return
        for number, data in events_of(found):
            if self.gate(data):
                yield from read(data, event_origin(found, places, number))

    def url(self, lens: Lens[str], prefix: str) -> Iterator[Text]:
        """The parts of a URL that can hold a secret: password, path, query, fragment."""
        found = pieces.URL.match(lens.text)
        if not found:
            return
        if found["userinfo"]:
            user, colon, _ = found["userinfo"].partition(":")
            start = found.start("userinfo") + (len(user) + 1 if colon else 0)
            yield self._part(lens, Span(start, found.end("userinfo")), f"{prefix}.userinfo", Spot.PASSWORD)
        if found["path"]:
            before = f"{found['scheme'] or ''}://{found['host'] or ''}"
            yield self._part(lens, Span(*found.span("path")), f"{prefix}.path", Spot.PATH, before)
        for group in ("query", "fragment"):
            if found[group]:
                yield from self._pairs(lens, Span(*found.span(group)), f"{prefix}.{group}")

    def _part(self, lens: Lens[str], span: Span, prefix: str, spot: Spot, before: str = "") -> Text:
        """A part of a URL, percent-encoded."""
        value = pieces.unescaped(lens.text[span.start : span.end])
        spelled = SpelledLens(lens, span, value, Percent(safe=SAFE))
        return Text(value, given(spelled), prefix, spot=spot, before=before, interaction=self.interaction)

    def _pairs(self, lens: Lens[str], span: Span, prefix: str) -> Iterator[Text]:
        """The pairs of a query string or form that lies in `span`."""
        for name, place, value in pieces.pairs(lens.text[: span.end], span.start):
            spelled = SpelledLens(lens, place, value, Percent(form=True))
            source = origin(f"{prefix}.{name}", self.interaction, given(spelled))
            yield from read(value, source, name=name, spot=Spot.QUERY)

    def headers(self, headers: Sequence[Header], prefix: str) -> Iterator[Text]:
        """The values of headers; those of cookies one by one."""
        may_hold = self.gate("\n".join(header.value.text for header in headers))
        for header in headers:
            name, lens = header.name.lower(), header.value
            if not (self.named(name) or (may_hold and self.gate(lens.text))):
                continue
            if name in COOKIES:
                yield from self._cookies(lens, f"{prefix}.{name}", only_first=name == "set-cookie")
            elif lens.text:
                yield Text(
                    lens.text,
                    given(lens),
                    f"{prefix}.{name}",
                    spot=Spot.HEADER,
                    name=name,
                    interaction=self.interaction,
                )

    def _cookies(self, lens: Lens[str], prefix: str, *, only_first: bool) -> Iterator[Text]:
        for name, span, value in pieces.cookies(lens.text, only_first=only_first):
            part = Slice(lens, span)
            yield Text(
                value,
                given(part),
                f"{prefix}.{name}",
                spot=Spot.COOKIE,
                name=name,
                interaction=self.interaction,
            )

    def body(self, content: ContentLens, prefix: str) -> Iterator[Text]:
        """The texts of a body that is not cut into events; of binary ones only multipart is read."""
        if is_binary(content):
            if not pieces.BOUNDARY.match(content.text[:HEAD].decode("latin-1")):
                return
            lens: Lens[str] = utf8_lens(content)
        else:
            lens = as_text(content)
        text = lens.text
        if not text or not self.gate(text):
            return
        parts = list(pieces.multipart(text))
        for name, span, value in parts:
            part = Slice(lens, span)
            source = origin(f"{prefix}.{name or 'part'}", self.interaction, given(part))
            yield from read(value, source, name=name or None)
        if not parts and pieces.is_form(text):
            yield from self._pairs(lens, Span(0, len(text)), prefix)
        elif not parts:
            yield from read(text, origin(prefix, self.interaction, given(lens)))
