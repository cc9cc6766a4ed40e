"""AWS Bedrock's agents: InvokeAgent and InvokeInlineAgent.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_InvokeAgent.html
https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_ResponseStream.html

    POST /agents/AGENT1/agentAliases/ALIAS1/sessions/session-1/text
    {"inputText": "Hi", "enableTrace": true}

    chunk          {"bytes": "SGVsbG8=", "attribution": {"citations": [...]}}
    trace          {"trace": {"orchestrationTrace": {"rationale": {"text": "The user greets me."}}}, ...}
    returnControl  {"invocationId": "i-1", "invocationInputs": [{"functionInvocationInput": {"function": "add", ...}}]}
    files          {"files": [{"name": "plot.png", "type": "image/png", "bytes": "iVBORw0KGgo..."}]}

A stream has no end of its own, and no count of tokens; traces are kept whole in the message's `extra`.
"""

import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Layer, Message, Prompt, Reading, Text
from cassette_cli.protocols.base import Call, Event, ReplyBuilder, at, json_text, list_at, text_at, without
from cassette_cli.protocols.shared.bedrock.encoded import FIELD, text_in
from cassette_cli.protocols.shared.bedrock.errors import error_of, exception_of
from cassette_cli.protocols.shared.media import of_base64

NAME = "aws.bedrock.agents"

PATH = re.compile(r"(^|/)agents/[^/]+(/agentAliases/[^/]+/sessions/[^/]+/text)?/?$")
RATIONALE = ("trace", "orchestrationTrace", "rationale", "text")
INPUTS = ("functionInvocationInput", "apiInvocationInput")


def matches(call: Call) -> bool:
    """By path; where that may be another API's, by the request, too."""
    found = PATH.search(unquote(call.path))
    return found is not None and (found[2] is not None or text_at(call.request, "inputText") is not None)


def prompt(request: Json) -> Prompt:
    """The request read: the instruction of an inline agent, and the user's words."""
    said = [("system", "instruction"), ("user", "inputText")]
    texts = [(role, name, text) for role, name in said if (text := text_at(request, name))]
    return Prompt(
        model=text_at(request, "foundationModel"),
        messages=tuple(Message(role, (Text(text),)) for role, _, text in texts),
        parameters=without(request, [*[name for _, name, _ in texts], "foundationModel"]),
    )


def read(events: Sequence[Event], *, streamed: bool) -> Reading:
    """The reply that these events bring; never raises."""
    out = ReplyBuilder()
    for event in events:
        reader = READERS.get(event.type or "") if isinstance(event.value, dict) else None
        if reader is not None:
            out.use(event.number)
            reader(out, event)
        elif error := exception_of(event) or error_of(event.value):
            out.use(event.number)
            out.error = out.error or error
            if streamed and event.text:
                out.report(Code.ERROR_EVENT, event.number, "the service reports an error within the reply")
        elif streamed or event.is_json:
            out.unknown(event)
    out.complete = out.error is None or not streamed
    return out.build()


def _chunk(out: ReplyBuilder, event: Event) -> None:
    text = text_in(at(event.value, FIELD))
    if text is None:
        out.unknown(event)
        return
    part = out.message().part("text", "text")
    part.add(event.number, "content", text, (FIELD, Layer.BASE64))
    part.annotations.extend(list_at(event.value, "attribution", "citations"))


def _trace(out: ReplyBuilder, event: Event) -> None:
    rationale = text_at(event.value, *RATIONALE)
    if rationale:
        part = out.message().part(("rationale", event.number), "reasoning")
        part.add(event.number, "content", rationale, RATIONALE)
    out.message().keep("trace", [event.value])


def _return_control(out: ReplyBuilder, event: Event) -> None:
    """Calls that the client is to make for the agent."""
    for place, item in enumerate(list_at(event.value, "invocationInputs")):
        name = next((name for name in INPUTS if isinstance(at(item, name), dict)), None)
        value = item if name is None else item[name]
        call = out.message().part(("call", event.number, place), "tool_call")
        call.fields = {
            "id": text_at(event.value, "invocationId"),
            "name": text_at(value, "function") or text_at(value, "apiPath"),
        }
        call.arguments = without(value, ("function", "apiPath"))
        call.add(event.number, "arguments_text", json_text(call.arguments), None)


def _files(out: ReplyBuilder, event: Event) -> None:
    for place, item in enumerate(list_at(event.value, "files")):
        media_type = text_at(item, "type") or ""
        modality = "image" if media_type.startswith("image/") else "file"
        file = of_base64(modality, text_at(item, FIELD) or "", media_type or None)
        out.message().put(("file", event.number, place), file)
        out.message().keep("files", [without(item, (FIELD,))])


READERS: dict[str, Callable[[ReplyBuilder, Event], None]] = {
    "chunk": _chunk,
    "trace": _trace,
    "returnControl": _return_control,
    "files": _files,
}
