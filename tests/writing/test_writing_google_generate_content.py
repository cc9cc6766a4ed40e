import pytest
from written_replies import there_and_back, values

from cassette_cli.conversation import Json
from cassette_cli.writing import google_generate_content

PARTS: Json = [
    {"text": "Hm", "thought": True},
    {"text": "Hi", "thoughtSignature": "abc"},
    {"functionCall": {"name": "add", "args": {"a": 1.50}}},
]


def test_a_reply_comes_back_from_its_stream() -> None:
    candidate = {"content": {"parts": PARTS, "role": "model"}, "finishReason": "STOP"}
    plain = {"candidates": [candidate], "usageMetadata": {"promptTokenCount": 1}, "modelVersion": "m"}

    assert there_and_back(google_generate_content, plain) == plain
    assert len(values(google_generate_content.stream(plain))) == len(PARTS)


def test_texts_go_on_up_to_a_signature() -> None:
    def piece(part: Json) -> Json:
        return {"candidates": [{"content": {"parts": [part]}}]}

    plain = google_generate_content.plain(
        [piece({"text": "a"}), piece({"text": "b", "thoughtSignature": "s"}), piece({"text": "c"})]
    )

    assert plain["candidates"][0]["content"]["parts"] == [{"text": "ab", "thoughtSignature": "s"}, {"text": "c"}]


@pytest.mark.parametrize(
    ("url", "streamed", "after"),
    [
        ("https://a/m:generateContent", True, "https://a/m:streamGenerateContent?alt=sse"),
        ("https://a/m:streamGenerateContent?alt=sse", False, "https://a/m:generateContent"),
        ("https://a/m:streamGenerateContent?key=k&alt=sse", False, "https://a/m:generateContent?key=k"),
    ],
)
def test_the_path_says_the_form(url: str, streamed: bool, after: str) -> None:
    assert google_generate_content.asking(url, {}, {}, streamed=streamed).url == after
