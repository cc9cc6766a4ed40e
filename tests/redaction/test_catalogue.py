"""Every rule finds what it is for, in any surroundings, and nothing that is nearly that; patterns take linear time."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from shapes_of_rules import SHAPES
from specimens import drawn, last_field

from cassette_cli.redaction.catalogue import RULES
from cassette_cli.redaction.placeholders import is_placeholder
from cassette_cli.redaction.rules import Category, Rule
from cassette_cli.redaction.shapes import Shapes

ALL = Shapes(RULES)
SEEDS = range(3)
EACH = [(id, shape) for id, shapes in SHAPES.items() for shape in shapes]
IDS = [f"{id}: {shape[:40]}" for id, shape in EACH]
SURROUNDINGS = [
    "{}",
    "{}\nnext",
    "before\n{}",
    '"{}"',
    "'{}'",
    "the key is {}, and",
    "({})",
    "`{}`",
    "<{}>",
    "key={} x",
    "KEY: {}",
    "[{}]",
    "\t{}\t",
    "https://a.io/?x={}&b=1",
    "é{} ü",
    json.dumps({"a": 1})[:-1] + ', "k": "{}"',
]


def found(text: str, shapes: Shapes = ALL) -> list[tuple[str, str]]:
    """The rules that fit in a text, and what they hold to be the secret."""
    return [(rule.id, text[span.start : span.end]) for span, rule in shapes.matches(text)]


def rules_named(id: str) -> list[Rule]:
    return [rule for rule in RULES if rule.id == id]


@pytest.mark.parametrize(("id", "shape"), EACH, ids=IDS)
@pytest.mark.parametrize("longest", [False, True])
def test_finds_it_in_any_surroundings(id: str, shape: str, longest: bool) -> None:
    for seed in SEEDS:
        specimen = drawn(shape, Random(f"{shape} {seed}"), longest=longest)
        assert not is_placeholder(specimen.secret)
        for around in SURROUNDINGS:
            assert (id, specimen.secret) in found(around.replace("{}", specimen.text)), around


def test_each_rule_is_shown() -> None:
    assert {rule.id for rule in RULES} == set(SHAPES)
    texts = [drawn(shape, Random(shape)).text for shape in [shape for _, shape in EACH]]
    unseen = [rule for rule in RULES if not any(found(text, Shapes([rule])) for text in texts)]
    assert unseen == []


def near_misses(shape: str, rng: Random) -> Iterator[str]:
    """Too short, too long, misspelt."""
    last = last_field(shape)
    if last and not last["about"]:
        yield drawn(shape, rng, extra=-1).text
        yield drawn(shape, rng, spoilt=True).text
        if not last["open"]:
            yield drawn(shape, rng, extra=1, longest=True).text


@pytest.mark.parametrize(("id", "shape"), EACH, ids=IDS)
def test_leaves_what_is_nearly_one(id: str, shape: str) -> None:
    for seed in SEEDS:
        for text in near_misses(shape, Random(f"{shape} {seed}")):
            for around in ("{}", "the key is {}, and", '"{}"'):
                assert id not in [rule for rule, _ in found(around.replace("{}", text))], text


@pytest.mark.parametrize(("id", "shape"), EACH, ids=IDS)
def test_leaves_what_is_filled_up_or_counted_up(id: str, shape: str) -> None:
    """The examples of documentation: `sk-xxxxxxxx`, `AKIA1234567890`."""
    if rules_named(id)[0].category is not Category.CREDENTIALS or "{" in shape or last_field(shape) is None:
        return
    for filler in (
        "x" * 300,
        "1234567890abcdef" * 20,
        "abcdefghijklmnopqrstuvwxyz0123456789" * 9,
        "X" * 300,
        "0" * 300,
    ):
        text = drawn(shape, Random(0), filler=filler).text
        assert id not in [rule for rule, _ in found(f"key: {text} ")], text


@pytest.mark.parametrize(("id", "shape"), EACH, ids=IDS)
def test_leaves_what_is_in_the_middle_of_a_word(id: str, shape: str) -> None:
    """A word that only ends like a key, as in `task-...`, begins with no lead."""
    specimen = drawn(shape, Random(shape))
    if not specimen.text.startswith(specimen.secret) or any(rule.free or rule.loose for rule in rules_named(id)):
        return
    for before in ("x", "9", "a_", "b-"):
        spans = [span for span, rule in ALL.matches(before + specimen.text) if rule.id == id]
        assert all(span.start != len(before) for span in spans), before


@pytest.mark.parametrize(("id", "shape"), EACH, ids=IDS)
def test_a_match_begins_with_a_lead(id: str, shape: str) -> None:
    """What the search for leads skips, no rule would have matched."""
    text = drawn(shape, Random(shape)).text
    for rule in rules_named(id):
        for place in range(len(text)):
            if rule.compiled.match(text, place):
                led = text.startswith(rule.leads, place) if rule.leads else False
                assert led or (rule.lead_pattern and re.compile(rule.lead_pattern).match(text, place)), rule


@pytest.mark.parametrize("rule", RULES, ids=[f"{rule.id} {number}" for number, rule in enumerate(RULES)])
def test_a_rule_is_complete(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", rule.id)
    assert rule.source
    assert rule.leads or rule.lead_pattern
    assert len({each.category for each in rules_named(rule.id)}) == 1


def test_a_name_that_begins_like_a_key_hides_nothing() -> None:
    rng = Random(1)
    for lead in ("SK", "AC", "re_", "pub"):
        address = f"{lead}{drawn('<z:6>', rng).text}@{drawn('<z:7>', rng).text}.com"
        assert ("email", address) in found(f"mail {address} now")


# What is left of a pattern without its classes and escapes: groups and how often they may repeat.
CLASS = re.compile(r"\\.|\[(?:[^\]\\]|\\.)+\]")
UNBOUNDED = re.compile(r"(?<![*+?}(])[*+](?!\+)|\{\d+,\}(?!\+)|(?<=[}])[*]")


@pytest.mark.parametrize("rule", RULES, ids=[f"{rule.id} {number}" for number, rule in enumerate(RULES)])
def test_time_is_linear(rule: Rule) -> None:
    """What repeats without bound never gives anything back, or stands at the end: no text makes a pattern try the same
    characters again and again."""
    for pattern in (rule.pattern, rule.lead_pattern or ""):
        bare = CLASS.sub("c", pattern)
        assert [found.start() for found in UNBOUNDED.finditer(bare) if found.end() < len(bare.rstrip(")"))] == [], bare


# Looked at: signatures and ids of uploads that recordings do hold, all of them expired.
REAL = {"google-upload-id", "aws-session-token", "aws-signature"}


def test_recordings_hold_nothing_that_looks_like_a_credential(corpus: Path) -> None:
    """Their keys were taken out before they were published: what rules find in them is a look-alike."""
    shapes = Shapes([rule for rule in RULES if rule.category is Category.CREDENTIALS])
    names = set()
    for path in corpus.rglob("*"):
        if path.is_file():
            for rule, secret in found(path.read_text(encoding="utf-8", errors="replace"), shapes):
                if not is_placeholder(secret):
                    names.add(rule)
    assert names <= REAL


@pytest.mark.parametrize(
    "escape", ["\\n", "\\t", "\\\\n", "\\u0022", "%3D", "%22", "\x1b[32m", "\x1b[1;32m", "\x1b[0m"]
)
def test_an_escape_before_a_key_is_no_part_of_it(escape: str) -> None:
    """In a text that was packed into another: a dump of a string, a URL in a URL, the output of a terminal."""
    for shape in ("sk-ant-api03-<u:93>AA", "ghp_<a:30><crc>", "AKIA<s:16>", "<h:32>-us<n:1>"):
        key = drawn(shape, Random(shape)).text
        assert key in [secret for _, secret in found(f"x{escape}{key}{escape}y")]
        assert ALL.may_be_in(f"x{escape}{key}")


def test_what_json_escapes_is_looked_into() -> None:
    secret = drawn("postgres://<z:6>:{<a:16>}@<z:6>.io/", Random(1))
    for raw in (secret.text, secret.text.replace("/", "\\/"), secret.text.replace(":", "\\u003a")):
        assert ALL.may_be_in('{"url": "' + raw + '"}')
    assert not ALL.may_be_in('{"url": "https:\\/\\/a.io\\/b"}')
