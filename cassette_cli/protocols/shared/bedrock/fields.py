"""Objects less what was read of them."""

from cassette_cli.conversation import Json
from cassette_cli.protocols.base import without


def less(value: Json, *route: str) -> dict[str, Json]:
    """An object less what lies at a route; objects on the way that are empty then are left out, too."""
    name, *inner = route
    rest = without(value, (name,))
    if inner and isinstance(value, dict) and (more := less(value.get(name), *inner)):
        rest[name] = more
    return rest
