"""Recordings against what became of them: every generated variant has the class that it must have, and what changed is
named. The samples in every run, all real recordings with `pytest -m slow`."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from comparing import recording
from handmade import made
from sampled import RECORDINGS, SAMPLES
from variants import (
    NEW,
    Variant,
    rechunked,
    streamed,
    understood,
    with_another_argument,
    with_another_word,
    with_other_dates,
    with_other_headers,
    with_other_ids,
    with_other_key_order,
    with_other_tokens,
    with_other_yaml,
)

from cassette_cli import files
from cassette_cli.comparison.changes import Change, Verdict
from cassette_cli.comparison.compare import compare, compare_files
from cassette_cli.comparison.settings import Settings, settings
from cassette_cli.comparison.words import Kind, word_changes
from cassette_cli.document.text import Edit, Span
from cassette_cli.errors import CassetteError
from cassette_cli.model import Cassette
from cassette_cli.proof import prove
from cassette_cli.render.diff.as_text import file_lines
from cassette_cli.render.diff.interaction import DiffView

STREAMED = [path for path in RECORDINGS if "_" in path.stem]

# Variants of a whole recording, and the class that each must have.
WHOLE: dict[str, tuple[Callable[[Cassette], Variant | None], str]] = {
    "cut one letter earlier": (lambda cassette: rechunked(cassette, 1), "cosmetic"),
    "cut three letters earlier": (lambda cassette: rechunked(cassette, 3), "cosmetic"),
    "in one piece": (lambda cassette: rechunked(cassette, -1), "cosmetic"),
    "other ids": (with_other_ids, "cosmetic"),
    "other dates": (with_other_dates, "cosmetic"),
    "other headers": (with_other_headers, "cosmetic"),
    "other key order": (with_other_key_order, "cosmetic"),
    "other YAML": (with_other_yaml, "cosmetic"),
    "other token counts": (with_other_tokens, "usage"),
}


def judged(cassette: Cassette) -> Iterator[str]:
    """The variants that were made of a recording and judged right; fails where one is misjudged."""
    before = recording(cassette)
    assert not any(each.verdict for each in compare(before.exchanges, before.exchanges, Settings()))
    for name, (make, verdict) in WHOLE.items():
        variant = made_by(make, cassette)
        if variant is not None and variant.cassette.document.text != cassette.document.text:
            found = compare_files(before, recording(variant.cassette), Settings())
            assert found.verdict.word == verdict, (cassette.path, name, strong(found.interactions))
            yield name
    for name, variants in (("word", with_another_word(cassette)), ("argument", with_another_argument(cassette))):
        for variant in variants:
            check_one_change(cassette, name, variant)
            yield name
    check_insertions(cassette)


def made_by(make: Callable[[Cassette], Variant | None], cassette: Cassette) -> Variant | None:
    try:
        return make(cassette)
    except CassetteError:  # the recorder keeps a body in a form that has no room for the change
        return None


def check_one_change(cassette: Cassette, name: str, variant: Variant) -> None:
    changes = strong(compare_files(recording(cassette), recording(variant.cassette), Settings()).interactions)
    assert len(changes) == 1, (cassette.path, changes)
    (change,) = changes
    if name == "argument":
        assert (change.verdict, change.where) == (Verdict.BEHAVIOUR, variant.where)
        assert (change.old, change.new) == (variant.old, NEW)
        return
    assert change.verdict is Verdict.WORDING, (cassette.path, change)
    assert change.where.startswith(str(variant.where))
    words = [each for each in word_changes(str(change.old), str(change.new)) if each.kind is not Kind.SAME]
    assert words == [(Kind.OLD, variant.old), (Kind.NEW, NEW)], cassette.path


def check_insertions(cassette: Cassette) -> None:
    """Something else in front, its own first or last interaction in front: one addition and nothing else."""
    old = understood(cassette)
    for other in (made(url="https://other.example/x", answered="{}"), old[0], old[-1]):
        found = list(compare(old, [other, *old], Settings()))
        assert [each.verdict for each in found if each.old and each.new] == [Verdict.IDENTICAL] * len(old)
        assert sum(each.old is None for each in found) == 1
        assert not any(each.moved or each.new is None for each in found), cassette.path


def strong(interactions: object) -> list[Change]:
    return [change for each in interactions for change in each.changes if change.verdict > Verdict.COSMETIC]  # type: ignore[attr-defined]  # of diffs


def test_variants_of_samples() -> None:
    made_of: Counter[str] = Counter()
    for path in STREAMED:
        cassette = files.read(str(path))
        if streamed(cassette):
            made_of.update(judged(cassette))
    assert set(made_of) == {*WHOLE, "word", "argument"}
    assert min(made_of.values()) >= 40, made_of


@pytest.mark.slow
def test_variants_of_real_recordings(corpus: Path) -> None:
    made_of: Counter[str] = Counter()
    for found in files.load([str(corpus)]):
        if not isinstance(found, CassetteError) and streamed(found):
            made_of.update(judged(found))
    assert min(made_of.values()) >= 330, made_of


def pairs(corpus: Path) -> list[Path]:
    """The folders of real re-recordings: an old and a new version of the same recording."""
    return sorted(path.parent for path in (corpus / "pairs").glob("*/old.yaml") if (path.parent / "new.yaml").is_file())


def test_real_re_recordings_differ_in_a_screen_beside_their_prose(corpus: Path) -> None:
    """Lines without what models and users wrote; and chunks, ids and headers take one of them."""
    held = pairs(corpus)
    assert len(held) > 20
    for folder in held:
        sides = [recording(files.read(str(folder / name))) for name in ("old.yaml", "new.yaml")]
        found = compare_files(sides[0], sides[1], settings(ignore=["text", "reasoning"]))
        assert len(list(file_lines(found, DiffView()))) <= 36, folder


TEXT = "samples/go_vcr/openai_chat_text.yaml"


def edited(old: str, new: str) -> tuple[Cassette, Cassette]:
    """A sample, and the same with a text of the file's own replaced."""
    cassette = files.read(TEXT)
    assert old in cassette.document.text
    place = cassette.document.text.index(old)
    found = files.parse("b.yaml", cassette.document.text[:place] + new + cassette.document.text[place + len(old) :])
    assert found is not None
    return cassette, found


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("temperature", "temperature", "identical"),
        ("---\n", "---\n# a comment\n", "cosmetic"),
        ("\\nNothing more", "\\nNothing else", "wording"),
        ('completion_tokens":12', 'completion_tokens":13', "usage"),
        ("What is a cassette", "What was a cassette", "request"),
        ('temperature":0.2', 'temperature":0.3', "request"),
        ('finish_reason":"stop', 'finish_reason":"length', "behaviour"),
        ("code: 200", "code: 429", "behaviour"),
    ],
)
def test_files(old: str, new: str, verdict: str) -> None:
    before, after = edited(old, new)

    assert compare_files(recording(before), recording(after), Settings()).verdict.word == verdict


