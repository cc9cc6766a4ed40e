import pytest
from edits import after, parts_of, replies_of, sample

from cassette_cli.conversation import ToolCall
from cassette_cli.editing.asked import AddToolCall
from cassette_cli.editing.edit import edited
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import exchange

NAMES = [
    "vcrpy/openai_chat_sse_add_multiply.yaml",
    "vcrpy/openai_chat_text.yaml",
    "vcrpy/openai_responses_sse_web_search.yaml",
    "vcrpy/openai_responses_text.yaml",
    "vcrpy/anthropic_sse_thinking.yaml",
    "vcrpy/anthropic_text.yaml",
    "vcrpy/google_generate_content_sse_add_multiply.yaml",
    "vcrpy/google_generate_content_text.yaml",
    "vcrpy/ollama_chat_ndjson_add.yaml",
    "vcrpy/cohere_chat_sse_add.yaml",
    "vcrpy/cohere_chat_text.yaml",
    "vcrpy/bedrock_converse_text.yaml",
    "go_vcr/openai_chat_sse_gzip.yaml",
    "httprr/openai_chat_sse_add_multiply.httprr",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_call_is_added(name: str) -> None:
    before = sample(name)
    again = after(before, AddToolCall("lookup", '{"q": 1.50, "é": [true]}'))
    added = [part for part in parts_of(again) if isinstance(part, ToolCall) and part.name == "lookup"]

    assert [part.arguments for part in added] == [{"q": 1.5, "é": [True]}]
    assert len(parts_of(again)) == len(parts_of(before)) + 1
    assert [anomaly.code for anomaly in exchange(again.interactions[0]).anomalies] == [
        anomaly.code for anomaly in exchange(before.interactions[0]).anomalies
    ]


def test_each_call_has_its_own_id() -> None:
    again = after(sample(NAMES[0]), AddToolCall("one", "{}"), AddToolCall("two", "{}"))
    ids = [part.id for part in parts_of(again) if isinstance(part, ToolCall)]

    assert len(set(ids)) == len(ids) == 4


def test_numbers_of_a_sequence_go_on() -> None:
    again = after(sample("vcrpy/openai_responses_sse_web_search.yaml"), AddToolCall("lookup", '{"q": 1}'))
    found = exchange(again.interactions[0])

    assert replies_of(again)[0].complete
    assert not found.anomalies


@pytest.mark.parametrize(
    ("name", "arguments", "why"),
    [
        ("vcrpy/openai_chat_text.yaml", "[1]", "no JSON object"),
        ("vcrpy/openai_chat_text.yaml", "{", "no JSON object"),
        ("vcrpy/openai_completions_text.yaml", "{}", "not known here"),
        ("vcrpy/anthropic_sse_cut_off.yaml", "{}", "the stream ends before"),
    ],
)
def test_what_cannot_be_added_is_said(name: str, arguments: str, why: str) -> None:
    with pytest.raises(CassetteError, match=why):
        edited(sample(name), 0, [AddToolCall("lookup", arguments)])
