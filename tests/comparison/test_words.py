"""Texts word by word: the word that changed is named, and islands too small to read are not left standing."""

import pytest
from hypothesis import given
from laws import texts

from cassette_cli.comparison import words
from cassette_cli.comparison.words import Kind, word_changes


def marked(old: str, new: str) -> str:
    signs = {Kind.SAME: "{}", Kind.OLD: "[-{}-]", Kind.NEW: "{{+{}+}}"}
    return "".join(signs[kind].format(text) for kind, text in word_changes(old, new))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("The sum is 5.", "The sum is 6.", "The sum is [-5-]{+6+}."),
        ("Oi!", "Olá!", "[-Oi-]{+Olá+}!"),
        ("the same", "the same", "the same"),
        ("one two", "one two three", "one two{+ three+}"),
        ("one two three", "one three", "one [-two -]three"),
        ("don't stop", "don't go", "don't [-stop-]{+go+}"),
        ("今日は晴れです", "今日は雨です", "今日は[-晴れ-]{+雨+}です"),
        ("for nobody else", "for no one else", "for [-nobody-]{+no one+} else"),
        ("a\nb", "a\n\nb", "a\n{+\n+}b"),
        # A single common word between rewritten halves is no island.
        (
            "completely rewritten words of old came first",
            "entirely other phrases of new went last",
            "[-completely rewritten words of old came first-]{+entirely other phrases of new went last+}",
        ),
    ],
)
def test_words_that_changed(old: str, new: str, shown: str) -> None:
    assert marked(old, new) == shown


@given(texts, texts)
def test_both_texts_can_be_read_from_the_stretches(old: str, new: str) -> None:
    found = word_changes(old, new)

    assert "".join(text for kind, text in found if kind is not Kind.NEW) == old
    assert "".join(text for kind, text in found if kind is not Kind.OLD) == new


@given(texts, texts, texts, texts)
def test_what_both_begin_and_end_with_changes_nothing(head: str, old: str, new: str, tail: str) -> None:
    old, new = f"{head} {old} {tail}", f"{head} {new} {tail}"
    found = word_changes(old, new)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "_common_ends", lambda old, new: (0, 0))
        assert word_changes(old, new) == found


def test_texts_that_differ_over_a_great_length_are_compared_sentence_by_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(words, "MOST", 10)
    assert marked("One is. Two was here. Three.", "None is. Two was here. Four!") == (
        "[-One is.-]{+None is.+} Two was here.[- Three.-]{+ Four!+}"
    )
