"""Whether each interaction can be played again, and whether it is worth it, by the rules of the recorder
(cassette_cli/matching.py has them, and where they come from)."""

from collections import defaultdict
from collections.abc import Hashable, Iterator

from cassette_cli.checks.base import Check, Problem, Scene, readable
from cassette_cli.checks.settings import Level
from cassette_cli.matching import address, matching_of, whole
from cassette_cli.model import Interaction

CHECKS = {
    "interaction-unreachable": Check(Level.ERROR, "another interaction answers every request that this one could"),
    "interaction-repeated": Check(Level.NOTE, "request and response are there already"),
    "matched-by-order": Check(Level.NOTE, "only their order tells requests apart whose bodies differ"),
}


def find(scene: Scene) -> Iterator[Problem]:
    """The interactions that are never played, that say nothing new, or that only their order tells apart."""
    matching = matching_of(scene.cassette.recorder)
    alike: dict[Hashable, list[Interaction]] = defaultdict(list)
    for interaction in scene.cassette.interactions:
        alike[whole(interaction) if not matching.once else address(interaction.request, matching)].append(interaction)
    for group in alike.values():
        if len(group) < 2:
            continue
        if not matching.once:
            yield from _unreachable(group[:-1], group[-1])
        elif scene.settings.repeats:
            yield from _unreachable(group[1:], group[0])
        else:
            yield from _alike(group, by_body=matching.body)


def _unreachable(group: list[Interaction], other: Interaction) -> Iterator[Problem]:
    for interaction in group:
        message = f"interaction {other.index} answers every request that this one could"
        yield Problem("interaction-unreachable", message, interaction.index)


def _alike(group: list[Interaction], *, by_body: bool) -> Iterator[Problem]:
    seen: dict[Hashable, int] = {}
    bodies = {_body(interaction) for interaction in group}
    for interaction in group:
        said = (*_sides(interaction),)
        if said in seen:
            message = f"asks and answers the same as interaction {seen[said]}"
            yield Problem("interaction-repeated", message, interaction.index)
        seen.setdefault(said, interaction.index)
    if len(bodies) > 1 and not by_body:
        message = f"{len(group)} requests go to this URL with different bodies; only their order tells them apart"
        yield Problem("matched-by-order", message, group[0].index)


def _sides(interaction: Interaction) -> Iterator[Hashable]:
    yield _body(interaction)
    yield interaction.response.status
    yield readable(interaction.response.body)


def _body(interaction: Interaction) -> Hashable:
    return readable(interaction.request.body)
