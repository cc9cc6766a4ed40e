"""Gemini: contents, plain and streamed, embeddings, and interactions.

https://ai.google.dev/api/generate-content, https://ai.google.dev/api/embeddings,
https://ai.google.dev/gemini-api/docs/interactions/streaming
"""

import base64
import json
from typing import Any

from samples.make.case import Case, Exchange, to_json

ROOT = "https://generativelanguage.googleapis.example/v1beta"
MODEL = "gemini-example-flash"
JSON_TYPE = (("Content-Type", "application/json; charset=UTF-8"),)
STREAM_TYPE = (("Content-Type", "text/event-stream"),)
SIGNATURE = base64.b64encode(b"signed by the stand-in").decode()

Json = Any


def _exchange(path: str, request: Json, **answer: Json) -> Exchange:
    headers = {"Content-Type": "application/json", "X-Goog-Api-Key": "placeholder"}
    return Exchange(url=f"{ROOT}/{path}", headers=headers, body=to_json(request), **answer)


def _ask(text: str, **more: Json) -> Json:
    return {"contents": [{"role": "user", "parts": [{"text": text}]}], **more}


def _piece(*parts: Json, output: int, thoughts: int = 0, finish: str | None = None, prompt: int = 24) -> Json:
    """An event of a reply: its parts, and the counts so far."""
    candidate = {"content": {"parts": list(parts), "role": "model"}, "index": 0}
    usage = {"promptTokenCount": prompt, "candidatesTokenCount": output, "totalTokenCount": prompt + output + thoughts}
    return {
        "candidates": [candidate | ({"finishReason": finish} if finish else {})],
        "usageMetadata": usage | ({"thoughtsTokenCount": thoughts} if thoughts else {}),
        "modelVersion": MODEL,
        "responseId": "sampleResponse1",
    }


def _sse(*values: Json) -> bytes:
    """Google ends the lines of its streams with CR LF."""
    return "".join(f"data: {to_json(value)}\r\n\r\n" for value in values).encode()


def _array(*values: Json) -> bytes:
    """The answer without `alt=sse`: elements indented, and a comma on a line of its own."""
    return ("[" + "\n,\r\n".join(json.dumps(value, ensure_ascii=False, indent=2) for value in values) + "\n]").encode()


# Add and multiply: two calls in one reply, the first of them signed; their results; an answer.


def _declaration(name: str, description: str) -> Json:
    numbers = {letter: {"type": "INTEGER"} for letter in "ab"}
    return {"name": name, "description": description, "parameters": {"type": "OBJECT", "properties": numbers}}


NUMBERS = {"a": 2, "b": 3}
DECLARATIONS = [_declaration("add", "Add two numbers"), _declaration("multiply", "Multiply two numbers")]
CALLS = [
    {"functionCall": {"name": "add", "args": NUMBERS}, "thoughtSignature": SIGNATURE},
    {"functionCall": {"name": "multiply", "args": NUMBERS}},
]


def _result(name: str, text: str) -> Json:
    return {"functionResponse": {"name": name, "response": {"result": text}}}


def _add_multiply() -> tuple[Exchange, ...]:
    system = {"parts": [{"text": "Use both tools at the same time."}]}
    tools = [{"functionDeclarations": DECLARATIONS}]
    thinking = {"thinkingConfig": {"includeThoughts": True}}
    first = _ask("Add and multiply 2 and 3.", systemInstruction=system, tools=tools, generationConfig=thinking)
    results = [_result("add", "5"), _result("multiply", "6")]
    turns = [{"role": "model", "parts": CALLS}, {"role": "user", "parts": results}]
    second = {**first, "contents": first["contents"] + turns}
    asked = _sse(
        _piece({"text": "Two numbers,", "thought": True}, output=0, thoughts=12),
        _piece({"text": " two tools.\n", "thought": True}, output=0, thoughts=31),
        _piece(*CALLS, output=28, thoughts=31, finish="STOP"),
    )
    answered = _sse(
        _piece({"text": "The sum is 5"}, output=5, prompt=96),
        _piece({"text": " and the product is 6."}, output=13, prompt=96),
        _piece({"text": "", "thoughtSignature": SIGNATURE}, output=13, prompt=96, finish="STOP"),
    )
    path = f"models/{MODEL}:streamGenerateContent?alt=sse"
    return (
        _exchange(path, first, reply_headers=STREAM_TYPE, reply=asked, chunked=True),
        _exchange(path, second, reply_headers=STREAM_TYPE, reply=answered, chunked=True),
    )


# One question each.


def _thinking() -> Exchange:
    reply = _array(
        _piece({"text": "2028 divides by 4.", "thought": True}, output=0, thoughts=20),
        _piece({"text": "Yes, 2028"}, output=6, thoughts=20),
        _piece({"text": " is a leap year 📅."}, output=12, thoughts=20, finish="STOP"),
    )
    path = f"models/{MODEL}:streamGenerateContent"
    return _exchange(path, _ask("Is 2028 a leap year?"), reply_headers=JSON_TYPE, reply=reply, chunked=True)


