"""Parts of Gemini contents, in requests and replies.

https://ai.google.dev/api/caching#Part, https://ai.google.dev/gemini-api/docs/thought-signatures

    {"text": "Hm", "thought": true}
    {"text": "Hello", "thoughtSignature": "..."}
    {"functionCall": {"name": "add", "args": {"a": 2}}, "thoughtSignature": "..."}
    {"executableCode": {"language": "PYTHON", "code": "print(1)"}}
    {"inlineData": {"mimeType": "image/png", "data": "iVBORw0KGgo..."}}

Text comes in pieces, everything else whole. Any part may bear a signature, which clients must send back on that part;
it ends a text or thought. An empty text often bears that of the text or thought before it. That of a part which comes
whole (an image) is kept in its message's `extra`.
"""

from collections.abc import Callable

from cassette_cli.anomalies import Code
from cassette_cli.conversation import (
    Json,
    Media,
    Part,
    Route,
    ServerToolCallResponse,
    Text,
    ToolCallResponse,
    Unknown,
)
from cassette_cli.protocols.base import (
    MessageBuilder,
    PartBuilder,
    PartKind,
    ReplyBuilder,
    json_text,
    list_at,
    text_at,
    without,
)
from cassette_cli.protocols.shared.google.calls import CallsReader, Object
from cassette_cli.protocols.shared.media import of_base64

# What is read of a part's data; everything else of it goes into its message's `extra`.
SAID = {
    "functionCall": {"id", "name", "args", "partialArgs", "willContinue"},
    "functionResponse": {"id", "name", "response", "parts"},
    "toolCall": {"id", "toolType", "args"},
    "inlineData": {"mimeType", "data"},
    "fileData": {"mimeType", "fileUri"},
}
# The name of Google's tool that runs `executableCode`: https://ai.google.dev/api/caching#Tool
CODE_TOOL = "codeExecution"
SIGNATURE = "thoughtSignature"


class PartsReader:
    """The parts of a message as they come."""

    def __init__(self, out: ReplyBuilder, message: MessageBuilder) -> None:
        self.out, self.message = out, message
        self.calls = CallsReader(out, message)
        self.count = 0
        self.text: PartBuilder | None = None
        # The text or thought that the next piece may go on with.
        self._open: PartBuilder | None = None
        # What the part that is read now has become, where that may have a signature of its own.
        self._said: PartBuilder | None = None

    def read(self, event: int, part: Json, route: Route) -> None:
        """Take a part that lies at `route` of the event's payload."""
        if not isinstance(part, dict):
            self._unknown(event, None, part)
            return
        said = False
        self._said = None
        for name, item in part.items():
            reader = READERS.get(name)
            if reader and item is not None:
                said = True
                reader(self, event, name, part, route)
        if len(part) > said:
            self._beside(event, part, route, said=said)

    def _beside(self, event: int, part: Object, route: Route, *, said: bool) -> None:
        """Take what a part bears beside its data: a signature, and what has no name here."""
        rest = {name: item for name, item in part.items() if name not in KNOWN and item is not None}
        if said and part.get("thought") and "text" not in part:
            rest["thought"] = part["thought"]
        signature = text_at(part, SIGNATURE)
        if signature and not WHOLE.keys().isdisjoint(part):
            rest[SIGNATURE] = signature
        elif signature:
            self._sign(event, signature, (*route, SIGNATURE), is_text="text" in part)
        if rest and not said:
            self._unknown(event, next(iter(rest)), part)
        elif rest:
            self.message.keep("parts", {str(max(self.count - 1, 0)): rest})

    def _text(self, event: int, name: str, part: Object, route: Route) -> None:
        text = part[name]
        if not isinstance(text, str):
            self._unknown(event, name, part)
        elif text:
            kind: PartKind = "reasoning" if part.get("thought") is True else "text"
            if self._open is None or self._open.kind != kind:
                self._open = self._begin(kind)
                self.text = self._open if kind == "text" else self.text
            self._open.pieces.append((event, "content", text, (*route, name)))
            self._said = self._open

    def _sign(self, event: int, signature: str, route: Route, *, is_text: bool) -> None:
        signed = self._said or self._open or self._begin("text" if is_text else "reasoning")
        signed.pieces.append((event, "signature", signature, route))
        self._open = None

    def _function_call(self, event: int, name: str, part: Object, route: Route) -> None:
        value, where = part[name], (*route, name)
        if not isinstance(value, dict):
            self._unknown(event, name, part)
        elif self.calls.goes_on(value):
            self._said = self.calls.go_on(event, value, where)
        elif value:
            self._open = None
            self._said = self._begin("tool_call")
            self.calls.begin(event, value, self._said, where)
            self._keep_rest(name, value)

    def _server_call(self, event: int, name: str, part: Object, route: Route) -> None:
        """A call that Google answers itself: of its code tool, or of any other.

        https://ai.google.dev/gemini-api/docs/tool-combination
        """
        value = part[name]
        if not isinstance(value, dict):
            self._unknown(event, name, part)
            return
        self._open = None
        is_code = name == "executableCode"
        arguments = without(value, ("id",)) if is_code else value.get("args")
        call = self._said = self._begin("server_tool_call")
        tool = CODE_TOOL if is_code else text_at(value, "toolType")
        call.fields = {"id": text_at(value, "id") or None, "name": tool, "kind": name}
        if arguments is not None:
            call.arguments = arguments
            call.add(event, "arguments_text", json_text(arguments), None)
        self._keep_rest(name, value)

    def _put_whole(self, event: int, name: str, part: Object, route: Route) -> None:
        value = part[name]
        if isinstance(value, dict):
            self._put(WHOLE[name](name, value))
            self._keep_rest(name, value)
        else:
            self._unknown(event, name, part)

    def _keep_rest(self, name: str, value: Object) -> None:
        said = SAID.get(name)
        rest = {key: item for key, item in value.items() if item is not None and key not in said} if said else None
        if rest:
            self.message.keep("parts", {str(self.count - 1): {name: rest}})

    def _begin(self, kind: PartKind) -> PartBuilder:
        self.count += 1
        return self.message.part(self.count, kind)

    def _put(self, part: Part) -> None:
        self._open = None
        self.count += 1
        self.message.put(self.count, part)

    def _unknown(self, event: int, kind: str | None, part: Json) -> None:
        self._put(Unknown(kind, part))
        self.out.report(Code.UNKNOWN_PART, event, f"a part is of a kind unknown here: {kind}")


