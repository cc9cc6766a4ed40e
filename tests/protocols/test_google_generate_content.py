"""Gemini's generateContent: which calls it is, what requests say, plain replies."""

import copy

import pytest
from reading import events_of, read, short

from cassette_cli.conversation import (
    Json,
    Media,
    Message,
    Part,
    Prompt,
    Reasoning,
    ServerToolCall,
    ServerToolCallResponse,
    Text,
    Tool,
    ToolCall,
    ToolCallResponse,
    Unknown,
    Usage,
)
from cassette_cli.protocols import detect, google_generate_content
from cassette_cli.protocols.base import Call

HOST = "https://generativelanguage.googleapis.com"
VERTEX = "https://aiplatform.googleapis.com/v1beta1/projects/p/locations/global/publishers/google/models"
ASKS: Json = {"contents": [{"role": "user", "parts": [{"text": "Hi"}]}]}
ANSWER: Json = {"candidates": [{"content": {"parts": [{"text": "Hello"}], "role": "model"}}], "usageMetadata": {}}


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (f"{HOST}/v1beta/models/gemini-2.5-flash:generateContent", ASKS, ANSWER),
        (f"{HOST}/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse", ASKS, ANSWER),
        (f"{HOST}/v1beta/models/gemini-2.5-flash%3AgenerateContent?key=x", None, None),
        (f"{HOST}/v1beta/tunedModels/mine:generateContent", ASKS, {"error": {"code": 400}}),
        (f"{VERTEX}/gemini-2.5-flash:streamGenerateContent", ASKS, [ANSWER]),
        ("/v1beta/models/gemini-2.5-flash:generateContent", None, None),
        ("https://cloudcode-pa.googleapis.com/v1internal:streamGenerateContent?alt=sse", {"request": ASKS}, None),
        ("https://gateway.example/gemini", ASKS, ANSWER),
        ("", None, ANSWER),
        ("", None, [ANSWER]),
        ("", None, {"candidates": [{"finishReason": "STOP"}], "modelVersion": "gemini-2.5-flash"}),
    ],
)
def test_calls_of_this_protocol(url: str, request_: Json, response: Json) -> None:
    call = Call("POST", url, request_, response)
    assert google_generate_content.matches(call)
    assert detect(call) is google_generate_content


@pytest.mark.parametrize(
    ("url", "request_", "response"),
    [
        (f"{HOST}/v1beta/models/gemini-2.5-flash:countTokens", ASKS, {"totalTokens": 3}),
        (f"{HOST}/v1beta/models/gemini-2.5-flash:batchGenerateContent", {"batch": {}}, {"name": "batches/1"}),
        (f"{HOST}/v1beta/models/gemini-embedding-001:embedContent", {"content": {}}, {"embedding": {}}),
        (f"{HOST}/v1beta/models/gemini-2.5-flash", None, {"name": "models/gemini-2.5-flash"}),
        (f"{HOST}/v1beta/openai/chat/completions", {"messages": []}, {"choices": [], "object": "chat.completion"}),
        (f"{VERTEX}/claude:streamRawPredict", {"messages": [], "anthropic_version": "v"}, {"type": "message_start"}),
        ("https://api.example/election", None, {"candidates": [{"name": "Ann"}]}),
        ("https://api.example/places", None, {"candidates": [{"content": "x"}], "status": "OK"}),
        ("", None, None),
        ("", None, []),
    ],
)
def test_other_calls(url: str, request_: Json, response: Json) -> None:
    assert not google_generate_content.matches(Call("POST", url, request_, response))


