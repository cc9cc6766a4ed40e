"""Gemini: https://ai.google.dev/api/generate-content; a stream has the same objects, in pieces, under another path.

{"candidates": [{"content": {"parts": [{"text": "Hel"}], "role": "model"}}], "usageMetadata": {...}}
"""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit, urlunsplit

from cassette_cli.conversation import Json
from cassette_cli.writing.base import Kept, Request, Sent, dumps, list_of, objects

NAME = "google.generate_content"
FRAMING = "sse"

LAST = ("usageMetadata",)
FIRST = ("modelVersion", "responseId", "createTime")
PLAIN, STREAM = ":generateContent", ":streamGenerateContent"


def plain(values: Sequence[Json]) -> Json:
    """One answer of all pieces. Code Assist wraps each in `response`, and so it stays."""
    pieces = objects(values)
    if pieces and all(isinstance(piece.get("response"), dict) for piece in pieces):
        outer = Kept()
        for piece in pieces:
            outer.add(piece, ("response",))
        return {"response": _joined([piece["response"] for piece in pieces]), **outer.fields}
    return _joined(pieces)


def _joined(pieces: Sequence[dict[str, Json]]) -> dict[str, Json]:
    candidates: dict[int, _Candidate] = {}
    rest, first, last = Kept(), dict[str, Json](), dict[str, Json]()
    for piece in pieces:
        for place, candidate in enumerate(objects(list_of(piece.get("candidates")))):
            index = candidate.get("index")
            index = index if isinstance(index, int) else place
            candidates.setdefault(index, _Candidate()).add(candidate)
        first.update({name: piece[name] for name in FIRST if name in piece and name not in first})
        last.update({name: piece[name] for name in LAST if piece.get(name)})
        rest.add(piece, ("candidates", *FIRST, *LAST))
    if not candidates and not rest.fields:
        raise ValueError("the stream brings no candidate")
    found = [candidates[index].build() for index in sorted(candidates)]
    return {**({"candidates": found} if found else {}), **rest.fields, **last, **first}


class _Candidate:
    def __init__(self) -> None:
        self.parts: list[dict[str, Json]] = []
        self.content = Kept()
        self.rest = Kept(("finishMessage",))
        self.reason: Json = None

    def add(self, candidate: dict[str, Json]) -> None:
        content = candidate.get("content")
        if isinstance(content, dict):
            for part in objects(list_of(content.get("parts"))):
                self._part(part)
            self.content.add(
                {name: item for name, item in content.items() if name not in self.content.fields}, ("parts",)
            )
        self.reason = candidate.get("finishReason") or self.reason
        self.rest.add({name: item for name, item in candidate.items() if name != "index"}, ("content", "finishReason"))

    def _part(self, part: dict[str, Json]) -> None:
        """A piece of text goes on with the text before it, unless a signature ended that."""
        last = self.parts[-1] if self.parts else None
        if (
            last
            and _is_text(part)
            and _is_text(last)
            and last.get("thought") == part.get("thought")
            and "thoughtSignature" not in last
        ):
            last["text"] += part["text"]
            if "thoughtSignature" in part:
                last["thoughtSignature"] = part["thoughtSignature"]
        else:
            self.parts.append(dict(part))

    def build(self) -> Json:
        content = {"parts": self.parts, **self.content.fields} if self.parts or self.content.fields else None
        built = {"content": content} if content else {}
        return {**built, **({"finishReason": self.reason} if self.reason else {}), **self.rest.fields}


def _is_text(part: dict[str, Json]) -> bool:
    return isinstance(part.get("text"), str) and part.keys() <= {"text", "thought", "thoughtSignature"}


def stream(value: Json) -> list[Sent]:
    """A piece for each part, the last with finish reason and counts."""
    if not isinstance(value, dict) or not objects(list_of(value.get("candidates"))):
        raise ValueError("the reply has no candidates")
    return [Sent(None, dumps(piece)) for piece in _pieces(value)]


def _pieces(value: dict[str, Json]) -> Iterator[dict[str, Json]]:
    candidates = objects(value["candidates"])
    whole = {name: item for name, item in value.items() if name != "candidates"}
    repeated = {name: item for name, item in whole.items() if name in FIRST}
    for number, candidate in enumerate(candidates):
        content = candidate.get("content")
        content = content if isinstance(content, dict) else {}
        place = {"index": candidate["index"]} if "index" in candidate else {"index": number} if number else {}
        parts = list_of(content.get("parts"))
        around = {name: item for name, item in content.items() if name != "parts"}
        for part in parts[:-1]:
            yield {"candidates": [{"content": {"parts": [part], **around}, **place}], **repeated}
        last = {"content": {"parts": parts[-1:], **around}} if parts else {"content": content} if content else {}
        rest = {name: item for name, item in candidate.items() if name not in ("content", "index")}
        yield {"candidates": [{**last, **rest, **place}], **(whole if number == len(candidates) - 1 else repeated)}


def asking(url: str, request: Json, reply: Json, *, streamed: bool) -> Request:
    """The path says the form, and a query that it comes as server-sent events."""
    parts = urlsplit(url)
    query = [pair for pair in parts.query.split("&") if pair and pair != "alt=sse"]
    if streamed:
        query.append("alt=sse")
    old, new = (PLAIN, STREAM) if streamed else (STREAM, PLAIN)
    return Request({}, urlunsplit(parts._replace(path=parts.path.replace(old, new), query="&".join(query))))