def media(name: str, value: Object) -> Media:
    """`inlineData` or `fileData`; a modality from the media type, "file" where that says none."""
    media_type = text_at(value, "mimeType")
    modality = (media_type or "").partition("/")[0]
    modality = modality if modality in ("image", "audio", "video") else "file"
    data = text_at(value, "data")
    if data is not None:
        return of_base64(modality, data, media_type)
    return Media(modality, media_type, uri=text_at(value, "fileUri"))


def _function_response(name: str, value: Object) -> ToolCallResponse:
    response = value.get("response")
    text = response if isinstance(response, str) else "" if response is None else json_text(response)
    inner = [_inner(part) for part in list_at(value, "parts")]
    id_, function = text_at(value, "id") or None, text_at(value, "name")
    return ToolCallResponse(id_, (Text(text), *inner) if inner else text, function)


def _inner(part: Json) -> Part:
    """A part of a function's response: https://ai.google.dev/api/caching#FunctionResponsePart"""
    for name in ("inlineData", "fileData"):
        value = part.get(name) if isinstance(part, dict) else None
        if isinstance(value, dict):
            return media(name, value)
    return Unknown(None, part)


def _result(name: str, value: Object) -> ServerToolCallResponse:
    return ServerToolCallResponse(text_at(value, "id") or None, without(value, ("id",)), name)


WHOLE: dict[str, Callable[[str, Object], Part]] = {
    "functionResponse": _function_response,
    "codeExecutionResult": _result,
    "toolResponse": _result,
    "inlineData": media,
    "fileData": media,
}
READERS: dict[str, Callable[[PartsReader, int, str, Object, Route], None]] = {
    "text": PartsReader._text,
    "functionCall": PartsReader._function_call,
    "executableCode": PartsReader._server_call,
    "toolCall": PartsReader._server_call,
    **dict.fromkeys(WHOLE, PartsReader._put_whole),
}
# Every field of a part that is read.
KNOWN = {*READERS, "thought", SIGNATURE}