PNG = {"mimeType": "image/png", "data": "aGVsbG8="}


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"role": "user", "parts": [{"text": "Hi"}]}, Message("user", (Text("Hi"),))),
        ({"parts": [{"text": "Hi"}]}, Message("user", (Text("Hi"),))),
        ({"parts": [{"text": "a"}, {"text": "b"}]}, Message("user", (Text("ab"),))),
        ({"parts": {"text": "Hi"}}, Message("user", (Text("Hi"),))),
        ({"parts": "Hi"}, Message("user", (Text("Hi"),))),
        ("Hi", Message("user", (Text("Hi"),))),
        ({"role": "user"}, Message("user", ())),
        (3, Message("user", (Unknown(None, 3),))),
        (
            {"role": "user", "parts": [{"inlineData": PNG}, {"text": "What is it?"}]},
            Message("user", (Media("image", "image/png", 5), Text("What is it?"))),
        ),
        (
            {"role": "user", "parts": [{"inline_data": {"mime_type": "application/pdf", "data": "aGVsbG8="}}]},
            Message("user", (Media("file", "application/pdf", 5),)),
        ),
        (
            {"parts": [{"fileData": {"mimeType": "video/mp4", "fileUri": "https://x/v.mp4", "displayName": "v"}}]},
            Message(
                "user",
                (Media("video", "video/mp4", uri="https://x/v.mp4"),),
                extra={"parts": {"0": {"fileData": {"displayName": "v"}}}},
            ),
        ),
        (
            {"parts": [{"text": "a"}, {"fileData": {"fileUri": "gs://x"}, "videoMetadata": {"fps": 2}}]},
            Message(
                "user",
                (Text("a"), Media("file", uri="gs://x")),
                extra={"parts": {"1": {"videoMetadata": {"fps": 2}}}},
            ),
        ),
        (
            {"role": "model", "parts": [{"text": "Hm", "thought": True}, {"text": "Yes.", "thought": False}]},
            Message("model", (Reasoning("Hm"), Text("Yes."))),
        ),
        (
            {"role": "model", "parts": [{"function_call": {"id": "1", "name": "f", "args": {"my_key": 1}}}]},
            Message("model", (ToolCall("1", "f", {"my_key": 1}, '{"my_key":1}'),)),
        ),
        (
            {"role": "model", "parts": [{"functionCall": {"name": "f"}, "thought_signature": "s"}]},
            Message("model", (ToolCall(None, "f", {}, "", "s"),)),
        ),
        (
            {"role": "user", "parts": [{"functionResponse": {"name": "f", "response": {"result": "5"}}}]},
            Message("user", (ToolCallResponse(None, '{"result":"5"}', "f"),)),
        ),
        (
            {"parts": [{"functionResponse": {"id": "1", "name": "f", "response": "5", "scheduling": "SILENT"}}]},
            Message(
                "user",
                (ToolCallResponse("1", "5", "f"),),
                extra={"parts": {"0": {"functionResponse": {"scheduling": "SILENT"}}}},
            ),
        ),
        (
            {
                "parts": [
                    {
                        "function_response": {
                            "id": "1",
                            "response": {"my_key": "a"},
                            "parts": [{"file_data": {"file_uri": "gs://x", "mime_type": "application/pdf"}}, 3],
                        }
                    }
                ]
            },
            Message(
                "user",
                (
                    ToolCallResponse(
                        "1",
                        (Text('{"my_key":"a"}'), Media("file", "application/pdf", uri="gs://x"), Unknown(None, 3)),
                        None,
                    ),
                ),
            ),
        ),
        (
            {"parts": [{"toolCall": {"id": "1", "tool_type": "FILE_SEARCH"}}, {"toolResponse": {"id": "1", "x": 2}}]},
            Message(
                "user",
                (
                    ServerToolCall("1", "FILE_SEARCH", {}, "", "toolCall"),
                    ServerToolCallResponse("1", {"x": 2}, "toolResponse"),
                ),
            ),
        ),
        ({"parts": [{"hologram": {"x": 1}}]}, Message("user", (Unknown("hologram", {"hologram": {"x": 1}}),))),
        ({"parts": [{"text": "Hi"}], "cached": 1}, Message("user", (Text("Hi"),), extra={"cached": 1})),
    ],
)
def test_messages_of_requests(sent: Json, message: Message) -> None:
    before = copy.deepcopy(sent)
    assert google_generate_content.prompt({"contents": [sent]}).messages == (message,)
    assert sent == before


def test_a_request() -> None:
    schema = {"type": "OBJECT"}
    request: Json = {
        "model": "models/gemini-2.5-flash",
        "systemInstruction": {"role": "user", "parts": [{"text": "Be terse."}]},
        "contents": [{"role": "user", "parts": [{"text": "Hi"}]}],
        "tools": [
            {
                "functionDeclarations": [
                    {"name": "f", "description": "F", "parameters": schema},
                    {"name": "g", "parametersJsonSchema": {"type": "object"}, "behavior": "BLOCKING"},
                ],
                "googleSearch": {},
            },
            {"fileSearch": {"stores": ["s"]}},
        ],
        "generationConfig": {"maxOutputTokens": 10},
        "safetySettings": None,
    }
    assert google_generate_content.prompt(request) == Prompt(
        model="models/gemini-2.5-flash",
        messages=(Message("system", (Text("Be terse."),)), Message("user", (Text("Hi"),))),
        tools=(
            Tool("f", "F", schema),
            Tool("g", None, {"type": "object"}, extra={"behavior": "BLOCKING"}),
            Tool(None, kind="googleSearch"),
            Tool(None, kind="fileSearch", extra={"stores": ["s"]}),
        ),
        parameters={"generationConfig": {"maxOutputTokens": 10}, "safetySettings": None},
    )


