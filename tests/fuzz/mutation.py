"""Recordings that went wrong: bits flipped, bytes lost, lines twice, two files in one."""

from collections.abc import Callable
from random import Random

# A mutation of a text, which may take parts of another one.
Mutation = Callable[[bytes, bytes, Random], bytes]

# What parsers trip over, put in anywhere.
MARKS = [
    b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc2\x85", b"\t", b"\r", b"\n", b"\n\n",
    b"'", b'"', b"\\", b": ", b"- ", b"? ", b"#", b"&a ", b"*a", b"!!binary ", b"!t ", b"|\n", b">-\n", b"---\n",
    b"...\n", b"<<: ", b"{", b"}", b"[", b"]", b",", b"%zz", b"\\ud83d", b"1e999", b"9" * 5000, b"-1", b"NaN",
    b"null", b"[[[[[[", b"data: ", b"<<<<<<< a\n", b"=======\n", b">>>>>>> b\n", b"\x1f\x8b\x08", b"\x1b[31m",
    b"\xe2\x80\xae",
]  # fmt: skip


def mutated(data: bytes, other: bytes, random: Random) -> bytes:
    """A recording after one to four mishaps, with parts of another one."""
    for _ in range(random.randint(1, 4)):
        data = random.choice(MUTATIONS)(data, other, random)
    return data


def _span(data: bytes, random: Random, longest: int = 200) -> slice:
    start = random.randint(0, len(data))
    return slice(start, start + random.randint(0, longest))


def _flip(data: bytes, other: bytes, random: Random) -> bytes:
    if not data:
        return data
    place = random.randrange(len(data))
    return data[:place] + bytes([data[place] ^ (1 << random.randrange(8))]) + data[place + 1 :]


def _swap(data: bytes, other: bytes, random: Random) -> bytes:
    place = random.randint(0, max(0, len(data) - 2))
    return data[:place] + data[place : place + 2][::-1] + data[place + 2 :]


def _cut_off(data: bytes, other: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


def _drop(data: bytes, other: bytes, random: Random) -> bytes:
    gone = _span(data, random)
    return data[: gone.start] + data[gone.stop :]


def _again(data: bytes, other: bytes, random: Random) -> bytes:
    part = _span(data, random)
    return data[: part.stop] + data[part] + data[part.stop :]


def _splice(data: bytes, other: bytes, random: Random) -> bytes:
    place = random.randint(0, len(data))
    return data[:place] + other[_span(other, random, 2000)] + data[random.choice([place, _span(data, random).stop]) :]


def _joined(data: bytes, other: bytes, random: Random) -> bytes:
    return data[: random.randint(0, len(data))] + other[random.randint(0, len(other)) :]


def _mark(data: bytes, other: bytes, random: Random) -> bytes:
    place = random.randint(0, len(data))
    return data[:place] + random.choice(MARKS) + data[place + random.choice([0, 0, 1, 5]) :]


def _line(data: bytes, other: bytes, random: Random) -> bytes:
    """A line twice, gone, moved to another place, or indented otherwise."""
    lines = data.splitlines(keepends=True)
    if not lines:
        return data
    place = random.randrange(len(lines))
    line = lines[place]
    changed = [[line, line], [], [b"  " + line], [line.lstrip()], [line.rstrip() + b"\n"]]
    lines[place : place + 1] = random.choice(changed)
    if random.random() < 0.3:
        lines.insert(random.randint(0, len(lines)), line)
    return b"".join(lines)


def _line_ends(data: bytes, other: bytes, random: Random) -> bytes:
    """Other line ends, everywhere or from some place on."""
    place = random.choice([0, random.randint(0, len(data))])
    old, new = random.choice([(b"\n", b"\r\n"), (b"\n", b"\r"), (b"\r\n", b"\n"), (b"\n", b"\xe2\x80\xa8")])
    return data[:place] + data[place:].replace(old, new)


def _word(data: bytes, other: bytes, random: Random) -> bytes:
    """A word of the text in the place of another: names and values where nobody expects them."""
    words = data.split(b" ")
    words[random.randrange(len(words))] = random.choice(words)
    return b" ".join(words)


MUTATIONS: list[Mutation] = [
    _flip, _swap, _cut_off, _drop, _again, _splice, _joined, _mark, _mark, _line, _line, _line_ends, _word, _word,
]  # fmt: skip
