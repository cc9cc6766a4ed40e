"""Ollama: chat and generate, streamed as JSON lines and plain, and embeddings.

https://docs.ollama.com/api/chat, https://docs.ollama.com/api/generate, https://docs.ollama.com/api/embed
"""

from typing import Any

from samples.make.case import DATE, Case, Exchange, to_json

ROOT = "https://ollama.example/api"
MODEL = "example-small:1b"
TIME = "2025-01-01T00:00:00.000000Z"
COUNTS = {"total_duration": 182563491, "load_duration": 41717917, "prompt_eval_count": 26, "eval_count": 12}
PIXEL = "R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs="

Json = Any


def _plain(path: str, request: Json, answer: Json, status: int = 200) -> Exchange:
    return Exchange(
        url=f"{ROOT}/{path}",
        headers={"Content-Type": "application/json"},
        body=to_json({"model": MODEL, **request}),
        status=status,
        reply_headers=(("Content-Type", "application/json; charset=utf-8"),),
        reply=to_json(answer).encode(),
    )


def _streamed(path: str, request: Json, *lines: Json) -> Exchange:
    return Exchange(
        url=f"{ROOT}/{path}",
        headers={"Content-Type": "application/json"},
        body=to_json({"model": MODEL, **request, "stream": True}),
        reply_headers=(("Content-Type", "application/x-ndjson"), ("Date", DATE)),
        reply="".join(to_json(line) + "\n" for line in lines).encode(),
        chunked=True,
    )


def _line(**fields: Json) -> Json:
    return {"model": MODEL, "created_at": TIME, **fields, "done": False}


def _says(content: str = "", **more: Json) -> Json:
    return _line(message={"role": "assistant", "content": content, **more})


def _end(**fields: Json) -> Json:
    return {"model": MODEL, "created_at": TIME, **fields, "done": True, "done_reason": "stop", **COUNTS}


LAST = _end(message={"role": "assistant", "content": ""})


def _add() -> tuple[Exchange, ...]:
    numbers = {letter: {"type": "integer"} for letter in "ab"}
    function = {
        "name": "add",
        "description": "Add two numbers",
        "parameters": {"type": "object", "properties": numbers},
    }
    ask: Json = {
        "messages": [{"role": "user", "content": "Add 2 and 3."}],
        "tools": [{"type": "function", "function": function}],
    }
    call = {"function": {"name": "add", "arguments": {"a": 2, "b": 3}}}
    turns = [
        {"role": "assistant", "content": "", "tool_calls": [call]},
        {"role": "tool", "tool_name": "add", "content": "5"},
    ]
    again = {**ask, "messages": ask["messages"] + turns}
    return (
        _streamed("chat", ask, _says(thinking="A tool"), _says(thinking=" adds."), _says(tool_calls=[call]), LAST),
        _streamed("chat", again, _says("The sum"), _says(" is 5."), LAST),
    )


def _picture() -> Exchange:
    asked = {"role": "user", "content": "What is in this picture?", "images": [PIXEL]}
    answer = _end(message={"role": "assistant", "content": "A single black pixel."})
    return _plain("chat", {"messages": [asked], "options": {"temperature": 0}, "stream": False}, answer)


def _cut_off() -> Exchange:
    lines = _streamed(
        "chat", {"messages": [{"role": "user", "content": "Tell me a story."}]}, _says("Once"), _says(" upon")
    )
    return Exchange(
        url=lines.url,
        headers=lines.headers,
        body=lines.body,
        reply_headers=lines.reply_headers,
        reply=lines.reply[:-20],
    )


def _unknown_model() -> Exchange:
    ask = {"messages": [{"role": "user", "content": "Hi"}]}
    return _plain("chat", ask, {"error": f"model '{MODEL}' not found"}, 404)


def _sky(*, stream: bool) -> Exchange:
    ask = {"system": "Answer in one sentence.", "prompt": "Why is the sky blue?"}
    context = {"context": [105, 2364, 107, 54593]}
    if not stream:
        return _plain("generate", {**ask, "stream": False}, _end(response="Air scatters blue light most.", **context))
    pieces = [_line(response=text) for text in ("Air scatters", " blue light", " most.")]
    return _streamed("generate", ask, *pieces, _end(response="", **context))


def _embed() -> Exchange:
    vectors = [[0.25, -0.5, 0.125], [0.5, 0.0, -0.75]]
    answer = {"model": MODEL, "embeddings": vectors, "total_duration": 14143917, "prompt_eval_count": 4}
    return _plain("embed", {"input": ["Ruby", "Python"]}, answer)


CASES = [
    Case("ollama_chat_ndjson_add", _add()),
    Case("ollama_chat_ndjson_cut_off", (_cut_off(),)),
    Case("ollama_chat_picture", (_picture(),)),
    Case("ollama_chat_error_404", (_unknown_model(),)),
    Case("ollama_generate_ndjson_sky", (_sky(stream=True),)),
    Case("ollama_generate_sky", (_sky(stream=False),)),
    Case("ollama_embed_two", (_embed(),)),
]
