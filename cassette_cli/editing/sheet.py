"""A reply as a small YAML document that people edit, and what they changed in it.

status: 200
headers:
  content-type: text/event-stream
messages:
  - finish_reason: tool_calls
    parts:
      - text: |-
          I will add them.
      - tool_call: add
        arguments: {"a": 2, "b": 3}
usage:
  prompt_tokens: 112
"""

from collections.abc import Iterator
from json import dumps, loads
from textwrap import indent

from cassette_cli.conversation import Message, Part, Reasoning, Refusal, Text, ToolCall
from cassette_cli.document import from_yaml
from cassette_cli.document.document import position
from cassette_cli.document.lens import Source
from cassette_cli.document.structure import JsonText
from cassette_cli.document.tree import Mapping, Node, Scalar, elements, entries, get, is_null
from cassette_cli.editing.asked import (
    AddToolCall,
    Asked,
    Kind,
    SetArgument,
    SetFinishReason,
    SetHeader,
    SetStatus,
    SetText,
    SetToolName,
    SetUsage,
)
from cassette_cli.editing.calls import calls_of
from cassette_cli.editing.counts import numbers
from cassette_cli.editing.json_edits import shown
from cassette_cli.errors import CassetteError, Where
from cassette_cli.exchange import Exchange
from cassette_cli.protocols.base import at

HEAD = """\
# {path}, interaction {index}: change what is said here, save, and close the editor.
# What you leave as it is stays as recorded. Another tool call is another `- tool_call:` with `arguments:`.
"""
KINDS: dict[type[Part], Kind] = {Text: "text", Reasoning: "reasoning", Refusal: "refusal"}
NAMED_KINDS: dict[str, Kind] = {kind: kind for kind in KINDS.values()}


def sheet(found: Exchange, path: str) -> str:
    """The document for an interaction's response, ended by a line end."""
    lines = [HEAD.format(path=path, index=found.interaction.index)]
    if found.interaction.response.status is not None:
        lines.append(f"status: {found.interaction.response.status}\n")
    if headers := _single_headers(found):
        lines.append(
            "headers:\n" + "".join(f"  {_scalar(name)}: {_scalar(value)}\n" for name, value in headers.items())
        )
    reply = found.reply
    if reply and reply.messages:
        lines.append("messages:\n" + "".join(indent(_message(each), "  ") for each in reply.messages))
    if reply and reply.usage:
        counts = {shown(path): at(reply.usage.raw, *path) for path in numbers(reply.usage.raw)}
        lines.append(
            "usage:\n" + "".join(f"  {_scalar(name)}: {count}\n" for name, count in counts.items()) if counts else ""
        )
    return "".join(lines)


def _single_headers(found: Exchange) -> dict[str, str]:
    """The headers that are there once."""
    names = [header.name for header in found.interaction.response.headers]
    return {
        header.name: header.value.text for header in found.interaction.response.headers if names.count(header.name) == 1
    }


def _message(message: Message) -> str:
    lines = []
    if message.finish_reason is not None:
        lines.append(f"finish_reason: {_scalar(message.finish_reason)}\n")
    lines.append("parts:" + ("\n" if message.parts else " []\n"))
    lines += [indent(_part(part), "  ") for part in message.parts]
    return _item("".join(lines))


def _item(text: str) -> str:
    return "- " + indent(text, "  ").removeprefix("  ")


def _part(part: Part) -> str:
    if isinstance(part, ToolCall):
        return _item(f"tool_call: {_scalar(part.name or '')}\narguments: {_arguments(part)}\n")
    if not isinstance(part, Text | Reasoning | Refusal):
        return f"- other: {_scalar(type(part).__name__)}\n"
    return _item(f"{KINDS[type(part)]}: {_block(part.content)}\n")


def _arguments(call: ToolCall) -> str:
    if call.arguments is None or "\n" in call.arguments_text:
        return dumps(call.arguments, ensure_ascii=False) if call.arguments is not None else _scalar(call.arguments_text)
    return call.arguments_text.strip() or "{}"


def _scalar(text: str) -> str:
    """A text on one line: as it stands where YAML reads the same, else quoted."""
    return text if _reads(f"- {text}\n", text) and text == text.strip() and not _is_odd(text) else dumps(text)


def _is_odd(text: str) -> bool:
    try:
        loads(text)
    except ValueError:
        return text in ("", "~", "null", "true", "false", "yes", "no", "on", "off")
    return True


def _block(text: str) -> str:
    """A text as a literal block, which needs no quoting, where YAML reads the same."""
    chomping = "-" if not text.endswith("\n") else "+" if text.endswith("\n\n") else ""
    indicator = "2" if text[:1].isspace() else ""
    rows = indent(text.removesuffix("\n"), "  ", lambda row: bool(row.strip("\n")))
    block = f"|{indicator}{chomping}\n{rows}"
    return block if text.strip() and _reads(f"k: {block}\n", text, key="k") else dumps(text, ensure_ascii=False)


def _reads(source: str, text: str, *, key: str | None = None) -> bool:
    try:
        root = from_yaml.parse(source)[0]
    except (CassetteError, IndexError):
        return False
    node = get(root, key if key is not None else 0)
    return isinstance(node, Scalar) and node.value == text


