"""Where streams are cut: told, and never more than cosmetic."""

from comparing import recording
from variants import parsed, rechunked

from cassette_cli import files
from cassette_cli.comparison.chunks import cuts
from cassette_cli.comparison.compare import compare_files
from cassette_cli.comparison.settings import Settings
from cassette_cli.conversation import Channel
from cassette_cli.exchange import exchange

SAMPLE = "samples/go_vcr/openai_chat_sse_add_multiply.yaml"


def test_the_lengths_of_pieces() -> None:
    found = exchange(files.read(SAMPLE).interactions[1])

    assert cuts(found) == {Channel(0, 0, "content"): (18, 10, 14, 6)}


def test_other_cuts_are_named() -> None:
    before = files.read(SAMPLE)
    after = rechunked(before, 2).cassette

    diff = compare_files(recording(before), recording(after), Settings())

    changes = [change for each in diff.interactions for change in each.changes]
    assert [(change.where, change.old, change.new) for change in changes][-1] == (
        "reply.messages[0].parts[0].content.pieces",
        [18, 10, 14, 6],
        [16, 10, 14, 8],
    )
    assert diff.verdict.word == "cosmetic"


def test_the_number_of_events_is_named() -> None:
    before = files.read(SAMPLE)
    empty = '"delta":{"content":" their product"}'
    text = before.document.text
    line = next(row for row in text.splitlines() if empty in row)
    after = parsed(before, text.replace(f"{line}\n\n", f"{line.replace(' their product', '')}\n\n{line}\n\n"))

    diff = compare_files(recording(before), recording(after), Settings())

    found = {change.where: (change.old, change.new) for change in diff.interactions[1].changes}
    assert found["response.events"] == (8, 9)
    assert diff.verdict.word == "cosmetic"
