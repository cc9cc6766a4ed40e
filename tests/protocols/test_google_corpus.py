"""Real recordings of Gemini: what Google's own SDK makes of them is what is read here."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cassette_cli.conversation import Reasoning, Reply, Text, ToolCall
from cassette_cli.errors import CassetteError
from cassette_cli.exchange import exchange
from cassette_cli.files import load

Row = dict[str, Any]


def rows(oracle: Path, name: str) -> dict[tuple[str, int], Row]:
    """The expected rows of Gemini by file and interaction."""
    lines = (oracle / name).read_text(encoding="utf-8").splitlines()
    found = [row for row in map(json.loads, lines) if row["protocol"] == "gemini.generate_content"]
    return {(f"{row['repo']}/{row['path']}", row["index"]): row for row in found}


def replies(corpus: Path, names: set[str]) -> Iterator[tuple[tuple[str, int], Reply | None]]:
    for cassette in load(str(corpus / name) for name in sorted(names)):
        assert not isinstance(cassette, CassetteError)
        path = Path(cassette.path).relative_to(corpus).as_posix()
        yield from (((path, each.index), exchange(each).reply) for each in cassette.interactions)


def as_row(reply: Reply) -> Row:
    """A reply in the oracle's words; all of these recordings have one candidate."""
    assert len(reply.messages) <= 1
    parts = reply.messages[0].parts if reply.messages else ()
    return {
        "text": "".join(part.content for part in parts if isinstance(part, Text)),
        "reasoning": "".join(part.content for part in parts if isinstance(part, Reasoning)),
        "tool_calls": [(part.id, part.name, part.arguments) for part in parts if isinstance(part, ToolCall)],
        "finish_reason": reply.messages[0].finish_reason if reply.messages else None,
        "usage": (reply.usage.input_tokens, reply.usage.output_tokens) if reply.usage else None,
    }


def as_expected(row: Row) -> Row:
    usage = row["usage"]
    return {
        "text": row["text"],
        "reasoning": row["reasoning"],
        "tool_calls": [(call["id"], call["name"], call["arguments"]) for call in row["tool_calls"]],
        "finish_reason": row["finish_reason"],
        "usage": (usage["input_tokens"], usage["output_tokens"]) if usage else None,
    }


def test_replies_are_those_of_googles_sdk(corpus: Path, oracle: Path) -> None:
    expected = rows(oracle, "expected.jsonl") | rows(oracle, "expected_plain.jsonl")
    agreed = 0
    for place, reply in replies(corpus, {path for path, _ in expected}):
        row = expected.get(place)
        if row is None:
            continue
        assert reply, place
        unjudged = row.get("unjudged") or []
        got, want = as_row(reply), as_expected(row)
        assert {name: got[name] for name in got if name not in unjudged} == {
            name: want[name] for name in want if name not in unjudged
        }, place
        agreed += 1
    assert agreed == len(expected) > 190
