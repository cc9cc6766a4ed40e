"""How a text is cut into pieces, by name. Each strategy is a pure function: the joined pieces are the text."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from cassette_cli.errors import CassetteError
from cassette_cli.rechunking.hostile import hostile
from cassette_cli.rechunking.seeded import Seeded

# The pieces of a text. `purpose` says which text of a run it is, for strategies that draw numbers; `is_json` that it
# is JSON text (the arguments of a call).
Cut: TypeAlias = "Callable[[Text], Sequence[str]]"

# Scripts that put no spaces between words: ideographs, kana, hangul; there each character counts as a word.
CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
WORD = re.compile(rf"\s*[^\s{CJK}]+|\s*[{CJK}]|\s+")
# What byte pair encodings do to English, near enough: a word takes the space before it, long words fall apart, digits
# go by threes (https://github.com/openai/tiktoken, cl100k_base).
TOKEN = re.compile(r"'(?:[sdmt]|ll|ve|re)(?!\w)| ?[^\W\d_]{1,6}|\d{1,3}| ?[^\s\w]{1,3}|_+|\s*[\r\n]+|\s+(?!\S)|\s")
SIZES = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
# What `random` means.
DEFAULT_SIZES = "1-12"


class Text(NamedTuple):
    """A text to cut, and what it is."""

    text: str
    is_json: bool = False
    purpose: str = ""


class Strategy(NamedTuple):
    """`made` gives the cut for what follows the colon in its name (None: nothing does) and a seed; `takes` shows what
    may follow."""

    name: str
    help: str
    made: Callable[[str | None, int], Cut]
    takes: str = ""
    # Whether another seed makes another cut.
    draws: bool = False

    @property
    def shown(self) -> str:
        return f"{self.name}:{self.takes}" if self.takes else self.name


def _plain(cut: Callable[[str], Sequence[str]]) -> Callable[[str | None, int], Cut]:
    """The making of a strategy that knows no parameters."""

    def made(parameter: str | None, seed: int) -> Cut:
        if parameter is not None:
            raise ValueError("it takes no parameter")
        return lambda each: cut(each.text)

    return made


def _size(parameter: str | None, seed: int) -> Cut:
    if parameter is None or not re.fullmatch("[0-9]{1,9}", parameter) or int(parameter) < 1:
        raise ValueError("it takes a number of characters: size:5")
    size = int(parameter)
    return lambda each: [each.text[start : start + size] for start in range(0, len(each.text), size)]


def _random(parameter: str | None, seed: int) -> Cut:
    sizes = SIZES.fullmatch(DEFAULT_SIZES if parameter is None else parameter)
    least, most = (int(sizes[1]), int(sizes[2])) if sizes else (0, 0)
    if not 1 <= least <= most:
        raise ValueError("it takes the smallest and the largest size of a piece: random:1-12")

    def cut(each: Text) -> list[str]:
        numbers = Seeded(seed, each.purpose)
        pieces = []
        start = 0
        while start < len(each.text):
            end = start + numbers.between(least, most)
            pieces.append(each.text[start:end])
            start = end
        return pieces

    return cut


def _hostile(parameter: str | None, seed: int) -> Cut:
    if parameter is not None:
        raise ValueError("it takes no parameter")
    return lambda each: hostile(each.text, is_json=each.is_json)


def _graphemes(text: str) -> Sequence[str]:
    from grapheme import graphemes

    return list(graphemes(text))


STRATEGIES: list[Strategy] = [
    Strategy("event", "the pieces as they were recorded", _plain(lambda text: [text])),
    Strategy("whole", "one piece for each text of the reply", _plain(lambda text: [text])),
    Strategy("token", "about what a model's tokens are", _plain(TOKEN.findall)),
    Strategy("word", "word by word, with the space before it", _plain(WORD.findall)),
    Strategy("grapheme", "what a reader sees as one character: 👩‍👩‍👧 stays whole", _plain(_graphemes)),
    Strategy("char", "code point by code point: 👩‍👩‍👧 falls apart", _plain(list)),
    Strategy("size", "pieces of N characters", _size, takes="N"),
    Strategy("random", "pieces of MIN to MAX characters, by --seed", _random, takes="MIN-MAX", draws=True),
    Strategy("interleave", "word by word, parallel calls and choices taking turns", _plain(WORD.findall)),
    Strategy(
        "hostile",
        "where parsers break: nothing at all, inside escapes, numbers and keys, white space alone",
        _hostile,
    ),
]


def strategy(spec: str) -> tuple[Strategy, str | None]:
    """The strategy that a word of the command line means, and its parameter. Raises CassetteError for none."""
    name, colon, parameter = spec.partition(":")
    for each in STRATEGIES:
        if each.name == name:
            return each, parameter if colon else None
    raise CassetteError(f"no strategy {spec!r}; there are {', '.join(each.shown for each in STRATEGIES)}")


def spelled_out(spec: str) -> str:
    """A strategy with the parameter that it has where none is given."""
    return f"{spec}:{DEFAULT_SIZES}" if spec == "random" else spec


def cut_of(spec: str, seed: int) -> Cut:
    """How `spec` cuts texts. Raises CassetteError for a strategy that is none, or not with this parameter."""
    found, parameter = strategy(spec)
    try:
        return found.made(parameter, seed)
    except ValueError as error:
        raise CassetteError(f"--by {spec}: {error}") from None