@pytest.mark.parametrize(
    ("request_", "prompt"),
    [
        (None, Prompt(parameters={})),
        ([], Prompt(parameters={})),
        ({"contents": "Hi", "tools": {}}, Prompt(parameters={"contents": "Hi", "tools": {}})),
        (
            {"system_instruction": "Be terse.", "tools": [{"function_declarations": [{"name": "f"}]}]},
            Prompt(messages=(Message("system", (Text("Be terse."),)),), tools=(Tool("f"),), parameters={}),
        ),
        ({"tools": [3, {"functionDeclarations": 3}]}, Prompt(parameters={})),
        (
            {"model": "m", "project": "p", "request": {**ASKS, "toolConfig": {}}},
            Prompt(
                model="m",
                messages=(Message("user", (Text("Hi"),)),),
                parameters={"project": "p", "toolConfig": {}},
            ),
        ),
    ],
)
def test_odd_requests(request_: Json, prompt: Prompt) -> None:
    assert google_generate_content.prompt(request_) == prompt


def answer(*parts: Json, **candidate: Json) -> Json:
    content = {"parts": list(parts), "role": "model"}
    return {"candidates": [{"content": content, "finishReason": "STOP", "index": 0, **candidate}]}


CODE = {"language": "PYTHON", "code": "print(1)"}


@pytest.mark.parametrize(
    ("parts", "meant"),
    [
        ([{"text": "Hello"}], (Text("Hello"),)),
        ([{"text": ""}], ()),
        ([{}], ()),
        ([{"thought": True}], ()),
        ([{"text": "Hm", "thought": True}, {"text": "Hello"}], (Reasoning("Hm"), Text("Hello"))),
        ([{"text": "Hm", "thought": True, "thoughtSignature": "s"}], (Reasoning("Hm", "s"),)),
        ([{"text": "Hello", "thoughtSignature": "s"}], (Text("Hello", signature="s"),)),
        ([{"text": "Hello"}, {"text": "", "thoughtSignature": "s"}], (Text("Hello", signature="s"),)),
        ([{"thoughtSignature": "s"}], (Reasoning("", "s"),)),
        (
            [{"thoughtSignature": "s"}, {"text": "", "thoughtSignature": "t"}],
            (Reasoning("", "s"), Text("", signature="t")),
        ),
        (
            [{"text": "Hm", "thought": True}, {"functionCall": {"name": "f", "args": {}}, "thoughtSignature": "s"}],
            (Reasoning("Hm"), ToolCall(None, "f", {}, "{}", "s")),
        ),
        (
            [
                {"text": "a"},
                {"executableCode": CODE},
                {"codeExecutionResult": {"outcome": "OUTCOME_OK"}},
                {"text": "b"},
            ],
            (
                Text("a"),
                ServerToolCall(
                    None, "codeExecution", CODE, '{"language":"PYTHON","code":"print(1)"}', "executableCode"
                ),
                ServerToolCallResponse(None, {"outcome": "OUTCOME_OK"}, "codeExecutionResult"),
                Text("b"),
            ),
        ),
        ([{"inlineData": PNG}], (Media("image", "image/png", 5),)),
        ([{"inlineData": {"data": "", "mimeType": "audio/wav"}}], (Media("audio", "audio/wav", 0),)),
        ([{"functionCall": {"name": "f", "args": [1]}}], (ToolCall(None, "f", [1], "[1]"),)),
        ([{"functionCall": {"name": "f", "args": '{"a": 1}'}}], (ToolCall(None, "f", {"a": 1}, '{"a": 1}'),)),
    ],
)
def test_parts_of_replies(parts: list[Json], meant: tuple[Part, ...]) -> None:
    reading = read(google_generate_content, [answer(*parts)], streamed=False)
    assert reading.reply.messages == (Message("model", meant, "STOP"),)
    assert reading.anomalies == ()
    assert reading.reply.complete


