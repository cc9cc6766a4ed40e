"""Tool calls among the output items as they grow.

https://platform.openai.com/docs/guides/function-calling#streaming

    {"type": "response.function_call_arguments.delta", "item_id": "fc_1", "output_index": 0, "delta": "{\\"a\\":"}
    {"type": "response.shell_call_command.delta", "output_index": 1, "command_index": 0, "delta": "ls"}
    {"type": "response.image_generation_call.partial_image", "output_index": 2, "partial_image_b64": "iVBORw0KGgo..."}
"""

from cassette_cli.anomalies import Code
from cassette_cli.conversation import Json, Route, ServerToolCallResponse
from cassette_cli.protocols.base import MessageBuilder, ReplyBuilder, json_text, same_json, text_at
from cassette_cli.protocols.openai_responses.calls import CALLS, call_name, json_arguments, part_kind, response_of
from cassette_cli.protocols.openai_responses.items import ItemReader, Object
from cassette_cli.protocols.openai_responses.texts import TextReader
from cassette_cli.protocols.shared.media import of_base64

CALL_RANK, IMAGE_RANK, RESULT_RANK = 0, 1, 2


class CallItem(ItemReader):
    """A call, with what it gave where the provider runs it."""

    def __init__(
        self, out: ReplyBuilder, message: MessageBuilder, kind: str, index: int, serial: int, value: Object
    ) -> None:
        super().__init__(out, message, kind, index, serial, value)
        self.call = CALLS[kind]
        self.part = message.part((*self.key, "call"), part_kind(kind, value), (*self.order, CALL_RANK))
        self.part.fields = {"id": None, "name": call_name(kind, value), "kind": kind}
        results = (route[0] for route in self.call.results)
        self.said = ("call_id", "name", "execution", "result", self.call.text or "", *self.call.fields, *results)
        self._commands: dict[int, list[str]] = {}

    def read(self, event: int, value: Object, route: Route, *, opening: bool) -> None:
        self.value = value
        self._begin(event)
        self._name(event, value)
        field = self.call.text
        argument = value.get(field) if field else json_arguments(self.call, value)
        if field and isinstance(argument, str):
            reader = self.text(event, field, 0)
            (reader.add if opening else reader.whole)(event, argument, (*route, field))
        elif argument is not None:
            if field:
                message = f"the arguments of {self.part.fields['name']} are JSON, not the text of it"
                self.out.report(Code.ARGUMENTS_NOT_TEXT, event, message, once=self)
            self._set_arguments(event, argument)
        self._take_result(value)

    def open(self, event: int, name: str, index: int) -> TextReader:
        self._begin(event)
        return TextReader(self.out, self.part, "arguments_text", f"the {name} of item {self.index}")

    def command(self, event: int, index: int, text: str, *, whole: bool) -> None:
        """Take a shell command, or the next piece of it."""
        if whole:
            self._commands[index] = [text]
        else:
            self._commands.setdefault(index, []).append(text)
        self._begin(event)

    def show(self, base64: str, image_format: str | None) -> None:
        """Take the image that a call made, or what there is of it so far."""
        image = of_base64("image", base64, f"image/{image_format or 'png'}")
        self.message.put((*self.key, "image"), image, (*self.order, IMAGE_RANK))

    def close(self) -> None:
        super().close()
        if self._commands and not self.part.pieces:
            commands = ["".join(pieces) for _, pieces in sorted(self._commands.items())]
            self._set_arguments(self.part.began or 0, {"commands": commands})
        if not self.call.is_json:
            self.part.arguments = self.part.joined("arguments_text")

    def _begin(self, event: int) -> None:
        if self.part.began is None:
            self.part.began = event

    def _name(self, event: int, value: Object) -> None:
        """Take id and name. The id that answers name is `call_id`; what the provider runs may have only its own."""
        fields = self.part.fields
        id_ = text_at(value, "call_id")
        if id_ is None and self.part.kind == "server_tool_call":
            id_ = text_at(value, "id")
        if id_ and fields["id"] and id_ != fields["id"]:
            self.out.report(
                Code.ID_CHANGED, event, f"the call {fields['id']} is {id_} here; the later counts", once=self
            )
        fields["id"] = id_ or fields["id"]
        name = call_name(self.kind, value)
        if name and fields["name"] and name != fields["name"]:
            message = f"the call of {fields['name']} is one of {name} here; the later counts"
            self.out.report(Code.DONE_DISAGREES, event, message, once=(self, "name"))
        fields["name"] = name or fields["name"]

    def _set_arguments(self, event: int, arguments: Json) -> None:
        """Take arguments that are no text; those of the item's opening are not all of them yet."""
        if self.part.arguments is None or not same_json(self.part.arguments, arguments):
            self.part.arguments = arguments
            self.part.pieces = [(event, "arguments_text", json_text(arguments), None)]

    def _take_result(self, value: Object) -> None:
        response = response_of(self.call, value)
        if response is not None:
            result = ServerToolCallResponse(self.part.fields["id"], response, self.kind)
            self.message.put((*self.key, "result"), result, (*self.order, RESULT_RANK))
        image = text_at(value, "result")
        if image and self.kind == "image_generation_call":
            self.show(image, text_at(value, "output_format"))


class ShellOutputItem(ItemReader):
    """What the shell of a container wrote, command by command, until the item says it whole."""

    def __init__(
        self, out: ReplyBuilder, message: MessageBuilder, kind: str, index: int, serial: int, value: Object
    ) -> None:
        super().__init__(out, message, kind, index, serial, value)
        self._written: dict[int, dict[str, list[str]]] = {}
        self._whole: dict[int, Json] = {}

    def output(self, index: int, delta: Json, whole: Json) -> None:
        """Take a piece (`stdout`, `stderr`) of what a command wrote, or all of it."""
        written = self._written.setdefault(index, {})
        if whole is not None:
            self._whole[index] = whole
        for name in ("stdout", "stderr"):
            if text := text_at(delta, name):
                written.setdefault(name, []).append(text)

    def close(self) -> None:
        super().close()
        if self._written and not self.value.get("output"):
            output = [
                self._whole.get(index, [{name: "".join(pieces) for name, pieces in written.items()}])
                for index, written in sorted(self._written.items())
            ]
            given = [entry for entries in output for entry in (entries if isinstance(entries, list) else [entries])]
            id_ = text_at(self.value, "call_id") or self.id
            self.message.put((*self.key, "result"), ServerToolCallResponse(id_, given, self.kind), self.order)
