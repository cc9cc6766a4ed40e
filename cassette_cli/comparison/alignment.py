"""Which interaction of the new recording is which of the old one, by what they ask; tolerant of insertion, deletion and
moves.

In this order: what is the same to the letter; what asks and answers the same; what asks the same (polling asks the
same many times, and keeps its order); of what is left between these, what is most alike; and what asks the same
elsewhere, which was moved.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from cassette_cli.comparison.identities import is_id
from cassette_cli.comparison.json_changes import canonical
from cassette_cli.comparison.sayings import message_key
from cassette_cli.comparison.sequences import Block, blocks
from cassette_cli.comparison.words import WORD
from cassette_cli.conversation import Message, Part, Text, ToolCall, ToolCallResponse
from cassette_cli.exchange import Exchange
from cassette_cli.model import split_url
from cassette_cli.redaction.masking import masked_url

# Interactions of a gap (old times new) that are compared with each other for likeness.
_MOST_COMPARED = 2_500
# Words of a prompt that say what it is like.
_MOST_WORDS = 400


class Aligned(NamedTuple):
    """The places of an interaction on both sides, None where it was added or removed. `moved`: it is not where the
    others would have it."""

    old: int | None
    new: int | None
    moved: bool = False


class _Keys(NamedTuple):
    """What an interaction asks, at whom, what it answers, and both bodies as they are."""

    whom: Hashable
    asks: Hashable
    answers: Hashable
    bodies: Hashable


def align(old: Sequence[Exchange], new: Sequence[Exchange]) -> list[Aligned]:
    """Both recordings side by side, in the order of the new one; what was removed stands where it was."""
    keys = [_keys(each) for each in old], [_keys(each) for each in new]
    found: dict[int, int] = {}
    gaps = [Block(0, len(old), 0, len(new), False)]
    for length in (4, 3, 2):
        sides = [[key[:length] for key in side] for side in keys]
        gaps = [inner for gap in gaps for inner in _gaps(gap, sides[0], sides[1], found)]
    for gap in gaps:
        found.update(_most_alike(gap, *keys, old, new))
    moved = _moved(keys, found)
    return list(_in_order(len(old), len(new), found, moved))


def asks(exchange: Exchange) -> Hashable:
    """What an interaction asks, of whom: equal for two that ask the same."""
    return _keys(exchange)[:2]


def _gaps(gap: Block, old: Sequence[Hashable], new: Sequence[Hashable], found: dict[int, int]) -> Iterator[Block]:
    """What is left of a gap between the items that are the same, which are `found`."""
    for block in blocks(old[gap.old : gap.old_end], new[gap.new : gap.new_end]):
        left, right = range(gap.old, gap.old_end), range(gap.new, gap.new_end)
        olds, news = left[block.old : block.old_end], right[block.new : block.new_end]
        if block.same:
            found.update(zip(olds, news, strict=True))
        else:
            yield Block(olds.start, olds.stop, news.start, news.stop, False)


def _most_alike(
    gap: Block, old: Sequence[_Keys], new: Sequence[_Keys], olds: Sequence[Exchange], news: Sequence[Exchange]
) -> Iterator[tuple[int, int]]:
    """Pairs of a gap, in the order of both sides, that ask the same of the model and are most alike together; where
    there are too many for that, or equally many, side by side."""
    left, right = range(gap.old, gap.old_end), range(gap.new, gap.new_end)
    if len(left) == len(right) or len(left) * len(right) > _MOST_COMPARED:
        yield from ((one, other) for one, other in zip(left, right, strict=False) if old[one].whom == new[other].whom)
        return
    words = [_words(olds[place]) for place in left], [_words(news[place]) for place in right]
    scores = [
        [
            0.05 + _likeness(words[0][row], words[1][column]) if old[one].whom == new[other].whom else 0.0
            for column, other in enumerate(right)
        ]
        for row, one in enumerate(left)
    ]
    yield from ((left[row], right[column]) for row, column in _best(scores))


def _best(scores: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    """The pairs, rising on both sides, whose scores have the largest sum."""
    rows, columns = len(scores), len(scores[0]) if scores else 0
    sums = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            score = scores[row][column]
            taken = sums[row + 1][column + 1] + score if score else 0.0
            sums[row][column] = max(sums[row + 1][column], sums[row][column + 1], taken)
    row = column = 0
    while row < rows and column < columns:
        score = scores[row][column]
        if score and sums[row][column] == sums[row + 1][column + 1] + score:
            yield row, column
            row, column = row + 1, column + 1
        elif sums[row][column] == sums[row + 1][column]:
            row += 1
        else:
            column += 1


def _moved(keys: tuple[Sequence[_Keys], Sequence[_Keys]], found: dict[int, int]) -> set[int]:
    """Pair what asks and answers the same, then what asks the same, wherever it stands; the old places of these."""
    moved: set[int] = set()
    for length in (3, 2):
        taken = set(found.values())
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place in range(len(keys[1]) - 1, -1, -1):
            if place not in taken:
                waiting[keys[1][place][:length]].append(place)
        for place, key in enumerate(keys[0]):
            if place not in found and (places := waiting.get(key[:length])):
                found[place] = places.pop()
                moved.add(place)
    return moved


def _in_order(olds: int, news: int, found: dict[int, int], moved: set[int]) -> Iterator[Aligned]:
    olds_of = {new: old for old, new in found.items()}
    at_old = 0
    for place in range(news):
        old = olds_of.get(place)
        if old is not None and old not in moved:
            yield from (Aligned(each, None) for each in range(at_old, old) if each not in found)
            at_old = old + 1
        yield Aligned(old, place, old in moved)
    yield from (Aligned(each, None) for each in range(at_old, olds) if each not in found)


def _keys(exchange: Exchange) -> _Keys:
    request = exchange.interaction.request
    url = split_url(masked_url(request.url.text) if request.url else "")
    prompt, reply = exchange.prompt, exchange.reply
    path = "/".join("{id}" if is_id(step) else step for step in url.path.split("/"))
    asked = exchange.request_content.text if exchange.request_content else ""
    answered = exchange.content.text if exchange.content else ""
    if prompt is None:
        whom: Hashable = request.method, path, exchange.protocol
        asks: Hashable = url.path, url.query, asked
    else:
        whom = request.method, exchange.protocol
        asks = prompt.model, tuple(map(message_key, prompt.messages)), canonical(prompt.parameters), len(prompt.tools)
    if reply is None:
        answers: Hashable = exchange.interaction.response.status, answered
    else:
        answers = exchange.interaction.response.status, tuple(map(message_key, reply.messages)), canonical(reply.error)
    return _Keys(whom, asks, answers, (asked, answered))


def _words(exchange: Exchange) -> Counter[Hashable]:
    """What a request is like: its URL, and words of what it says, the last words first."""
    request, prompt = exchange.interaction.request, exchange.prompt
    if prompt is None:
        body = exchange.request_content.text if exchange.request_content else ""
        texts = [request.url.text if request.url else "", body[-4_000:] if isinstance(body, str) else ""]
        return Counter(chain.from_iterable(WORD.findall(text) for text in texts))
    found: Counter[Hashable] = Counter([("model", prompt.model)])
    found.update(("message", number, each.role) for number, each in enumerate(prompt.messages))
    left = _MOST_WORDS
    for message in reversed(prompt.messages):
        for text in _texts(message):
            words = WORD.findall(text[:8_000])[:left]
            found.update(words)
            left -= len(words)
    return found


def _texts(message: Message) -> Iterator[str]:
    for part in message.parts:
        yield from _text_of(part)


def _text_of(part: Part) -> Iterator[str]:
    match part:
        case Text(content):
            yield content
        case ToolCall(_, name, _, text):
            yield f"{name} {text}"
        case ToolCallResponse(_, response) if isinstance(response, str):
            yield response
        case _:
            pass


def _likeness(one: Counter[Hashable], other: Counter[Hashable]) -> float:
    """How much of both is common, 0 to 1 (Dice's coefficient of multisets)."""
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 1.0
