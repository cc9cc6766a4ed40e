"""What recorders match requests by, and what to do where redaction changed it: the request that a test sends holds the
secret, the recorded one no longer does.

- go-vcr: method and URL up to version 3, headers and body too since (https://pkg.go.dev/gopkg.in/dnaeon/go-vcr.v4/pkg/cassette#NewDefaultMatcher)
- VCR.py: method, scheme, host, port, path and query (https://vcrpy.readthedocs.io/en/latest/configuration.html#request-matching);
  its filters change requests before they are compared
- Ruby VCR: method and URI (https://benoittgt.github.io/vcr/#/request_matching/README)
- httprr: the whole request, after its scrubbers (https://pkg.go.dev/golang.org/x/oscar/internal/httprr#RecordReplay.ScrubReq)
"""

from collections.abc import Iterable
from typing import NamedTuple

from cassette_cli.redaction.find import Finding
from cassette_cli.redaction.text import Spot


class Note(NamedTuple):
    """What changed in a file that its recorder matches requests by, and what makes the recording play again."""

    path: str
    what: str
    advice: str


URL, QUERY, BODY, HEADERS = "URL", "query", "body", "headers"
ADVICE: dict[str, dict[str, str]] = {
    "go-vcr": {
        URL: "compare redacted URLs in a matcher (recorder.WithMatcher in version 4, SetMatcher before)",
        BODY: "version 4 compares bodies too: leave them out in a matcher (recorder.WithMatcher)",
        HEADERS: "version 4 compares headers too: cassette.WithIgnoreHeaders, or a matcher of your own",
    },
    "VCR.py": {
        QUERY: "filter_query_parameters=[({name!r}, {placeholder!r})] makes requests match again",
        URL: "before_record_request must put the same text into the URL of requests, or match_on leave it out",
        BODY: "only match_on=['body'] compares it; filter_post_data_parameters or before_record_request then",
    },
    "Ruby VCR": {
        URL: "config.filter_sensitive_data({placeholder!r}) {{ ENV['...'] }} makes requests match again",
        BODY: "only match_requests_on :body compares it; config.filter_sensitive_data with the placeholders then",
    },
    "httprr": {
        URL: "the whole request is compared: ScrubReq must put the same text there",
        BODY: "the whole request is compared: ScrubReq must put the same text there",
        HEADERS: "the whole request is compared: ScrubReq must put the same text there",
    },
}


def notes(path: str, recorder: str, replaced: Iterable[tuple[Finding, str]]) -> list[Note]:
    """The notes for findings of one file and their placeholders, each said once."""
    advice = ADVICE.get(recorder, {})
    found: dict[tuple[str, str], Note] = {}
    for finding, placeholder in replaced:
        part = _part(finding, advice)
        if part in advice:
            text = advice[part].format(name=finding.text.name, placeholder=placeholder)
            key = (part, finding.text.name or "" if part == QUERY else "")
            what = f"query parameter {finding.text.name}" if part == QUERY else part
            found.setdefault(key, Note(path, f"the request's {what}", text))
    return list(found.values())


def summed(all_notes: Iterable[Note]) -> list[tuple[str, str, str, int]]:
    """Notes that say the same as one: what changed, the advice, the first file, and how many files more."""
    paths: dict[tuple[str, str], dict[str, None]] = {}
    for note in all_notes:
        paths.setdefault((note.what, note.advice), {})[note.path] = None
    return [(what, advice, next(iter(held)), len(held) - 1) for (what, advice), held in paths.items()]


def _part(finding: Finding, known: Iterable[str]) -> str:
    """Which part of a request a finding lies in, by the names above; "" for what is never compared."""
    if finding.where.startswith("request.url"):
        return QUERY if finding.text.spot is Spot.QUERY and QUERY in known else URL
    if finding.where.startswith("request.body"):
        return BODY
    return HEADERS if finding.where.startswith("request.headers") else ""
