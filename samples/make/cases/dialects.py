"""What providers make of a protocol that others speak too: each dialect that has fields or events of its own.

Chat completions: https://docs.mistral.ai/capabilities/reasoning/, https://api-docs.deepseek.com/guides/reasoning_model,
https://console.groq.com/docs/compound/built-in-tools, https://docs.perplexity.ai/api-reference/chat-completions-post,
https://learn.microsoft.com/azure/ai-foundry/openai/reference. Messages: Anthropic's server tools, and Vertex AI:
https://docs.anthropic.com/en/api/claude-on-vertex-ai. Gemini: Vertex AI's partial arguments, Code Assist.
"""

import base64
from typing import Any

from samples.make.case import Case, Exchange, to_json

JSON_TYPE = (("Content-Type", "application/json"),)
STREAM_TYPE = (("Content-Type", "text/event-stream"),)
USAGE = {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13}
DONE = "data: [DONE]\n\n"
SIGNATURE = base64.b64encode(b"signed by the stand-in").decode()

Json = Any


def _exchange(url: str, request: Json, reply: str, kind: tuple[tuple[str, str], ...], *, chunked: bool) -> Exchange:
    headers = {"Content-Type": "application/json", "Authorization": "Bearer placeholder"}
    return Exchange(
        url=url, headers=headers, body=to_json(request), reply_headers=kind, reply=reply.encode(), chunked=chunked
    )


def _plain(url: str, request: Json, answer: Json) -> Exchange:
    return _exchange(url, request, to_json(answer), JSON_TYPE, chunked=False)


def _streamed(url: str, request: Json, *events: Json, end: str = "") -> Exchange:
    blocks = [f"{_head(event)}data: {to_json(event)}\n\n" for event in events]
    return _exchange(url, request, "".join(blocks) + end, STREAM_TYPE, chunked=True)


def _head(event: Json) -> str:
    return f"event: {event['type']}\n" if "type" in event else ""


# Chat completions.


def _chat(host: str, *chunks: Json, end: str = DONE, **request: Json) -> Exchange:
    ask = {"model": "example-mini-1", "messages": [{"role": "user", "content": "Hi"}], "stream": True, **request}
    return _streamed(f"https://{host}/v1/chat/completions", ask, *chunks, end=end)


def _chunk(delta: Json, finish: str | None = None, index: int = 0, choice: Json = None, **more: Json) -> Json:
    said = {"index": index, "delta": delta, "finish_reason": finish, **(choice or {})}
    head = {"id": "chatcmpl-sample", "object": "chat.completion.chunk", "created": 1735689600}
    return {**head, "model": "example-mini-1", "choices": [said], **more}


START = {"role": "assistant", "content": ""}


