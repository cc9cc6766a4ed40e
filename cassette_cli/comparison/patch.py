"""A JSON Patch (RFC 6902) that makes one JSON value of another.

[{"op": "replace", "path": "/messages/0/finish_reason", "value": "length"}]
"""

from collections.abc import Iterator

from cassette_cli.comparison.json_changes import canonical, same
from cassette_cli.comparison.sequences import blocks
from cassette_cli.conversation import Json

# Deeper values are replaced as a whole.
_DEEPEST = 60
Operation = dict[str, Json]


def json_patch(old: Json, new: Json) -> list[Operation]:
    """Operations that applied to `old` one after the other give `new`; none where they are equal."""
    return list(_operations(old, new, "", 0))


def _operations(old: Json, new: Json, path: str, depth: int) -> Iterator[Operation]:
    if depth < _DEEPEST and isinstance(old, dict) and isinstance(new, dict):
        yield from _of_objects(old, new, path, depth)
    elif depth < _DEEPEST and isinstance(old, list) and isinstance(new, list):
        yield from _of_lists(old, new, path, depth)
    elif not same(old, new) or type(old) is not type(new):
        yield {"op": "replace", "path": path, "value": new}


def _of_objects(old: dict[str, Json], new: dict[str, Json], path: str, depth: int) -> Iterator[Operation]:
    for key in old:
        inner = f"{path}/{_escaped(key)}"
        if key in new:
            yield from _operations(old[key], new[key], inner, depth + 1)
        else:
            yield {"op": "remove", "path": inner}
    for key in new:
        if key not in old:
            yield {"op": "add", "path": f"{path}/{_escaped(key)}", "value": new[key]}


def _of_lists(old: list[Json], new: list[Json], path: str, depth: int) -> Iterator[Operation]:
    """From the end on, so that the places before it stay what they are in the old list."""
    for block in reversed(blocks([canonical(item) for item in old], [canonical(item) for item in new])):
        left, right = range(block.old, block.old_end), range(block.new, block.new_end)
        shared = min(len(left), len(right))
        for place in reversed(left[shared:]):
            yield {"op": "remove", "path": f"{path}/{place}"}
        for number, place in enumerate(right[shared:]):
            yield {"op": "add", "path": f"{path}/{block.old + shared + number}", "value": new[place]}
        for one, other in zip(left[:shared], right[:shared], strict=True):
            yield from _operations(old[one], new[other], f"{path}/{one}", depth + 1)


def _escaped(key: str) -> str:
    """A key as a token of a JSON Pointer (RFC 6901, 3)."""
    return key.replace("~", "~0").replace("/", "~1")
