"""Messages as HTML: whose they are, and their parts."""

from collections.abc import Iterator

from cassette_cli.conversation import Json, Message, Part, Reasoning, Refusal, Text
from cassette_cli.render.citations import source_lines, sources_beside, with_citations_joined
from cassette_cli.render.elision import size
from cassette_cli.render.html.code import code
from cassette_cli.render.html.markup import Html, element, join
from cassette_cli.render.html.prose import SHOWN, prose
from cassette_cli.render.json_text import json_lines
from cassette_cli.render.messages import says_nothing
from cassette_cli.render.parts import Names, part_lines

# Roles that have a colour; others look like that of a tool.
_ROLES = {
    "system": "system",
    "developer": "system",
    "user": "user",
    "assistant": "assistant",
    "model": "assistant",
}
# What a program wrote into each request is folded sooner than what a person or a model said in this one.
_SHOWN_OF_SYSTEM = 8


def message(said: Message, names: Names, *, note: str = "") -> Html:
    """A message: its role with a note beside it, and its parts."""
    kind = _ROLES.get(said.role or "", "tool")
    head = element("h4", said.role or "no role", element("small", note) if note else Html())
    shown = [part for part in said.parts if not says_nothing(part)] or said.parts
    lines = _SHOWN_OF_SYSTEM if kind == "system" else SHOWN
    parts = [_part(part, names, lines) for part in with_citations_joined(shown)]
    return element(
        "div",
        head,
        *(parts or [element("p", "(empty)", class_="dim")]),
        *_beside(said.extra),
        class_=f"message {kind}",
    )


def _part(part: Part, names: Names, shown: int) -> Html:
    match part:
        case Text(content, annotations) if content.strip():
            sources = code(source_lines(annotations, 0), class_="sources") if annotations else Html()
            return join([prose(content, shown=shown), sources])
        case Refusal(content):
            return element("div", element("h5", "refusal"), prose(content), class_="refusal")
        case Reasoning():
            return _reasoning(part)
        case _:
            return code(part_lines(part, 0, names, full=True), class_=f"code {_kind(part)}")


def _kind(part: Part) -> str:
    """What a part is, as a class for the style sheet: "toolcall"."""
    return type(part).__name__.lower()


def _reasoning(part: Reasoning) -> Html:
    facts = [f"encrypted, {size(len(part.encrypted))}"] if part.encrypted else []
    facts += [f"signature, {size(len(part.signature))}"] if part.signature else []
    head = element("h5", "reasoning", *(element("small", fact) for fact in facts))
    return element("div", head, prose(part.content) if part.content.strip() else Html(), class_="reasoning")


def _beside(extra: dict[str, Json] | None) -> Iterator[Html]:
    """What belongs to a message and has no name of its own; of what was found in a search the pages."""
    sources = sources_beside(extra)
    if sources:
        yield code(source_lines(sources, 0), class_="sources")
    elif extra:
        yield element("details", element("summary", "also"), code(json_lines(extra, 0)), class_="aside")
