"""What headers are for: a table of names, and the class of each. Trimming drops headers by class, redaction counts some
of them as noise.

From the vendors' documentation, from registries (https://www.iana.org/assignments/http-fields) and from counting what
public recordings hold. A name that ends in `*` stands for all that begin so.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import lru_cache


class HeaderClass(StrEnum):
    """A kind of header; its text is what users write."""

    DATE = "date"  # when it was
    REQUEST_ID = "request-id"  # which request it was
    TRACING = "tracing"  # whom to tell
    TIMING = "timing"  # how long it took
    RATE_LIMIT = "rate-limit"  # how many more there may be
    CDN = "cdn"  # what caches and proxies on the way say
    SECURITY = "security"  # what browsers are to do
    CORS = "cors"  # what browsers may do
    SERVER = "server"  # which program answered, and where
    CLIENT = "client"  # which program asked


# These differ in every recording.
VOLATILE = frozenset(
    {HeaderClass.DATE, HeaderClass.REQUEST_ID, HeaderClass.TRACING, HeaderClass.TIMING, HeaderClass.RATE_LIMIT}
)

# Without these a body cannot be read, or a client goes another way.
MEANING = frozenset(
    {
        *("content-type", "content-encoding", "content-length", "content-range", "transfer-encoding", "trailer"),
        *("location", "link", "retry-after", "x-should-retry", "www-authenticate", "mcp-session-id"),
    }
)

NAMES: dict[HeaderClass, tuple[str, ...]] = {
    HeaderClass.DATE: (
        *("date", "age", "expires", "x-ms-date", "x-amz-date", "req-arrive-time", "resp-start-time", "x-api-received"),
        *("x-api-call-start", "x-baseten-accepted-at", "x-timer"),
    ),
    HeaderClass.REQUEST_ID: (
        *("x-request-id", "request-id", "x-amzn-requestid", "x-amz-request-id", "x-amz-id-2", "x-ms-request-id"),
        *("apim-request-id", "x-ms-client-request-id", "x-oai-request-id", "x-typesense-request-id", "x-generation-id"),
        *("x-correlation-id", "mistral-correlation-id", "x-kong-request-id", "x-github-request-id"),
        *("x-fastly-request-id", "x-baseten-request-id", "cf-ai-req-id", "cf-auditlog-id", "amz-sdk-invocation-id"),
        *("x-nonce", "function-execution-id"),
    ),
    HeaderClass.TRACING: (
        *("traceparent", "tracestate", "traceresponse", "x-amzn-trace-id", "x-cloud-trace-context", "x-trace-id"),
        *("x-debug-trace-id", "x-ds-trace-id", "x-bt-internal-trace-id", "eagleeye-traceid", "x-datadog-*", "x-b3-*"),
        *("baggage", "sentry-trace", "nel", "report-to", "reporting-endpoints"),
    ),
    HeaderClass.TIMING: (
        *("server-timing", "openai-processing-ms", "x-envoy-upstream-service-time", "x-kong-proxy-latency"),
        *("x-kong-upstream-latency", "x-amzn-bedrock-invocation-latency", "req-cost-time", "x-metrics-*"),
        *("x-request-time", "x-runtime", "x-response-time", "timing-allow-origin", "x-compute-time"),
    ),
    HeaderClass.RATE_LIMIT: (
        *("x-trial-endpoint-call-limit", "x-trial-endpoint-call-remaining", "x-endpoint-monthly-call-limit"),
        "x-endpoint-monthly-call-remaining",
    ),
    HeaderClass.CDN: (
        *("cf-ray", "cf-cache-status", "x-amz-cf-id", "x-amz-cf-pop", "x-cache", "x-cache-hits", "x-served-by"),
        *("x-vercel-id", "x-vercel-cache", "x-proxy-cache", "x-origin-cache", "alt-svc", "via", "x-accel-*"),
        *("akamai-*", "x-akamai-*", "fly-request-id", "x-cdn", "x-varnish"),
    ),
    HeaderClass.SECURITY: (
        *("strict-transport-security", "content-security-policy", "content-security-policy-report-only"),
        *("x-content-type-options", "x-frame-options", "x-xss-protection", "referrer-policy", "permissions-policy"),
        *("cross-origin-*", "x-permitted-cross-domain-policies", "x-robots-tag", "expect-ct"),
    ),
    HeaderClass.CORS: ("access-control-*",),
    HeaderClass.SERVER: (
        *("server", "x-powered-by", "x-groq-region", "x-ms-region", "x-openai-proxy-wasm", "skip-error-remapping"),
        *("x-build-time", "x-build-commit", "x-dashscope-call-gateway", "x-dashscope-timeout", "x-dashscope-finished"),
        *("keep-alive", "connection"),
    ),
    HeaderClass.CLIENT: (
        *("user-agent", "x-stainless-*", "x-goog-api-client", "x-fern-*", "amz-sdk-request", "x-client-name"),
        *("x-amz-user-agent", "x-client-version"),
    ),
}

BEGINNINGS = [(name[:-1], kind) for kind, names in NAMES.items() for name in names if name.endswith("*")]
# "x-ratelimit-remaining-tokens", "anthropic-ratelimit-...", "ratelimit-reset": each vendor has its own.
RATE_LIMITS = re.compile(r"(?:^|-)ratelimit(?:-|\Z)")


def names_of(kind: HeaderClass) -> list[str]:
    """The names of a class that are written out."""
    return [name for name in NAMES[kind] if not name.endswith("*")]


EXACT = {name: kind for kind in HeaderClass for name in names_of(kind)}


@lru_cache(maxsize=4096)
def class_of(name: str) -> HeaderClass | None:
    """The class of a header, None for one that belongs to none."""
    low = name.lower()
    if low in EXACT:
        return EXACT[low]
    if RATE_LIMITS.search(low):
        return HeaderClass.RATE_LIMIT
    return next((kind for beginning, kind in BEGINNINGS if low.startswith(beginning)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrimSettings:
    """What goes: headers of these classes, or of all with `everything`, and those that fit `drop`; but none that fits
    `keep`, nor one without which the body cannot be read. Both are globs of names, in lower case."""

    classes: frozenset[HeaderClass] = frozenset(HeaderClass)
    everything: bool = False
    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()

    def drops(self, name: str) -> bool:
        """Whether a header of this name goes."""
        low = name.lower()
        if low in MEANING or any(fnmatchcase(low, glob) for glob in self.keep):
            return False
        return self.everything or class_of(low) in self.classes or any(fnmatchcase(low, glob) for glob in self.drop)