def test_signatures_of_parts_that_come_whole_and_of_calls_that_google_answers() -> None:
    picture, code = {"inlineData": PNG, "thoughtSignature": "s"}, {"executableCode": CODE, "thoughtSignature": "t"}
    [message] = read(google_generate_content, [answer(picture, code)], streamed=False).reply.messages
    assert message.parts == (
        Media("image", "image/png", 5),
        ServerToolCall(
            None, "codeExecution", CODE, '{"language":"PYTHON","code":"print(1)"}', "executableCode", signature="t"
        ),
    )
    assert message.extra == {"parts": {"0": {"thoughtSignature": "s"}}}


@pytest.mark.parametrize(
    ("part", "meant", "code"),
    [
        ({"hologram": {}}, Unknown("hologram", {"hologram": {}}), "unknown-part"),
        ({"text": 3}, Unknown("text", {"text": 3}), "unknown-part"),
        ({"inlineData": "x"}, Unknown("inlineData", {"inlineData": "x"}), "unknown-part"),
        ({"toolCall": 1}, Unknown("toolCall", {"toolCall": 1}), "unknown-part"),
        ({"functionCall": 1}, Unknown("functionCall", {"functionCall": 1}), "unknown-part"),
        ("Hello", Unknown(None, "Hello"), "unknown-part"),
        ({"functionCall": {"name": "f"}}, ToolCall(None, "f", {}, ""), "arguments-empty"),
        ({"functionCall": {"args": {}}}, ToolCall(None, None, {}, "{}"), "name-missing"),
        ({"functionCall": {"name": "f", "args": "{"}}, ToolCall(None, "f", None, "{"), "arguments-not-json"),
    ],
)
def test_odd_parts(part: Json, meant: Part, code: str) -> None:
    reading = read(google_generate_content, [answer(part)], streamed=False)
    assert reading.reply.messages == (Message("model", (meant,), "STOP"),)
    assert short(reading) == [(code, 0)]


def test_what_a_candidate_says_beside_its_content_is_kept() -> None:
    fields: Json = {
        "finishMessage": "Done.",
        "safetyRatings": [{"category": "HARM_CATEGORY_HARASSMENT", "probability": "NEGLIGIBLE"}],
        "groundingMetadata": {"webSearchQueries": ["ruby"]},
        "urlContextMetadata": {"urlMetadata": []},
        "avgLogprobs": -0.5,
        "logprobsResult": {"chosenCandidates": [{"token": "Hello"}]},
        "tokenCount": 3,
    }
    reading = read(google_generate_content, [answer({"text": "Hello"}, **fields)], streamed=False)
    assert reading.reply.messages == (Message("model", (Text("Hello"),), "STOP", fields),)


@pytest.mark.parametrize("name", ["citationSources", "citations"])
def test_citations_belong_to_the_text(name: str) -> None:
    source = {"startIndex": 0, "endIndex": 5, "uri": "https://x"}
    payload = answer({"text": "Hello"}, citationMetadata={name: [source]})
    reading = read(google_generate_content, [payload], streamed=False)
    assert reading.reply.messages[0].parts == (Text("Hello", (source,)),)
    without_text = read(google_generate_content, [answer(citationMetadata={name: [source]})], streamed=False)
    assert without_text.reply.messages[0].extra == {"citationMetadata": {name: [source]}}


def test_candidates_by_their_index_or_place() -> None:
    first, second = answer({"text": "a"}, index=1)["candidates"][0], answer({"text": "b"}, index=0)["candidates"][0]
    reading = read(google_generate_content, [{"candidates": [first, second]}], streamed=False)
    assert [message.parts for message in reading.reply.messages] == [(Text("b"),), (Text("a"),)]
    del first["index"], second["index"]
    reading = read(google_generate_content, [{"candidates": [first, second]}], streamed=False)
    assert [message.parts for message in reading.reply.messages] == [(Text("a"),), (Text("b"),)]


