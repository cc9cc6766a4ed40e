"""OpenAI's APIs beside chat and responses: completions, embeddings, images, audio, moderations, assistants.

https://platform.openai.com/docs/api-reference
"""

import base64
import struct
from typing import Any

from samples.make.case import Case, Exchange, to_json

ROOT = "https://api.openai.example/v1"
JSON_TYPE = (("Content-Type", "application/json"),)
STREAM_TYPE = (("Content-Type", "text/event-stream; charset=utf-8"),)
USAGE = {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13}
PIXEL = "R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs="

Json = Any


def _exchange(path: str, request: Json, **answer: Json) -> Exchange:
    headers = {"Content-Type": "application/json", "Authorization": "Bearer placeholder"}
    return Exchange(url=f"{ROOT}/{path}", headers=headers, body=to_json(request) if request else "", **answer)


def _plain(path: str, request: Json, answer: Json, **more: Json) -> Exchange:
    return _exchange(path, request, reply_headers=JSON_TYPE, reply=to_json(answer).encode(), **more)


def _streamed(path: str, request: Json, *events: Json) -> Exchange:
    reply = "".join([*(f"data: {to_json(event)}\n\n" for event in events), "data: [DONE]\n\n"]).encode()
    return _exchange(path, {**request, "stream": True}, reply_headers=STREAM_TYPE, reply=reply, chunked=True)


# Completions: two at once, one of them shorter.

ASK = {"model": "example-instruct", "prompt": "Once upon", "max_tokens": 4}


def _completion(*choices: tuple[int, str, str | None], **more: Json) -> Json:
    found = [
        {"index": index, "text": text, "logprobs": None, "finish_reason": finish} for index, text, finish in choices
    ]
    return {"id": "cmpl-sample", "object": "text_completion", "model": "example-instruct", "choices": found, **more}


def _two_completions() -> Exchange:
    return _streamed(
        "completions",
        {**ASK, "n": 2, "stream_options": {"include_usage": True}},
        _completion((0, " a", None)),
        _completion((1, " a midnight", None)),
        _completion((0, " time", "stop")),
        _completion((1, " dreary", "length")),
        _completion(usage=USAGE),
    )


def _one_completion() -> Exchange:
    return _plain("completions", ASK, _completion((0, " a time", "stop"), usage=USAGE))


def _embeddings(coding: str) -> Exchange:
    vectors: list[Json] = [[0.25, -0.5, 0.125], [0.5, 0.0, -0.75]]
    if coding == "base64":
        vectors = [base64.b64encode(struct.pack("<3f", *vector)).decode() for vector in vectors]
    data = [{"object": "embedding", "index": index, "embedding": vector} for index, vector in enumerate(vectors)]
    answer = {
        "object": "list",
        "data": data,
        "model": "example-embed",
        "usage": {"prompt_tokens": 2, "total_tokens": 2},
    }
    request = {"model": "example-embed", "input": ["Ruby", "Python"], "encoding_format": coding}
    return _plain("embeddings", request, answer)


def _image() -> Exchange:
    image = {"b64_json": PIXEL, "revised_prompt": "A single black pixel on a black ground"}
    answer = {"created": 1735689600, "data": [image], "output_format": "gif"}
    return _plain("images/generations", {"model": "example-image", "prompt": "A black pixel", "size": "1x1"}, answer)


def _image_streamed() -> Exchange:
    usage = {"input_tokens": 5, "output_tokens": 10, "total_tokens": 15}
    return _streamed(
        "images/generations",
        {"model": "example-image", "prompt": "A black pixel", "partial_images": 1},
        {"type": "image_generation.partial_image", "b64_json": PIXEL, "partial_image_index": 0},
        {"type": "image_generation.completed", "b64_json": PIXEL, "output_format": "gif", "usage": usage},
    )


def _speech() -> Exchange:
    usage = {"input_tokens": 3, "output_tokens": 12, "total_tokens": 15}
    return _streamed(
        "audio/speech",
        {"model": "example-speech", "input": "Hello", "voice": "calm", "stream_format": "sse"},
        {"type": "speech.audio.delta", "audio": base64.b64encode(b"\0" * 12).decode()},
        {"type": "speech.audio.delta", "audio": base64.b64encode(b"\0" * 5).decode()},
        {"type": "speech.audio.done", "usage": usage},
    )


