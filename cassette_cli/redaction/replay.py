"""What recorders match requests by, and what to do where redaction changed it: the request that a test sends holds the
secret, the recorded one no longer does.

- go-vcr: method and URL up to version 3, headers and body too since (https://pkg.go.dev/gopkg.in/dnaeon/go-vcr.v4/pkg/cassette#NewDefaultMatcher)
- VCR.py: method, scheme, host, port, path and query (https://vcrpy.readthedocs.io/en/latest/configuration.html#request-matching);
  its filters change requests before they are compared
- Ruby VCR: method and URI (https://benoittgt.github.io/vcr/#/request_matching/README)
- httprr: the whole request, after its scrubbers (https://pkg.go.dev/golang.org/x/oscar/internal/httprr#RecordReplay.ScrubReq)
- httpmock: what the recording says under `when` (https://docs.rs/httpmock/latest/httpmock/struct.RecordingRuleBuilder.html)
- the test agent of Datadog: nothing in the file; its name has a hash of the request
- Azure's test proxy: method, URI, headers and body (https://github.com/Azure/azure-sdk-tools/blob/main/tools/test-proxy/Azure.Sdk.Tools.TestProxy/README.md)
- Betamax: method and URI (https://betamax.readthedocs.io/en/latest/matchers.html)
- Polly.js: method, URL, headers and body (https://netflix.github.io/pollyjs/#/configuration?id=matchrequestsby)
- WireMock: what the mapping says under `request` (https://wiremock.org/docs/request-matching/)
- vcr of R: method and URI (https://docs.ropensci.org/vcr/articles/request_matching.html)
- nock: scope, path and body (https://github.com/nock/nock#recording)
- langchain-tests: method, URI and body, after VCR.py's filters
- ExVCR: method and URL (https://github.com/parroty/exvcr#request-matching)
- DVR: the URL, the method and the body (https://github.com/venmo/DVR/blob/master/Sources/DVR/Cassette.swift)
- OkReplay: method and URI (https://github.com/airbnb/okreplay/blob/master/okreplay-core/src/main/java/okreplay/MatchRules.java)
- PHP-VCR: all of it (https://php-vcr.github.io/documentation/request-matching/)
- cassetter: method and URI (https://github.com/Kludex/cassetter/blob/main/docs/tutorial/matching.md)
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
        URL: "compare redacted URLs in a matcher (recorder.WithMatcher in go-vcr 4, SetMatcher before)",
        BODY: "go-vcr 4 compares bodies too: leave them out in a matcher (recorder.WithMatcher)",
        HEADERS: "go-vcr 4 compares headers too: cassette.WithIgnoreHeaders, or a matcher of your own",
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
    "httpmock": dict.fromkeys(
        (URL, BODY, HEADERS), "requests are compared with what stands under `when`: take it out there, or use a pattern"
    ),
    "Azure test proxy": {
        URL: "a sanitizer of URIs must put the same text there",
        BODY: "bodies are compared, too: a sanitizer of bodies must put the same text there",
        HEADERS: "headers are compared, too: a sanitizer of headers must put the same text there",
    },
    "Betamax": {
        URL: "config.define_cassette_placeholder({placeholder!r}, ...) makes requests match again",
        BODY: "only match_requests_on body compares it; config.define_cassette_placeholder with the placeholders then",
    },
    "HAR": dict.fromkeys(
        (URL, BODY, HEADERS), "Polly.js compares it: matchRequestsBy leaves it out, or puts the same text there"
    ),
    "WireMock": dict.fromkeys(
        (URL, BODY, HEADERS), "requests are compared with what the mapping says: take it out there, or use a pattern"
    ),
    "R vcr": {
        URL: "vcr_configure(filter_sensitive_data = list({placeholder!r} = ...)) makes requests match again",
        BODY: "only match_requests_on body compares it; filter_sensitive_data with the placeholders then",
    },
    "nock": {
        URL: "filteringPath must put the same text into requests",
        BODY: "filteringRequestBody must put the same text into requests",
    },
    "langchain-tests": {
        URL: "before_record_request must put the same text into the URL of requests",
        BODY: "before_record_request must put the same text into the body of requests",
    },
    "ExVCR": {
        URL: "filter_sensitive_data(pattern, {placeholder!r}) makes requests match again",
        BODY: "only match_requests_on: [:request_body] compares it; filter_sensitive_data then",
    },
    "DVR": {
        URL: "a filter must put the same text into requests",
        BODY: "a filter must put the same text into requests",
    },
    "OkReplay": {URL: "a match rule of your own must leave it out"},
    "PHP-VCR": dict.fromkeys(
        (URL, BODY, HEADERS), "enableRequestMatchers leaves it out, addRequestMatcher compares it in your way"
    ),
    "cassetter": {URL: "a filter must put the same text into the URI of requests"},
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
