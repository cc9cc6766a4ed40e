"""Interactions to be written for other recorders: plain ones, and those whose texts are all that trips an emitter."""

from random import Random
from typing import Any

from laws import CONTROLS, NASTY_PIECES, PLAIN_PIECES

from cassette_cli.converting.base import Carried, Target
from cassette_cli.files import parse
from cassette_cli.model import Cassette

# What looks like something else than a text, to one parser of YAML or another.
WORDS = [
    "", "~", "null", "Null", "true", "TRUE", "yes", "Yes", "no", "on", "OFF", "y", "n", "Y", "<<", "=", "!",
    "0", "-0", "0.", "-0.0", "+.inf", ".inf", ".NaN", "1", "-1", "+1", "1_000", "1,000", "0x1F", "0o17", "017",
    "089", "0b11", "1.5", ".5", "1e3", "1e+3", "1E-3", "1.5e3", "1:30", "1:30:45", "190:20:30.15", "2001-01-01",
    "2001-1-1", "2001-13-01", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.10 -5",
    "2001-12-14 21:59:43", ":a", ":", "a:", "a: b", "a #b", "#a", "- a", "-", "--", "---", "--- a", "...",
    "? a", "?", "*a", "&a", "%a", "@a", "`a", "|", ">", "[", "]", "{", "}", ",", "'", "''", '"', "it's",
    'say "so"', "a\n", "\n", "\n\n", "a\nb", "a\nb\n", "a\n\n", " a\nb", "a \nb", "a\n b", "\ta", "a\t",
    "a\tb\nc", "a\r\nb", "\ra", "é", "é\n中", "😀", "😀\n", "\u2028", "a\u2028b", "\ufeff", "\ufeffa", "a\ufeff",
    "\x7f", "\x80", "\x85", "a\x85b", "\xa0", " ", "  ", " a", "a ", "word " * 40, "word" * 60,
    "data: {}\n\n" * 5, "x" * 200, "\n", "a\x00b", "\x1b[31m", "\\", "\\n", "_", "_a", "/a", "(a)", "1a",
    "12345678901234567890123", "1.2.3", "0.1.2",
]  # fmt: skip


def plain(**fields: Any) -> Carried:
    """An interaction; what is not given is as usual."""
    usual: dict[str, Any] = {
        "method": "POST",
        "url": "https://api.example/v1/x?b=1&a=2",
        "request_headers": (("Content-Type", "application/json"),),
        "request_body": b'{"a": 1}',
        "status": 200,
        "reason": "OK",
        "response_headers": (("Content-Type", "text/plain"), ("Date", "Wed, 12 Nov 2025 10:00:00 GMT")),
        "response_body": b"yes\n",
    }
    return Carried(**usual | fields)


def nasty(seed: int = 0, count: int = 300) -> list[Carried]:
    """Interactions whose headers and bodies are words with a meaning, and pieces put together at random."""
    random = Random(f"nasty {seed}")
    pieces = PLAIN_PIECES + NASTY_PIECES + [piece for piece in CONTROLS if piece.isprintable() or piece <= "\uff00"]
    sound = [piece for piece in pieces if not "\ud800" <= piece[:1] <= "\udfff"]
    made = ["".join(random.choices(sound, k=random.randint(1, 8))) for _ in range(count)]
    texts = [*WORDS, *made]
    one_line = [text for text in texts if text.isprintable() and text.strip() == text]
    return [
        plain(
            request_headers=tuple((f"X-{number}", random.choice(one_line)) for number in range(3)),
            request_body=text.encode(),
            response_headers=(("Date", "Wed, 12 Nov 2025 10:00:00 GMT"), ("Set-Cookie", random.choice(one_line))),
            response_body=random.choice(
                [text.encode(), random.choice(texts).encode(), random.randbytes(random.randint(1, 90))]
            ),
        )
        for text in texts
    ]


def written(target: Target, *carried: Carried) -> str:
    """The file of a target."""
    return target.text([target.held(each) for each in carried])


def read_again(text: str) -> Cassette:
    """A file as the reader of its recorder has it."""
    found = parse("a.yaml", text)
    assert found
    return found