def _transcript() -> Exchange:
    """A form with a file."""
    form = ("model", "", "example-transcribe"), ("file", '; filename="hello.txt"\r\nContent-Type: text/plain', "Hello")
    parts = [
        f'--sample\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{text}\r\n'
        for name, more, text in form
    ]
    usage = {"type": "tokens", "input_tokens": 7, "output_tokens": 2, "total_tokens": 9}
    headers = {"Content-Type": "multipart/form-data; boundary=sample", "Authorization": "Bearer placeholder"}
    return Exchange(
        url=f"{ROOT}/audio/transcriptions",
        headers=headers,
        body="".join(parts) + "--sample--\r\n",
        reply_headers=JSON_TYPE,
        reply=to_json({"text": "Hello", "usage": usage}).encode(),
    )


def _verdict() -> Exchange:
    verdict = {"flagged": False, "categories": {"violence": False}, "category_scores": {"violence": 0.01}}
    request = {"model": "example-moderation", "input": ["I like you."]}
    return _plain("moderations", request, {"id": "modr-sample", "model": "example-moderation", "results": [verdict]})


# An assistant's run that computes, streamed; then one that is polled for and wants a function called.


def _run(status: str, **more: Json) -> Json:
    head = {"id": "run_sample", "object": "thread.run", "thread_id": "thread_sample", "assistant_id": "asst_sample"}
    return {**head, "status": status, "model": "example-small", "usage": None, **more}


def _computed() -> Exchange:
    def step(*calls: Json) -> Json:
        details = {"type": "tool_calls", "tool_calls": list(calls)}
        return {"id": "step_sample", "object": "thread.run.step.delta", "delta": {"step_details": details}}

    def piece(source: str, **more: Json) -> Json:
        return {"index": 0, "type": "code_interpreter", "code_interpreter": {"input": source}, **more}

    def text(value: str) -> Json:
        content = [{"index": 0, "type": "text", "text": {"value": value}}]
        return {"id": "msg_sample", "object": "thread.message.delta", "delta": {"content": content}}

    done = {"type": "text", "text": {"value": "It is 2.", "annotations": []}}
    message = {
        "id": "msg_sample",
        "object": "thread.message",
        "status": "completed",
        "role": "assistant",
        "content": [done],
    }
    return _streamed(
        "threads/thread_sample/runs",
        {"assistant_id": "asst_sample", "instructions": "Compute."},
        _run("queued"),
        step(piece("", id="call_sample")),
        step(piece("1 +")),
        step(piece(" 1")),
        text("It is"),
        text(" 2."),
        message,
        _run("completed", usage=USAGE),
    )


def _polled() -> tuple[Exchange, ...]:
    call = {"id": "call_sample", "type": "function", "function": {"name": "add", "arguments": '{"a": 1, "b": 1}'}}
    action = {"type": "submit_tool_outputs", "submit_tool_outputs": {"tool_calls": [call]}}
    outputs = {"tool_outputs": [{"tool_call_id": "call_sample", "output": "2"}]}
    said = {"type": "text", "text": {"value": "It is 2.", "annotations": []}}
    messages = [{"id": "msg_sample", "object": "thread.message", "role": "assistant", "content": [said]}]
    runs = "threads/thread_sample/runs"
    return (
        _plain(runs, {"assistant_id": "asst_sample"}, _run("queued")),
        _plain(f"{runs}/run_sample", None, _run("requires_action", required_action=action), method="GET"),
        _plain(f"{runs}/run_sample/submit_tool_outputs", outputs, _run("queued")),
        _plain("threads/thread_sample/messages", None, {"object": "list", "data": messages}, method="GET"),
    )


CASES = [
    Case("openai_completions_sse_two", (_two_completions(),)),
    Case("openai_completions_text", (_one_completion(),)),
    Case("openai_embeddings_float", (_embeddings("float"),)),
    Case("openai_embeddings_base64", (_embeddings("base64"),)),
    Case("openai_images_pixel", (_image(),)),
    Case("openai_images_sse_pixel", (_image_streamed(),)),
    Case("openai_audio_sse_speech", (_speech(),)),
    Case("openai_audio_transcript", (_transcript(),)),
    Case("openai_moderations_one", (_verdict(),)),
    Case("openai_assistants_sse_code", (_computed(),)),
    Case("openai_assistants_polled", _polled()),
]
