"""Cassettes with few words for merges: each interaction is a question and an answer, in every layout."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from cassette_cli import files
from cassette_cli.merging.pieces import cut
from cassette_cli.merging.splice import Markers
from cassette_cli.merging.versions import Merged, merge
from cassette_cli.model import Cassette

# A question, an answer.
Said = tuple[str, str]


def go_vcr(said: Sequence[Said]) -> str:
    if not said:
        return "---\nversion: 2\ninteractions: []\n"
    return "---\nversion: 2\ninteractions:\n" + "".join(
        f"    - id: {number}\n      request:\n        url: https://a.example/\n        method: POST\n"
        f"        body: {asked}\n"
        f"      response:\n        body: |+\n            {answered}\n\n        status: 200 OK\n        code: 200\n"
        for number, (asked, answered) in enumerate(said)
    )


def vcrpy(said: Sequence[Said]) -> str:
    if not said:
        return "interactions: []\nversion: 1\n"
    return (
        "interactions:\n"
        + "".join(
            f"- request:\n    body: '{asked}'\n    method: POST\n    uri: https://a.example/\n"
            f"  response:\n    body:\n      string: '{answered}'\n    status: {{code: 200, message: OK}}\n"
            for asked, answered in said
        )
        + "version: 1\n"
    )


def _values(said: Sequence[Said]) -> list[dict[str, object]]:
    return [
        {
            "request": {"method": "POST", "uri": "https://a.example/", "body": asked},
            "response": {"status": {"code": 200, "message": "OK"}, "body": {"string": answered}},
        }
        for asked, answered in said
    ]


def vcrpy_json(said: Sequence[Said]) -> str:
    return json.dumps({"version": 1, "interactions": _values(said)}, indent=4) + "\n"


def ruby_json(said: Sequence[Said]) -> str:
    held = {"http_interactions": _values(said), "recorded_with": "VCR 6.4.0"}
    return json.dumps(held, separators=(",", ":"))


def httprr(said: Sequence[Said]) -> str:
    text = "httprr trace v1\n"
    for asked, answered in said:
        request, response = f"POST / HTTP/1.1\n\n{asked}", f"HTTP/1.1 200 OK\n\n{answered}"
        text += f"{len(request)} {len(response)}\n{request}{response}"
    return text


def crlf(said: Sequence[Said]) -> str:
    return vcrpy(said).replace("\n", "\r\n")


def no_last_line_end(said: Sequence[Said]) -> str:
    return go_vcr(said).removesuffix("\n")


LAYOUTS: dict[str, Callable[[Sequence[Said]], str]] = {
    each.__name__: each for each in (go_vcr, vcrpy, vcrpy_json, ruby_json, httprr, crlf, no_last_line_end)
}
# In these, conflicts have lines of their own.
IN_LINES = {"go_vcr", "vcrpy", "crlf", "no_last_line_end"}


def read(text: str) -> Cassette:
    cassette = files.parse("a.yaml", text)
    assert cassette
    return cassette


def merged(base: str | None, ours: str, theirs: str, *, markers: Markers | None = None) -> Merged:
    return merge(None if base is None else read(base), read(ours), read(theirs), markers or Markers())


def without(cassette: Cassette, *places: int) -> Cassette:
    """A cassette without some of its interactions, their text cut out."""
    held = cut(cassette)
    assert held
    kept = [piece.text for place, piece in enumerate(held.pieces) if place not in places]
    text = held.before + (held.separator or "").join(kept) + held.after
    return replace(read(text), path=cassette.path)
