"""What was renamed alike, and what only looks like an id or a date."""

import pytest

from cassette_cli.comparison.identities import Identities, is_id, is_moment


def test_ids_that_are_bound_are_renamed() -> None:
    ids = Identities()
    ids.bind("call_1", "call_9")

    assert ids.renamed("call_1", "call_9")
    assert ids.agree("call_1", "call_9")
    assert not ids.renamed("call_1", "call_1")
    assert not ids.agree("call_1", "call_2")
    assert not ids.agree("call_2", "call_9")


def test_ids_never_seen_before_agree_and_are_bound() -> None:
    ids = Identities()

    assert ids.agree("a", "b")
    assert not ids.agree("a", "c")
    assert ids.agree(None, "")
    assert not ids.agree("a", None)


def test_a_provider_that_counts_anew_binds_anew() -> None:
    ids = Identities()
    ids.bind("c1", "call_0")
    ids.bind("c2", "call_0")

    assert ids.agree("c2", "call_0")
    assert not ids.agree("c1", "call_0")


@pytest.mark.parametrize(
    ("old", "new", "likely", "renamed"),
    [
        ("https://a.example/b/batch_1/results", "https://a.example/b/batch_2/results", False, True),
        ("https://a.example/b/batch_1/results", "https://a.example/b/batch_2/errors", False, False),
        ("https://a.example/b/batch_1/results", "https://a.example/b/batch_1/results", False, False),
        ("file batch_1", "file: batch_2", False, False),
        ("see batch_abc123def", "see batch_xyz789uvw", False, False),
        ("see batch_abc123def", "see batch_xyz789uvw", True, True),
        ("one word", "two word", True, False),
    ],
)
def test_ids_within_texts(old: str, new: str, *, likely: bool, renamed: bool) -> None:
    ids = Identities()
    ids.bind("batch_1", "batch_2")

    assert ids.renamed_within(old, new, likely=likely) == renamed


def test_what_is_no_text_is_no_id() -> None:
    ids = Identities()
    ids.bind(1, 2)

    assert not ids.renamed(1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "chatcmpl-9x8y7z6w5v",
        "msg_01XFDUDYJgAACzvnptvVoYEL",
        "123e4567-e89b-42d3-a456-426614174000",
        "0af7651916cd43dd8448eb211c80319c",
        "batch_6789abcdef",
    ],
)
def test_ids(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize("text", ["add", "stop", "12", "gpt-4o", "hello world", "chat-completions", "v1", "", None, 5])
def test_words_are_no_ids(text: object) -> None:
    assert not is_id(text)


@pytest.mark.parametrize(
    "text",
    ["2025-01-01", "2025-01-01T10:00:00Z", "2025-01-01 10:00:00.123+02:00", "Wed, 01 Jan 2025 00:00:00 GMT"],
)
def test_moments(text: str) -> None:
    assert is_moment(text)


@pytest.mark.parametrize("text", ["2025", "tomorrow", "10:00", "2025-01-01 or so", None])
def test_no_moments(text: object) -> None:
    assert not is_moment(text)


def test_paths_are_the_same_but_for_ids() -> None:
    ids = Identities()
    batch = "https://api.example/v1/batches/msgbatch_{}Uqb2TgkVn5n1Y/results"
    assert ids.same_path(batch.format("1"), batch.format("2"))
    assert ids.renamed("msgbatch_1Uqb2TgkVn5n1Y", "msgbatch_2Uqb2TgkVn5n1Y")
    assert ids.same_path("/files/a/msgbatch_1Uqb2TgkVn5n1Y", "/files/a/msgbatch_2Uqb2TgkVn5n1Y")
    assert not ids.same_path("/v1/chat", "/v2/chat")
    assert not ids.same_path("/v1/chat/more", "/v1/chat")
    assert not ids.same_path("aGVsbG8gd29ybGQx/aGVsbG8gd29ybGQx", "aGVsbG8gd29ybGQy/aGVsbG8gd29ybGQy")
    assert not ids.same_path(None, "/v1/chat")
