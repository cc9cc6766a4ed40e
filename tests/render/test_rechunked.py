"""What `cassette rechunk` says of what it did."""

from goldens import check_golden
from handmade import text_of

from cassette_cli.conversation import Channel
from cassette_cli.rechunking.noise import noises
from cassette_cli.rechunking.proven import Outcome, Recipe
from cassette_cli.render.rechunked import Done, how, list_lines, summary

OUTCOMES = [
    Outcome(
        index=0,
        protocol="openai.chat_completions",
        framing="sse",
        events=(7, 1234),
        channels={Channel(0, 0, "content"): (1, 3), Channel(0, 1, "arguments_text"): (12, 1400)},
        left_out=("no pings: openai.chat_completions has none",),
    ),
    Outcome(index=1, protocol=None, framing="whole", events=(1, 1), skipped="it is not streamed"),
    Outcome(
        index=10, protocol="ollama.chat", framing="ndjson", events=(2, 1), channels={Channel(0, 0, "content"): (1, 1)}
    ),
]
WORD = Done("a.yaml", "a.yaml", Recipe(by="word", noise=noises(["pings"])), OUTCOMES)
RANDOM = Done("dir/b.json", "out/b.random-1-5.seed7.json", Recipe(by="random:1-5", seed=7), OUTCOMES[2:])


def test_a_list_for_people() -> None:
    check_golden("rechunk_list.txt", text_of(list_lines([WORD, RANDOM])))


def test_a_line_for_each_recording() -> None:
    assert list(summary(WORD)) == [
        "a.yaml: 2 replies by word with pings, 9 events → 1,235",
        "a.yaml: interaction 0: no pings: openai.chat_completions has none",
    ]
    assert list(summary(RANDOM)) == [
        "dir/b.json → out/b.random-1-5.seed7.json: 1 reply by random:1-5 seed 7, 2 events → 1"
    ]
    assert list(summary(WORD._replace(outcomes=OUTCOMES[1:2]))) == ["a.yaml: no streamed reply here, nothing to change"]


def test_recipes_in_words() -> None:
    assert how(Recipe(noise=noises(["bom", "cut-off:3"]))) == "with cut-off:3, bom"
    assert how(Recipe()) == "by event"