def _text() -> Exchange:
    value = _piece({"text": 'A cassette is a "recording" of HTTP.\nNothing more.'}, output=12, finish="STOP")
    reply = json.dumps(value, indent=2).encode() + b"\n"
    path = f"models/{MODEL}:generateContent"
    return _exchange(path, _ask("What is a cassette?"), reply_headers=JSON_TYPE, reply=reply)


def _refused() -> Exchange:
    error = {"code": 400, "message": "contents is not specified", "status": "INVALID_ARGUMENT"}
    reply = json.dumps({"error": error}, indent=2).encode() + b"\n"
    path = f"models/{MODEL}:generateContent"
    return _exchange(path, {"contents": []}, status=400, reply_headers=JSON_TYPE, reply=reply)


def _embeddings() -> Exchange:
    model = "models/embedding-example-001"
    requests = [{"model": model, "content": {"parts": [{"text": text}]}} for text in ("lamp", "desk")]
    vectors = [{"values": [0.25, -0.5, 0.125, 1]}, {"values": [-0.75, 0.5, 0, 0.0625]}]
    reply = json.dumps({"embeddings": vectors}, indent=2).encode() + b"\n"
    return _exchange(f"{model}:batchEmbedContents", {"requests": requests}, reply_headers=JSON_TYPE, reply=reply)


def _event(kind: str, **fields: Json) -> str:
    return f"event: {kind}\ndata: {to_json({**fields, 'event_type': kind})}\n\n"


def _interaction() -> Exchange:
    head = {"id": "v1_sample1", "model": MODEL, "object": "interaction"}
    usage = {"total_input_tokens": 9, "total_output_tokens": 8, "total_thought_tokens": 20, "total_tokens": 37}
    reply = (
        _event("interaction.created", interaction={**head, "status": "in_progress"})
        + _event("step.start", index=0, step={"type": "thought"})
        + _event("step.delta", index=0, delta={"type": "thought_signature", "signature": SIGNATURE})
        + _event("step.stop", index=0)
        + _event("step.start", index=1, step={"type": "model_output"})
        + _event("step.delta", index=1, delta={"type": "text", "text": "Yes, 2028"})
        + _event("step.delta", index=1, delta={"type": "text", "text": " is a leap year."})
        + _event("step.stop", index=1)
        + _event("interaction.completed", interaction={**head, "status": "completed", "usage": usage})
        + "event: done\ndata: [DONE]\n\n"
    )
    request = {"model": MODEL, "input": "Is 2028 a leap year?", "stream": True}
    path = "interactions?alt=sse"
    return _exchange(path, request, reply_headers=STREAM_TYPE, reply=reply.encode(), chunked=True)


def _interaction_whole() -> Exchange:
    steps = [
        {"type": "thought", "signature": SIGNATURE, "summary": [{"type": "text", "text": "Divisible by four."}]},
        {"type": "model_output", "content": [{"type": "text", "text": "Yes."}]},
    ]
    usage = {"total_input_tokens": 8, "total_output_tokens": 2, "total_thought_tokens": 5, "total_tokens": 15}
    answer = {"id": "v1_sample", "object": "interaction", "model": MODEL, "status": "completed", "steps": steps}
    reply = to_json({**answer, "role": "model", "usage": usage}).encode()
    return _exchange(
        "interactions", {"model": MODEL, "input": "Is 2028 a leap year?"}, reply_headers=JSON_TYPE, reply=reply
    )


def _counted() -> Exchange:
    reply = {"totalTokens": 7, "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 7}]}
    return _exchange(
        f"models/{MODEL}:countTokens", _ask("How many?"), reply_headers=JSON_TYPE, reply=to_json(reply).encode()
    )


def _cached() -> Exchange:
    request = {"model": f"models/{MODEL}", **_ask("Long ago."), "ttl": "300s"}
    reply = {"name": "cachedContents/sample", "model": f"models/{MODEL}", "usageMetadata": {"totalTokenCount": 1081}}
    return _exchange("cachedContents", request, reply_headers=JSON_TYPE, reply=to_json(reply).encode())


CASES = [
    Case("google_generate_content_sse_add_multiply", _add_multiply()),
    Case("google_generate_content_json_array_thinking", (_thinking(),)),
    Case("google_generate_content_text", (_text(),)),
    Case("google_generate_content_error_400", (_refused(),)),
    Case("google_embed_content_batch", (_embeddings(),)),
    Case("google_interactions_sse_thinking", (_interaction(),)),
    Case("google_interactions_thinking", (_interaction_whole(),)),
    Case("google_count_tokens_one", (_counted(),)),
    Case("google_cached_content_one", (_cached(),)),
]
