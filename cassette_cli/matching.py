"""By what recorders find a recorded request again, unless a test says otherwise.

- go-vcr: method and URL up to version 3, all of the request since; each interaction once
  (https://github.com/dnaeon/go-vcr/blob/v4/pkg/cassette/cassette.go, `defaultMatcher`, `getInteraction`). Both write
  format 2, so a file does not tell which it is.
- VCR.py: method, scheme, host, port, path and query; each once unless `allow_playback_repeats`
  (https://github.com/kevin1024/vcrpy/blob/master/vcr/cassette.py, `play_response`)
- Ruby VCR: method and URI; each once unless `allow_playback_repeats`
  (https://github.com/vcr/vcr/blob/master/lib/vcr/cassette/http_interaction_list.rb)
- httprr: the whole request; of requests that are the same, the last one answers them all
  (https://pkg.go.dev/golang.org/x/oscar/internal/httprr, `open` fills a map)
- Betamax, vcr of R, ExVCR, OkReplay, cassetter: method and URI; langchain-tests: these and the body
  (redaction/replay.py has the sources)
"""

from collections.abc import Hashable
from dataclasses import dataclass

from cassette_cli.model import Interaction, Request, split_url

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """How a recorder matches. `url`: whether the URL counts as it is written, or by its parts, the order of the query
    aside. `headers`: whether a version of it compares them; `body`: whether each version does. `once`: whether each
    interaction answers one request; else the last that fits answers them all."""

    url: bool = True
    headers: bool = False
    body: bool = False
    once: bool = True


MATCHING: dict[str, Matching] = {
    "go-vcr": Matching(headers=True),
    "VCR.py": Matching(url=False),
    "Ruby VCR": Matching(),
    "httprr": Matching(headers=True, body=True, once=False),
    **dict.fromkeys(("Betamax", "R vcr", "ExVCR", "OkReplay", "cassetter"), Matching()),
    "langchain-tests": Matching(url=False, body=True),
}
# A recorder that is not listed may compare anything.
UNKNOWN = Matching(headers=True, body=True)


def matching_of(recorder: str) -> Matching:
    """How a recorder matches, by its name."""
    return MATCHING.get(recorder, UNKNOWN)


def address(request: Request, matching: Matching) -> Hashable:
    """What each version of a recorder compares: the method and the URL."""
    url = request.url.text if request.url else None
    if matching.url or url is None:
        return request.method, url
    parts = split_url(url)
    try:
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        port = None
    return request.method, parts.scheme, parts.hostname, port, parts.path, tuple(sorted(parts.query.split("&")))


def whole(interaction: Interaction) -> Hashable:
    """All of a request."""
    request = interaction.request
    headers = tuple((header.name, header.value.text) for header in request.headers)
    return request.method, request.url.text if request.url else None, headers, request.body.text if request.body else ""