def test_what_is_left_out_leaves_a_file_identical() -> None:
    before, after = edited("\\nNothing more", "\\nNothing else")

    found = compare_files(recording(before), recording(after), settings(ignore=["text"]))

    assert found.verdict is Verdict.IDENTICAL


def test_files_that_came_or_went() -> None:
    one = recording(files.read(TEXT))

    added, removed = compare_files(None, one, Settings()), compare_files(one, None, Settings())

    assert (added.old, added.new, added.verdict) == (None, TEXT, Verdict.BEHAVIOUR)
    assert (removed.old, removed.new, removed.verdict) == (TEXT, None, Verdict.BEHAVIOUR)
    assert [each.old for each in added.interactions] == [None]


@pytest.mark.parametrize("case", ["openai_chat_sse_add_multiply", "anthropic_sse_thinking", "http_json", "http_form"])
def test_across_recorders(case: str) -> None:
    """The same case recorded by go-vcr and by Ruby VCR or httprr says the same."""
    others = [path for path in SAMPLES.glob(f"*/{case}.*") if path.parent.name in ("ruby_vcr", "httprr", "go_vcr")]
    assert len(others) > 1
    first, *rest = [recording(files.read(str(path))) for path in sorted(others)]

    assert {compare_files(first, each, Settings()).verdict.word for each in rest} == {"cosmetic"}


def test_a_change_made_through_a_lens_is_seen() -> None:
    cassette = files.read(TEXT)
    header = next(each for each in cassette.interactions[0].response.headers if each.name.lower() == "content-type")
    after = prove(cassette, [(header.value, Edit(Span(0, len(header.value.text)), "text/plain"))])

    found = compare_files(recording(cassette), recording(after), Settings())

    assert [change.where for each in found.interactions for change in each.changes] == ["response.headers.content-type"]


def test_the_same_input_gives_the_same_output() -> None:
    paths = [SAMPLES / "go_vcr" / f"openai_chat_sse_add_multiply{name}.yaml" for name in ("", "_again")]
    one, other = (recording(files.read(str(path))) for path in paths)

    assert len({repr(compare_files(one, other, Settings()).interactions[0].changes) for _ in range(3)}) == 1
