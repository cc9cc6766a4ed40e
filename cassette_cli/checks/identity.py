"""Names that are there twice in a file: the recorder's numbers of interactions, the provider's ids of replies."""

from collections.abc import Iterator

from cassette_cli.checks.base import Check, Problem, Scene, number_of
from cassette_cli.checks.settings import Level

CHECKS = {
    "interaction-id-repeated": Check(Level.WARNING, "two interactions have one number"),
    "response-id-repeated": Check(Level.NOTE, "two replies that differ have one id"),
}


def find(scene: Scene) -> Iterator[Problem]:
    """The ids that an interaction above has, too."""
    numbers: dict[str, int] = {}
    replies: dict[str, tuple[int, object]] = {}
    for exchange in scene.exchanges:
        interaction, reply = exchange.interaction, exchange.reply
        if interaction.id is not None:
            first = numbers.setdefault(interaction.id, interaction.index)
            if first != interaction.index:
                message = f"id {interaction.id} is that of interaction {first}, too"
                yield Problem("interaction-id-repeated", message, interaction.index)
        if reply and reply.id and reply.messages:
            number, said = replies.setdefault(reply.id, (number_of(exchange), reply.messages))
            # What is polled comes again.
            if said != reply.messages and interaction.request.method == "POST":
                message = f"the reply has the id of that in interaction {number}, and says something else"
                yield Problem("response-id-repeated", message, number_of(exchange))
