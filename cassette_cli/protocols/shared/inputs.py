"""What a request wants completed, embedded or judged: a text, tokens, or a list of either.

"Say", ["Say", "Tell"], [15496, 995], [[15496], [995]]
"""

from cassette_cli.conversation import Json, Message, Text, Unknown


def messages_of(given: Json) -> tuple[Message, ...]:
    """Each input as a message of the user; tokens and whatever else is no text are an unknown part. Nothing for what
    is empty."""
    inputs = given if isinstance(given, list) and not _is_tokens(given) else [given]
    return tuple(_message(one) for one in inputs if one)


def _is_tokens(value: list[Json]) -> bool:
    return bool(value) and all(isinstance(item, int) for item in value)


def _message(one: Json) -> Message:
    if isinstance(one, str):
        return Message("user", (Text(one),))
    return Message("user", (Unknown("tokens" if isinstance(one, list) else None, one),))
