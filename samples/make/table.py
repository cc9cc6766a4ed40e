"""Which recorder records which case, and under what name.

A variant is one way of using a recorder: another version of it, another serializer, another layout of its YAML.
"""

from typing import NamedTuple

from samples.make.case import Case
from samples.make.cases import CASES


class Variant(NamedTuple):
    """`name` is what the recording program knows it by, `folder` the recorder, `suffix` tells its files apart."""

    name: str
    program: str  # one of PROGRAMS in __main__.py
    folder: str
    suffix: str = ""
    ending: str = "yaml"


class Recording(NamedTuple):
    """A sample to make; `file` is its path below samples/."""

    variant: Variant
    case: Case

    @property
    def file(self) -> str:
        variant = self.variant
        return f"{variant.folder}/{self.case.name}{variant.suffix}.{variant.ending}"


VCRPY = Variant("yaml", "python", "vcrpy")
VCRPY_JSON = Variant("json", "python", "vcrpy", ending="json")
GO_V4 = Variant("v4", "go", "go_vcr")
GO_V4_INDENT_2 = Variant("v4-indent-2", "go", "go_vcr", "_indent_2")
GO_V4_INDENT_0 = Variant("v4-indent-0", "go", "go_vcr", "_indent_0")
GO_V4_WRAPPED = Variant("v4-wrapped", "go", "go_vcr", "_wrapped")
GO_V3 = Variant("v3", "go", "go_vcr", "_v3")
GO_V1 = Variant("v1", "go", "go_vcr", "_v1")
HTTPRR = Variant("httprr", "httprr", "httprr", ending="httprr")
RUBY = Variant("yaml", "ruby", "ruby_vcr")
RUBY_JSON = Variant("json", "ruby", "ruby_vcr", ending="json")
RUBY_EXACT = Variant("exact-bytes", "ruby", "ruby_vcr", "_exact_bytes")
BETAMAX = Variant("json", "betamax", "betamax", ending="json")
BETAMAX_EXACT = Variant("exact-bytes", "betamax", "betamax", "_exact_bytes", ending="json")
NOCK = Variant("nock", "node", "nock", ending="json")
POLLY = Variant("polly", "node", "har", ending="har")
HTTPMOCK = Variant("yaml", "rust", "httpmock")

# What each recorder that wraps an HTTP client of its language shows in its own way: text, text under gzip, bytes, JSON
# that is no text, errors, forms.
ANY_CLIENT = (
    "openai_chat_sse_add_multiply",
    "openai_chat_sse_unicode",
    "openai_chat_gzip",
    "openai_chat_error_400",
    "anthropic_sse_thinking",
    "bedrock_converse_eventstream_add_multiply",
    "http_form",
    "http_json",
)

# A case is named where a recorder writes it in a way that no other sample shows.
TABLE: dict[Variant, tuple[str, ...]] = {
    VCRPY: tuple(CASES),
    VCRPY_JSON: ("openai_chat_sse_add_multiply", "anthropic_sse_thinking", "openai_chat_sse_unicode", "http_json"),
    GO_V4: tuple(CASES),
    GO_V4_INDENT_2: ("openai_chat_sse_add_multiply", "openai_chat_sse_openrouter", "anthropic_sse_add_multiply"),
    GO_V4_INDENT_0: ("openai_chat_sse_add_multiply", "openai_chat_sse_unicode", "anthropic_sse_add_multiply"),
    GO_V4_WRAPPED: ("anthropic_sse_thinking", "openai_chat_text"),
    GO_V3: ("openai_chat_sse_add_multiply", "http_form"),
    GO_V1: ("openai_chat_sse_add_multiply", "openai_chat_text", "http_json", "http_form"),
    HTTPRR: (
        "openai_chat_sse_add_multiply",
        "openai_chat_sse_unicode",
        "openai_chat_error_400",
        "anthropic_sse_thinking",
        "http_form",
        "ollama_chat_ndjson_add",
    ),
    RUBY: (
        "openai_chat_sse_add_multiply",
        "openai_chat_sse_unicode",
        "openai_chat_sse_cut_off",
        "openai_chat_text",
        "openai_chat_gzip",
        "openai_chat_error_400",
        "anthropic_sse_thinking",
        "anthropic_text",
        "bedrock_converse_eventstream_add_multiply",
        "http_json",
        "http_form",
        "http_gzip",
        "http_binary",
        "ollama_chat_ndjson_add",
    ),
    RUBY_JSON: ("openai_chat_sse_add_multiply", "anthropic_sse_thinking"),
    RUBY_EXACT: (
        "openai_chat_sse_add_multiply",
        "openai_chat_gzip",
        "anthropic_text",
        "bedrock_converse_eventstream_add_multiply",
        "http_binary",
    ),
    BETAMAX: tuple(name for name in ANY_CLIENT if not name.startswith("bedrock")),
    BETAMAX_EXACT: ("openai_chat_sse_add_multiply", "openai_chat_gzip"),
    # It keeps one of several cookies, and JSON parsed, so that 39.80 is 39.8.
    NOCK: tuple(name for name in ANY_CLIENT if not name.startswith("http_")),
    POLLY: ANY_CLIENT,
    HTTPMOCK: ANY_CLIENT,
}

RECORDINGS: list[Recording] = [Recording(variant, CASES[name]) for variant, names in TABLE.items() for name in names]