def changes(found: Exchange, path: str, text: str) -> list[Asked]:
    """What was changed in the document of an interaction's response.

    Raises CassetteError, with the place in the document, where it is no YAML or asks for what cannot be.
    """
    held, now = _root(sheet(found, path)), _root(text)
    if now is None:
        return []
    reader = _Reader(text)
    asked: list[Asked] = []
    for key, _ in entries(now):
        if not isinstance(key, Scalar) or key.value not in ("status", "headers", "messages", "usage"):
            raise reader.fault(key, "there is no such field; there are status, headers, messages and usage")
    asked += reader.status(get(held, "status"), get(now, "status"))
    asked += reader.headers(get(held, "headers"), get(now, "headers"))
    asked += reader.messages(found, get(held, "messages"), get(now, "messages"), now)
    asked += reader.usage(get(held, "usage"), get(now, "usage"))
    return asked


def _root(text: str) -> Node | None:
    roots = from_yaml.parse(text)
    return roots[0] if roots else None


class _Reader:
    """Holds two documents against each other. What is taken away where nothing can be taken away is an error."""

    def __init__(self, text: str) -> None:
        self.text = text

    def fault(self, node: Node | None, message: str) -> CassetteError:
        where = Where(None, *position(self.text, node.span.start)) if node is not None else None
        return CassetteError(message, where)

    def status(self, held: Node | None, now: Node | None) -> Iterator[Asked]:
        if _value(held) != _value(now):
            value = _value(now) or ""
            if not (value.isascii() and value.isdecimal()):
                raise self.fault(now, "the status is a number of three digits")
            yield SetStatus(int(value))

    def headers(self, held: Node | None, now: Node | None) -> Iterator[Asked]:
        old, new = _named(held), _named(now)
        for name, node in new.items():
            value = _value(node)
            if value is None:
                raise self.fault(node, f"the header {name} has no text")
            if name not in old or _value(old[name]) != value:
                yield SetHeader(name, value)
        yield from (SetHeader(name, None) for name in old if name not in new)

    def usage(self, held: Node | None, now: Node | None) -> Iterator[Asked]:
        old, new = _named(held), _named(now)
        for name in old.keys() | new.keys():
            if name not in old or name not in new:
                raise self.fault(new.get(name, now), f"counts can be changed, not added or taken away: {name}")
        for name, node in new.items():
            if _value(node) != _value(old[name]):
                yield SetUsage(name, _value(node) or "")

    def messages(self, found: Exchange, held: Node | None, now: Node | None, root: Node) -> Iterator[Asked]:
        olds, news = elements(held), elements(now)
        if len(olds) != len(news):
            raise self.fault(now if now is not None else root, f"there are {len(olds)} messages, and stay so many")
        for number, (old, new) in enumerate(zip(olds, news, strict=True)):
            if _value(get(old, "finish_reason")) != _value(get(new, "finish_reason")):
                yield SetFinishReason(_value(get(new, "finish_reason")) or "", number)
            yield from self._parts(found, number, get(old, "parts"), get(new, "parts"), new)

    def _parts(
        self, found: Exchange, message: int, held: Node | None, now: Node | None, around: Node
    ) -> Iterator[Asked]:
        olds, news = elements(held), elements(now)
        if len(news) < len(olds):
            raise self.fault(now if now is not None else around, "parts can be changed and added, not taken away")
        calls = (
            {(each.message, each.part): str(number) for number, each in enumerate(calls_of(found.reply))}
            if found.reply
            else {}
        )
        for place, (old, new) in enumerate(zip(olds, news, strict=False)):
            yield from self._part(message, place, old, new, calls.get((message, place)))
        for new in news[len(olds) :]:
            name = _value(get(new, "tool_call"))
            if not name:
                raise self.fault(new, "only a tool call can be added: `- tool_call: NAME` with `arguments:`")
            yield AddToolCall(name, self._json(get(new, "arguments")), message)

    def _part(self, message: int, place: int, old: Node, new: Node, call: str | None) -> Iterator[Asked]:
        kind = next((name for name in _named(old)), "")
        if kind not in _named(new):
            raise self.fault(new, f"this part is {kind}, and stays one")
        before, after = _value(get(old, kind)), _value(get(new, kind))
        if call is not None:
            if before != after:
                yield SetToolName(call, after or "")
            yield from self._arguments(call, get(old, "arguments"), get(new, "arguments"))
        elif before != after:
            if kind not in NAMED_KINDS:
                raise self.fault(new, "this part cannot be edited")
            yield SetText(NAMED_KINDS[kind], after or "", message, place)

    def _arguments(self, call: str, old: Node | None, new: Node | None) -> Iterator[Asked]:
        before, after = loads(self._json(old)), loads(self._json(new))
        if before == after:
            return
        if isinstance(before, dict) and isinstance(after, dict) and before.keys() <= after.keys():
            for name, value in after.items():
                if name not in before or before[name] != value:
                    yield SetArgument(call, (name,), dumps(value, ensure_ascii=False))
        else:
            yield SetArgument(call, (), dumps(after, ensure_ascii=False))

    def _json(self, node: Node | None) -> str:
        """The JSON text of a node."""
        return "{}" if node is None else JsonText(Source(self.text), node).text


def _value(node: Node | None) -> str | None:
    return node.value if isinstance(node, Scalar) and not is_null(node) else None


def _named(node: Node | None) -> dict[str, Node]:
    if not isinstance(node, Mapping):
        return {}
    return {key.value: value for key, value in node.items if isinstance(key, Scalar)}