def test_the_frame_of_a_response() -> None:
    usage = {
        "promptTokenCount": 10,
        "candidatesTokenCount": 5,
        "thoughtsTokenCount": 7,
        "toolUsePromptTokenCount": 2,
        "cachedContentTokenCount": 4,
        "totalTokenCount": 24,
    }
    payload = {**answer({"text": "Hello"}), "usageMetadata": usage, "modelVersion": "m", "responseId": "r"}
    reply = read(google_generate_content, [payload], streamed=False).reply
    assert (reply.id, reply.model) == ("r", "m")
    assert reply.usage == Usage(
        input_tokens=10,
        output_tokens=5,
        total_tokens=24,
        reasoning_tokens=7,
        cache_read_input_tokens=4,
        raw=usage,
    )


def test_usage_that_does_not_add_up() -> None:
    usage = {"promptTokenCount": 10, "candidatesTokenCount": 5, "totalTokenCount": 24}
    reading = read(google_generate_content, [{**answer({"text": "Hello"}), "usageMetadata": usage}], streamed=False)
    assert short(reading) == [("usage-inconsistent", 0)]
    assert reading.reply.usage == Usage(input_tokens=10, output_tokens=5, total_tokens=24, raw=usage)


@pytest.mark.parametrize(("reason", "meant"), [("MAX_TOKENS", "MAX_TOKENS"), (1, "1"), (8, "8")])
def test_finish_reasons_are_googles_own(reason: Json, meant: str) -> None:
    reading = read(google_generate_content, [answer({"text": "a"}, finishReason=reason)], streamed=False)
    assert reading.reply.messages[0].finish_reason == meant


@pytest.mark.parametrize("reason", [None, 0, ""])
def test_no_finish_reason(reason: Json) -> None:
    reading = read(google_generate_content, [answer({"text": "a"}, finishReason=reason)], streamed=False)
    assert reading.reply.messages[0].finish_reason is None
    assert short(reading) == [("finish-reason-missing", 0)]


ERROR = {"code": 400, "message": "API key not valid.", "status": "INVALID_ARGUMENT"}


@pytest.mark.parametrize("body", [{"error": ERROR}, [{"error": ERROR}], {"response": {"error": ERROR}}])
def test_error_bodies(body: Json) -> None:
    reading = read(google_generate_content, [body], streamed=False)
    assert reading.reply.error == ERROR
    assert reading.reply.messages == ()
    assert reading.anomalies == ()


def test_a_page_is_left_to_the_exchange() -> None:
    (event,) = events_of(["<html>502</html>"])
    reading = google_generate_content.read([event], streamed=False)
    assert short(reading) == [("data-not-json", 0)]


@pytest.mark.parametrize("streamed", [True, False])
def test_a_refused_prompt(streamed: bool) -> None:
    feedback = {"blockReason": "PROHIBITED_CONTENT", "safetyRatings": []}
    payload = {"promptFeedback": feedback, "usageMetadata": {"promptTokenCount": 3, "totalTokenCount": 3}}
    reading = read(google_generate_content, [payload], streamed=streamed)
    assert reading.reply.error == {"promptFeedback": feedback}
    assert reading.reply.messages == ()
    assert reading.reply.complete
    assert short(reading) == [("prompt-blocked", 0)]


def test_prompt_feedback_that_refuses_nothing() -> None:
    feedback = {"safetyRatings": [{"category": "X"}]}
    reading = read(google_generate_content, [{**answer({"text": "a"}), "promptFeedback": feedback}], streamed=False)
    assert reading.reply.messages == (Message("model", (Text("a"),), "STOP", {"promptFeedback": feedback}),)
    assert reading.reply.error is None


@pytest.mark.parametrize(
    ("payload", "anomalies"),
    [
        ({"usageMetadata": {"promptTokenCount": 3}}, [("choices-null", 0)]),
        ({"candidates": None, "usageMetadata": {"promptTokenCount": 3}}, [("choices-null", 0)]),
        ({"candidates": {}}, [("choices-null", 0)]),
        ({"candidates": [None]}, [("choices-null", 0)]),
        ({"hello": 1}, [("unknown-event", 0)]),
        ([1], [("unknown-event", 0)]),
        (
            answer({"text": "a"}) | {"candidates": [{"content": {"parts": [{"text": "a"}]}, "finishReason": "STOP"}]},
            [("role-missing", 0)],
        ),
    ],
)
def test_odd_responses(payload: Json, anomalies: list[tuple[str, int]]) -> None:
    assert short(read(google_generate_content, [payload], streamed=False)) == anomalies
