"""Chat completions: https://platform.openai.com/docs/api-reference/chat/object and .../chat/streaming

{"id": "c1", "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {"content": "Hi"}, ...}], ...}
{"id": "c1", "object": "chat.completion", "choices": [{"index": 0, "message": {"content": "Hi"}, ...}], ...}
"""

from collections.abc import Iterator, Sequence

from cassette_cli.conversation import Json
from cassette_cli.writing.base import Kept, Request, Sent, dumps, list_of, objects

NAME = "openai.chat_completions"
FRAMING = "sse"

# Fields of which the last one that comes counts, and those of which the first does.
LAST = ("usage", "citations", "search_results")
FIRST = ("id", "created", "model", "service_tier", "system_fingerprint")
TEXTS = ("content", "reasoning_content", "reasoning", "refusal")
THOUGHTS = ("reasoning_content", "reasoning", "reasoning_details")
AUDIO = ("data", "transcript")
DETAILS = ("text", "summary", "signature", "data")


def plain(values: Sequence[Json]) -> Json:
    """A `chat.completion` of chunks."""
    out: dict[str, Json] = {}
    rest = Kept()
    choices: dict[int, _Choice] = {}
    for value in objects(values):
        for name in FIRST:
            if not out.get(name) and name in value:
                out[name] = value[name]
        out.setdefault("object", "chat.completion")
        out.update({name: value[name] for name in LAST if value.get(name)})
        rest.add(value, ("object", "choices", "obfuscation", "p", *FIRST, *LAST))
        for place, choice in enumerate(objects(list_of(value.get("choices")))):
            index = choice.get("index")
            index = index if isinstance(index, int) else place
            choices.setdefault(index, _Choice(index)).add(choice)
    if not choices:
        raise ValueError("the stream brings no message")
    found = [choices[index].build() for index in sorted(choices)]
    usage = {name: out.pop(name) for name in LAST if name in out}
    return {**out, "choices": found, **usage, **rest.fields}


class _Choice:
    def __init__(self, index: int) -> None:
        self.index = index
        self.message = Kept(TEXTS)
        self.rest = Kept(("text",))
        self.calls: list[dict[str, Json]] = []
        self.finish: Json = None
        self.audio = Kept(AUDIO)
        self.details: list[dict[str, Json]] = []
        self.role: Json = None

    def add(self, choice: dict[str, Json]) -> None:
        delta = choice.get("delta")
        self.rest.add(choice, ("index", "delta", "message", "finish_reason"))
        self.finish = choice.get("finish_reason") or self.finish
        if not isinstance(delta, dict):
            return
        self.role = self.role or delta.get("role")
        delta = {**delta, "content": self._content(delta.get("content"))}
        self.message.add(delta, ("role", "tool_calls", "audio", "reasoning_details", "function_call"))
        self.audio.add(delta.get("audio"))
        for call in objects(list_of(delta.get("tool_calls"))):
            self._call(call)
        for detail in objects(list_of(delta.get("reasoning_details"))):
            self._detail(detail)
        called = delta.get("function_call")
        if isinstance(called, dict):
            held: dict[str, Json] = self.message.fields.setdefault("function_call", {})
            _grow(held, called, ("name", "arguments"))

    def _content(self, content: Json) -> Json:
        """Mistral sends content as text or as a list of typed chunks, in one reply both."""
        held = self.message.fields.get("content")
        if isinstance(content, list) and isinstance(held, str):
            self.message.fields["content"] = _chunks(held)
        return _chunks(content) if isinstance(content, str) and isinstance(held, list) else content

    def _call(self, call: dict[str, Json]) -> None:
        """A piece of a call goes to the one of its index; one with another id begins a new call."""
        same = (
            [held for held in self.calls if held.get("index") == call.get("index")]
            if "index" in call
            else self.calls[-1:]
        )
        new = call.get("id") and same and same[-1].get("id") not in (None, "", call["id"])
        if not same or new:
            same = [{"index": call.get("index")}]
            self.calls += same
        held = same[-1]
        function = call.get("function")
        for name, item in call.items():
            if name != "function" and item not in (None, "") and not held.get(name):
                held[name] = item
        if isinstance(function, dict):
            _grow(held.setdefault("function", {}), function, ("arguments",))

    def _detail(self, detail: dict[str, Json]) -> None:
        key = (detail.get("type"), detail.get("index"), detail.get("id"))
        last = self.details[-1] if self.details else None
        if last is None or (last.get("type"), last.get("index")) != key[:2] or last.get("signature"):
            self.details.append(dict(detail))
        else:
            _grow(last, detail, DETAILS)

    def build(self) -> Json:
        message = dict(self.message.fields)
        content = message.pop("content", None)
        built: dict[str, Json] = {
            "role": self.role or "assistant",
            "content": content if content != "" or not self.calls else None,
        }
        built.update(message)
        if self.details:
            built["reasoning_details"] = self.details
        if self.audio.fields:
            built["audio"] = self.audio.fields
        if self.calls:
            built["tool_calls"] = [_without_index(call) for call in self.calls]
        return {"index": self.index, "message": built, **self.rest.fields, "finish_reason": self.finish}


