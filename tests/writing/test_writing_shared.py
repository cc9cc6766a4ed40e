import pytest

from cassette_cli.conversation import Json
from cassette_cli.writing.shared import message

START = {
    "type": "message_start",
    "message": {"id": "m", "content": [], "usage": {"input_tokens": 1, "output_tokens": 1}},
}


def test_counts_of_the_end_override_those_of_the_start() -> None:
    end = {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 7, "x": None}}

    assert message([START, end])["usage"] == {"input_tokens": 1, "output_tokens": 7}


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ([], "begins no message"),
        ([START, START], "second message"),
        ([START, {"type": "content_block_delta", "index": 0, "delta": {"type": "new_delta"}}], "new_delta"),
        (
            [START, {"type": "content_block_delta", "delta": {"type": "input_json_delta", "partial_json": "{"}}],
            "no JSON",
        ),
    ],
)
def test_what_is_no_message(values: list[Json], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        message(values)
