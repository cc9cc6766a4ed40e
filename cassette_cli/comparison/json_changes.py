"""Two JSON values compared leaf by leaf, each difference with its place."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from cassette_cli.comparison.changes import ABSENT, Value
from cassette_cli.comparison.places import step
from cassette_cli.comparison.sequences import blocks
from cassette_cli.conversation import Json

# Deeper values are compared as a whole: Python's own stack ends somewhere.
_DEEPEST = 60
# A list of more numbers than this is a vector, one value; embeddings have hundreds.
VECTOR_FROM = 17


class Difference(NamedTuple):
    """Two values at a place; `keys` are the names on the way to it from the value that was compared."""

    where: str
    keys: tuple[str, ...]
    old: Value
    new: Value


def differences(
    old: Value, new: Value, where: str, keys: tuple[str, ...] = (), *, spread: bool = False
) -> Iterator[Difference]:
    """Where two values differ, in the order of the new one, what was removed before what follows it. Objects are
    compared by key, lists by what they hold: what is inserted is one addition, and is named by its new index, what is
    removed by its old one. Keys in another order are no difference, nor is 1.0 in the place of 1. `spread`: an object
    that only one side has is told field by field."""
    if spread and len(keys) < _DEEPEST:
        old, new = _as_object(old, new), _as_object(new, old)
    if len(keys) < _DEEPEST and isinstance(old, dict) and isinstance(new, dict):
        for key in [*(key for key in old if key not in new), *new]:
            inner = step(where, key)
            yield from differences(old.get(key, ABSENT), new.get(key, ABSENT), inner, (*keys, key), spread=spread)
    elif len(keys) < _DEEPEST and isinstance(old, list) and isinstance(new, list) and not is_vector(old, new):
        yield from _items(old, new, where, keys, spread)
    elif not same(old, new):
        yield Difference(where, keys, old, new)


def _as_object(value: Value, other: Value) -> Value:
    return {} if value is ABSENT and isinstance(other, dict) and other else value


def _items(old: list[Json], new: list[Json], where: str, keys: tuple[str, ...], spread: bool) -> Iterator[Difference]:
    for block in blocks([canonical(item) for item in old], [canonical(item) for item in new]):
        if block.same:
            continue
        shared = min(block.old_end - block.old, block.new_end - block.new)
        for number in range(shared):
            inner = step(where, block.new + number)
            # An index is no name, but counts as a level.
            yield from differences(old[block.old + number], new[block.new + number], inner, (*keys, ""), spread=spread)
        for place in range(block.old + shared, block.old_end):
            yield Difference(step(where, place), keys, old[place], ABSENT)
        for place in range(block.new + shared, block.new_end):
            yield Difference(step(where, place), keys, ABSENT, new[place])


def same(old: Value, new: Value) -> bool:
    """Whether two values are equal as JSON: true is not 1, but 1.0 is."""
    if isinstance(old, bool) or isinstance(new, bool):
        return old is new
    if isinstance(old, dict | list) or isinstance(new, dict | list):
        return canonical(old) == canonical(new)
    return bool(old == new)


def canonical(value: Value) -> str:
    """One text for equal values, however deep they are."""
    if value is ABSENT:
        return ""
    try:
        return json.dumps(_whole(value), sort_keys=True)
    except RecursionError:
        return "".join(_written(value))


def _written(value: Json) -> Iterator[str]:
    """The pieces of a canonical text, made without Python's own stack."""
    waiting: list[Json | _Sign] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, _Sign):
            yield item.text
        elif isinstance(item, list):
            yield "["
            waiting += [_Sign("]"), *(each for one in reversed(item) for each in (_Sign(","), one))]
        elif isinstance(item, dict):
            yield "{"
            pairs = [each for key in sorted(item, reverse=True) for each in (item[key], _Sign(f"{key!r}:"))]
            waiting += [_Sign("}"), *pairs]
        else:
            yield json.dumps(_whole(item))


class _Sign(NamedTuple):
    text: str


def _whole(value: Json) -> Json:
    """A value whose floats that are whole numbers are such: 1.0 is 1."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    return value


def is_vector(*values: Value) -> bool:
    """Whether all of these are long lists of numbers."""
    return all(
        isinstance(value, list) and len(value) >= VECTOR_FROM and all(type(item) in (int, float) for item in value)
        for value in values
    )