def _mistral() -> Exchange:
    def thinking(text: str) -> Json:
        return {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": text}]}]}

    return _chat(
        "api.mistral.example",
        _chunk(START),
        _chunk(thinking("A greet")),
        _chunk(thinking("ing.")),
        _chunk({"content": "Hello"}),
        _chunk({"content": "!"}, "stop", usage=USAGE),
    )


def _deepseek() -> Exchange:
    return _chat(
        "api.deepseek.example",
        _chunk({"role": "assistant", "content": None, "reasoning_content": ""}),
        _chunk({"content": None, "reasoning_content": "A greet"}),
        _chunk({"content": None, "reasoning_content": "ing."}),
        _chunk({"content": "Hello!", "reasoning_content": None}),
        _chunk({"content": "", "reasoning_content": None}, "stop", usage={**USAGE, "prompt_cache_hit_tokens": 0}),
    )


def _groq() -> Exchange:
    call: Json = {
        "index": 0,
        "type": "python",
        "arguments": '{"code": "print(1 + 1)"}',
        "search_results": {"results": []},
    }
    return _chat(
        "api.groq.example",
        _chunk(START, x_groq={"id": "req_sample"}),
        _chunk({"reasoning": "I compute."}),
        _chunk({"executed_tools": [call]}),
        _chunk({"executed_tools": [{**call, "output": "2\n"}]}),
        _chunk({"content": "It is 2."}),
        _chunk({}, "stop", x_groq={"id": "req_sample", "usage": USAGE}),
    )


def _perplexity() -> Exchange:
    cited: dict[str, Json] = {
        "citations": ["https://ruby.example"],
        "search_results": [{"title": "Ruby", "url": "https://ruby.example"}],
    }
    whole = {"role": "assistant", "content": "A gem[1]."}
    return _chat(
        "api.perplexity.example",
        _chunk(
            {"role": "assistant", "content": "A "},
            choice={"message": {"role": "assistant", "content": "A "}},
            usage=USAGE,
            **cited,
        ),
        _chunk(
            {"content": "gem[1]."},
            choice={"message": whole},
            usage={**USAGE, "total_tokens": 14, "completion_tokens": 5},
            **cited,
        ),
        {
            **_chunk(
                {"content": ""},
                "stop",
                choice={"message": whole},
                usage={**USAGE, "total_tokens": 14, "completion_tokens": 5},
                **cited,
            ),
            "object": "chat.completion.done",
        },
        end="",
    )


def _azure() -> Exchange:
    safe = {"hate": {"filtered": False, "severity": "safe"}}
    first = {"id": "", "object": "", "created": 0, "model": "", "choices": []}
    return _chat(
        "example.openai.azure.example/openai/deployments/example-mini-1",
        {**first, "prompt_filter_results": [{"prompt_index": 0, "content_filter_results": safe}]},
        _chunk(START),
        _chunk({"content": "Hello"}, choice={"content_filter_results": safe}),
        _chunk({}, "stop"),
    )


def _audio() -> Exchange:
    data = base64.b64encode(b"\0" * 12).decode()
    return _chat(
        "api.openai.example",
        _chunk({"role": "assistant", "audio": {"id": "audio_sample", "transcript": "Hel"}}),
        _chunk({"audio": {"transcript": "lo"}}),
        _chunk({"audio": {"data": data}}),
        _chunk({"audio": {"data": data, "expires_at": 1735693200}}),
        _chunk({}, "stop"),
        modalities=["text", "audio"],
    )


def _two() -> Exchange:
    def scored(text: str) -> Json:
        return {"logprobs": {"content": [{"token": text, "logprob": -0.5, "top_logprobs": []}]}}

    return _chat(
        "api.openai.example",
        _chunk(START),
        _chunk(START, index=1),
        _chunk({"content": "He"}, index=1, choice=scored("He")),
        _chunk({"content": "Hi"}, choice=scored("Hi")),
        _chunk({"content": "llo"}, index=1, choice=scored("llo")),
        _chunk({}, "stop"),
        _chunk({}, "stop", 1),
        n=2,
        logprobs=True,
    )


def _function_call() -> Exchange:
    called = {"role": "assistant", "content": None, "function_call": {"name": "add", "arguments": '{"a": 2, "b": 3}'}}
    ask = {
        "model": "example-mini-1",
        "messages": [{"role": "user", "content": "Add 2 and 3."}],
        "functions": [{"name": "add", "parameters": {"type": "object"}}],
    }
    choice = {"index": 0, "message": called, "finish_reason": "function_call"}
    answer = {"id": "chatcmpl-sample", "object": "chat.completion", "model": "example-mini-1", "choices": [choice]}
    return _plain("https://api.openai.example/v1/chat/completions", ask, {**answer, "usage": USAGE})


# Messages of Anthropic.


def _messages(url: str, *blocks: Json, reason: str = "end_turn", **request: Json) -> Exchange:
    head = {"id": "msg_sample", "type": "message", "role": "assistant", "model": "example-large-1", "content": []}
    ask = {"max_tokens": 99, "messages": [{"role": "user", "content": "Hi"}], "stream": True, **request}
    return _streamed(
        url,
        ask,
        {"type": "message_start", "message": {**head, "usage": {"input_tokens": 9, "output_tokens": 1}}},
        *blocks,
        {"type": "message_delta", "delta": {"stop_reason": reason}, "usage": {"output_tokens": 4}},
        {"type": "message_stop"},
    )


def _block(index: int, block: Json, *deltas: Json) -> list[Json]:
    return [
        {"type": "content_block_start", "index": index, "content_block": block},
        *({"type": "content_block_delta", "index": index, "delta": delta} for delta in deltas),
        {"type": "content_block_stop", "index": index},
    ]


def _server_tools() -> Exchange:
    page = {
        "type": "web_search_result",
        "title": "Ruby",
        "url": "https://ruby.example",
        "encrypted_content": "c2VhbGVk",
    }
    cited = {"type": "web_search_result_location", "url": page["url"], "title": "Ruby", "cited_text": "Ruby is a gem."}
    wiki = {"type": "mcp_tool_use", "id": "mcptoolu_sample", "name": "ask", "server_name": "wiki", "input": {}}
    return _messages(
        "https://api.anthropic.example/v1/messages",
        *_block(
            0,
            {"type": "server_tool_use", "id": "srvtoolu_sample", "name": "web_search", "input": {}},
            {"type": "input_json_delta", "partial_json": ""},
            {"type": "input_json_delta", "partial_json": '{"query": "ruby"}'},
        ),
        *_block(1, {"type": "web_search_tool_result", "tool_use_id": "srvtoolu_sample", "content": [page]}),
        *_block(2, wiki, {"type": "input_json_delta", "partial_json": '{"about": "ruby"}'}),
        *_block(
            3,
            {
                "type": "mcp_tool_result",
                "tool_use_id": "mcptoolu_sample",
                "is_error": False,
                "content": [{"type": "text", "text": "A gem."}],
            },
        ),
        *_block(4, {"type": "redacted_thinking", "data": SIGNATURE}),
        *_block(
            5,
            {"type": "text", "text": "", "citations": []},
            {"type": "citations_delta", "citation": cited},
            {"type": "text_delta", "text": "Ruby is a gem."},
        ),
        model="example-large-1",
    )


def _vertex() -> Exchange:
    root = "https://us-east5-aiplatform.googleapis.example/v1/projects/sample/locations/us-east5"
    url = f"{root}/publishers/anthropic/models/example-large@20250101:streamRawPredict"
    text = _block(0, {"type": "text", "text": ""}, {"type": "text_delta", "text": "Hello!"})
    return _messages(url, *text, anthropic_version="vertex-2023-10-16")


# Gemini.


def _gemini(*parts: Json, finish: str | None = None, **candidate: Json) -> Json:
    said = {
        "content": {"role": "model", "parts": list(parts)},
        **({"finishReason": finish} if finish else {}),
        **candidate,
    }
    return {"candidates": [said], "modelVersion": "gemini-example-flash", "responseId": "sampleResponse2"}


ASK = {"contents": [{"role": "user", "parts": [{"text": "Hi"}]}]}


def _partial_arguments() -> Exchange:
    root = "https://aiplatform.googleapis.example/v1/projects/sample/locations/global/publishers/google"
    go = {"willContinue": True}

    def piece(path: str, text: str, **more: Json) -> Json:
        return {"functionCall": {"partialArgs": [{"jsonPath": path, "stringValue": text, **more}], **go}}

    return _streamed(
        f"{root}/models/gemini-example-flash:streamGenerateContent?alt=sse",
        ASK,
        _gemini({"functionCall": {"name": "greet", **go}, "thoughtSignature": SIGNATURE}),
        _gemini(piece("$.who.name", "Ru", **go)),
        _gemini(piece("$.who.name", "by")),
        _gemini({"functionCall": {}}, finish="STOP"),
    )


def _code_execution() -> Exchange:
    grounded = {
        "webSearchQueries": ["ruby"],
        "groundingChunks": [{"web": {"uri": "https://ruby.example", "title": "Ruby"}}],
    }
    return _streamed(
        "https://generativelanguage.googleapis.example/v1beta/models/gemini-example-flash:streamGenerateContent?alt=sse",
        {**ASK, "tools": [{"codeExecution": {}}, {"googleSearch": {}}]},
        _gemini({"executableCode": {"language": "PYTHON", "code": "print(1 + 1)"}}),
        _gemini({"codeExecutionResult": {"outcome": "OUTCOME_OK", "output": "2\n"}}),
        _gemini({"text": "It is 2."}, finish="STOP", groundingMetadata=grounded),
    )


def _code_assist() -> Exchange:
    return _streamed(
        "https://cloudcode-pa.googleapis.example/v1internal:streamGenerateContent?alt=sse",
        {"model": "gemini-example-flash", "project": "sample", "request": ASK},
        {"response": _gemini({"text": "Hel"})},
        {"response": _gemini({"text": "lo!"}, finish="STOP"), "traceId": "trace-sample"},
    )


# The Responses API.


def _response_items() -> Exchange:
    thought = {
        "type": "reasoning",
        "id": "rs_sample",
        "summary": [{"type": "summary_text", "text": "I ask the wiki."}],
        "encrypted_content": SIGNATURE,
    }
    asked = {
        "type": "mcp_call",
        "id": "mcp_sample",
        "name": "ask",
        "server_label": "wiki",
        "arguments": "{}",
        "output": "A gem.",
    }
    code = {
        "type": "code_interpreter_call",
        "id": "ci_sample",
        "status": "completed",
        "code": "1 + 1",
        "container_id": "cntr_sample",
        "outputs": [{"type": "logs", "logs": "2"}],
    }
    custom = {"type": "custom_tool_call", "id": "ctc_sample", "call_id": "call_sample", "name": "sh", "input": "ls"}
    items: list[Json] = [thought, asked, code, custom]
    head = {"id": "resp_sample", "object": "response", "model": "example-large-1", "output": []}
    blank: dict[str, Json] = {"summary": [], "arguments": "", "output": None, "code": "", "outputs": None, "input": ""}
    events: list[Json] = [{"type": "response.created", "response": {**head, "status": "in_progress"}}]
    for place, item in enumerate(items):
        opened = {name: blank.get(name, value) for name, value in item.items()}
        events.append({"type": "response.output_item.added", "output_index": place, "item": opened})
        events += [{"output_index": place, "item_id": item["id"], **piece} for piece in _pieces(item)]
        events.append({"type": "response.output_item.done", "output_index": place, "item": item})
    usage = {"input_tokens": 9, "output_tokens": 4, "total_tokens": 13}
    final = {
        **head,
        "status": "incomplete",
        "incomplete_details": {"reason": "max_output_tokens"},
        "output": items,
        "usage": usage,
    }
    events.append({"type": "response.incomplete", "response": final})
    numbered = [{**event, "sequence_number": number} for number, event in enumerate(events)]
    return _streamed(
        "https://api.openai.example/v1/responses",
        {"model": "example-large-1", "input": "Hi", "stream": True},
        *numbered,
    )


def _pieces(item: Json) -> list[Json]:
    """The deltas of one item's text, and that text whole."""
    kinds = {
        "mcp_call": ("mcp_call_arguments", "arguments"),
        "code_interpreter_call": ("code_interpreter_call_code", "code"),
        "custom_tool_call": ("custom_tool_call_input", "input"),
    }
    if item["type"] == "reasoning":
        [summary], at = item["summary"], {"summary_index": 0}
        return [
            {"type": "response.reasoning_summary_part.added", **at, "part": {"type": "summary_text", "text": ""}},
            {"type": "response.reasoning_summary_text.delta", **at, "delta": summary["text"]},
            {"type": "response.reasoning_summary_text.done", **at, "text": summary["text"]},
            {"type": "response.reasoning_summary_part.done", **at, "part": summary},
        ]
    kind, field = kinds[item["type"]]
    return [
        {"type": f"response.{kind}.delta", "delta": item[field]},
        {"type": f"response.{kind}.done", field: item[field]},
    ]


CASES = [
    Case("openai_chat_sse_mistral", (_mistral(),)),
    Case("openai_chat_sse_deepseek", (_deepseek(),)),
    Case("openai_chat_sse_groq", (_groq(),)),
    Case("openai_chat_sse_perplexity", (_perplexity(),)),
    Case("openai_chat_sse_azure", (_azure(),)),
    Case("openai_chat_sse_audio", (_audio(),)),
    Case("openai_chat_sse_two", (_two(),)),
    Case("openai_chat_function_call", (_function_call(),)),
    Case("anthropic_sse_server_tools", (_server_tools(),)),
    Case("anthropic_sse_vertex", (_vertex(),)),
    Case("google_generate_content_sse_partial_arguments", (_partial_arguments(),)),
    Case("google_generate_content_sse_code_execution", (_code_execution(),)),
    Case("google_generate_content_sse_code_assist", (_code_assist(),)),
    Case("openai_responses_sse_items", (_response_items(),)),
]