def _chunks(text: str) -> list[Json]:
    return [{"type": "text", "text": text}] if text else []


def _grow(held: dict[str, Json], more: dict[str, Json], texts: Sequence[str]) -> None:
    """Texts grow; of other fields the first that says something counts."""
    for name, item in more.items():
        if name in texts and isinstance(item, str) and isinstance(held.get(name), str):
            held[name] += item
        elif held.get(name) in (None, ""):
            held[name] = item


def _without_index(call: dict[str, Json]) -> Json:
    function = call.get("function")
    rest = {name: item for name, item in call.items() if name not in ("index", "function")}
    named = {"arguments": "", **function} if isinstance(function, dict) else {"arguments": ""}
    return {**rest, "type": rest.get("type", "function"), "function": {"name": named.pop("name", None), **named}}


def stream(value: Json) -> list[Sent]:
    """Chunks of a `chat.completion`: the role, each text, each call, the finish reason, usage, and [DONE]."""
    if not isinstance(value, dict) or not objects(list_of(value.get("choices"))):
        raise ValueError("the reply has no choices")
    base = {name: value[name] for name in FIRST if name in value}
    base = (
        {"id": base.pop("id", None), "object": "chat.completion.chunk", **base}
        if "id" in base
        else {"object": "chat.completion.chunk", **base}
    )
    rest = {name: item for name, item in value.items() if name not in (*base, *LAST, "choices", "object")}
    chunks = [{**base, "choices": [choice]} for each in objects(value["choices"]) for choice in _pieces(each)]
    chunks[0].update(rest)
    last = {name: value[name] for name in LAST if value.get(name)}
    if last:
        chunks.append({**base, "choices": [], **last})
    return [*(Sent(None, dumps(chunk)) for chunk in chunks), Sent(None, "[DONE]")]


def _pieces(choice: dict[str, Json]) -> Iterator[dict[str, Json]]:
    message = choice.get("message")
    message = dict(message) if isinstance(message, dict) else {}
    index = choice.get("index", 0)
    rest = {name: item for name, item in choice.items() if name not in ("index", "message", "finish_reason")}

    def piece(delta: dict[str, Json], **more: Json) -> dict[str, Json]:
        return {"index": index, "delta": delta, **more, "finish_reason": None}

    content = message.pop("content", None)
    first: dict[str, Json] = {"role": message.pop("role", "assistant")}
    yield piece({**first, "content": "" if isinstance(content, str) else None})
    calls = message.pop("tool_calls", None)
    # One delta: a thought that is there under two names is one thought.
    if thought := {name: message.pop(name) for name in THOUGHTS if message.get(name) is not None}:
        yield piece(thought)
    logprobs = {"logprobs": rest.pop("logprobs")} if rest.get("logprobs") else {}
    if content:
        yield piece({"content": content}, **logprobs)
    if message := {name: item for name, item in message.items() if item is not None}:
        yield piece(message)
    for number, call in enumerate(objects(list_of(calls))):
        yield from (piece({"tool_calls": [delta]}) for delta in call_deltas(number, call))
    yield {"index": index, "delta": {}, **rest, "finish_reason": choice.get("finish_reason")}


def call_deltas(number: int, call: dict[str, Json]) -> Iterator[dict[str, Json]]:
    """The two deltas that bring a call: what it is, and its arguments."""
    function = call.get("function")
    function = dict(function) if isinstance(function, dict) else {}
    arguments = function.pop("arguments", None)
    rest = {name: item for name, item in call.items() if name not in ("index", "function")}
    yield {"index": number, **rest, "function": {**function, "arguments": ""}}
    if arguments:
        yield {"index": number, "function": {"arguments": arguments}}


def asking(url: str, request: Json, reply: Json, *, streamed: bool) -> Request:
    """`stream`, and `stream_options`, without which OpenAI streams no usage."""
    options = {"include_usage": True} if streamed and isinstance(reply, dict) and reply.get("usage") else None
    return Request({"stream": streamed, "stream_options": options}, url)
