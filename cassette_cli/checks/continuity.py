"""Whether a conversation goes on as it was recorded: a request sends back what the model said, and answers each of its
calls once."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from cassette_cli.checks.base import Check, Problem, Scene, listed, number_of, parameter, succeeded
from cassette_cli.checks.settings import Level
from cassette_cli.conversation import Message, Prompt, Text, ToolCall, ToolCallResponse
from cassette_cli.exchange import Exchange

CHECKS = {
    "reply-call-changed": Check(Level.WARNING, "a call comes back with another name or other arguments"),
    "reply-text-changed": Check(Level.WARNING, "a reply comes back with another text"),
    "call-unanswered": Check(Level.WARNING, "a call has no result"),
    "call-answered-twice": Check(Level.WARNING, "a call has more than one result"),
    "result-unasked": Check(Level.WARNING, "a result of a call that nobody made"),
}
# Where the provider keeps the conversation, a request has only what is new.
KEPT_THERE = ("previous_response_id", "conversation", "thread_id", "previous_interaction_id")
ALWAYS_THERE = frozenset({"openai.assistants", "aws.bedrock.agents", "mcp"})


class Said:
    """The calls that replies of a file have made so far, by id, each with the message that it is part of. Some servers
    count anew in each reply, so an id may stand for several."""

    def __init__(self) -> None:
        self._calls: dict[str, list[tuple[ToolCall, Message]]] = defaultdict(list)

    def add(self, exchange: Exchange) -> None:
        """Take note of a reply."""
        for message in exchange.reply.messages if exchange.reply else ():
            for part in message.parts:
                if isinstance(part, ToolCall) and part.id:
                    self._calls[part.id].append((part, message))

    def of(self, call: ToolCall) -> Sequence[tuple[ToolCall, Message]]:
        """What replies said under the id of a call."""
        return self._calls.get(call.id or "", ())


def find(scene: Scene) -> Iterator[Problem]:
    """What does not go on, each said once per file."""
    said = Said()
    told: set[tuple[str, str]] = set()
    for exchange in scene.exchanges:
        if exchange.prompt:
            for code, key, message in _of(exchange, exchange.prompt, said):
                if (code, key) not in told:
                    told.add((code, key))
                    yield Problem(code, message, number_of(exchange))
        said.add(exchange)


def _of(exchange: Exchange, prompt: Prompt, said: Said) -> Iterator[tuple[str, str, str]]:
    for message in prompt.messages:
        for call in _calls(message):
            known = said.of(call)
            if not known:
                continue
            if all((call.name, call.arguments) != (other.name, other.arguments) for other, _ in known):
                yield "reply-call-changed", str(call.id), f"call {call.id} comes back otherwise than the model made it"
            texts = {_text(other) for _, other in known}
            if _text(message) and _text(message) not in texts:
                what = f"the text beside call {call.id} comes back otherwise than the model wrote it"
                yield "reply-text-changed", str(call.id), what
    if succeeded(exchange) and exchange.protocol not in ALWAYS_THERE:
        yield from _answers(exchange, prompt)


def _answers(exchange: Exchange, prompt: Prompt) -> Iterator[tuple[str, str, str]]:
    calls = Counter(call.id for message in prompt.messages[:-1] for call in _calls(message) if call.id)
    last = Counter(call.id for message in prompt.messages[-1:] for call in _calls(message) if call.id)
    results = Counter(
        part.id
        for message in prompt.messages
        for part in message.parts
        if isinstance(part, ToolCallResponse) and part.id
    )
    missing = [id_ for id_ in calls if not results[id_]]
    if missing:
        yield "call-unanswered", missing[0], f"no result for call {listed(missing)}"
    twice = [id_ for id_ in results if results[id_] > (calls + last)[id_] > 0]
    if twice:
        yield "call-answered-twice", twice[0], f"more than one result for call {listed(twice)}"
    unknown = [id_ for id_ in results if not (calls + last)[id_]]
    if unknown and not any(parameter(exchange, name) for name in KEPT_THERE):
        yield "result-unasked", unknown[0], f"a result for call {listed(unknown)}, which no message makes"


def _calls(message: Message) -> Iterator[ToolCall]:
    return (part for part in message.parts if isinstance(part, ToolCall))


def _text(message: Message) -> str:
    return "".join(part.content for part in message.parts if isinstance(part, Text))
