"""HTML made of elements. A plain string is text wherever it goes: only what this module made is markup."""

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

from cassette_cli.render.console import safe


class Html(str):
    """Markup that is safe to put into a page as it is; `element` and `text` make it."""

    __slots__ = ()


Content: TypeAlias = "str | Html"


def text(value: str) -> Html:
    """A text: what HTML would act on is escaped, and what a screen would hide (controls, bidirectional overrides) is
    written as an escape that can be seen."""
    return Html(escape(safe(value), quote=False))


def element(name: str, *content: Content, **attributes: str | int | None) -> Html:
    """An element. Attributes are named as in Python (`class_`, `data_event`), the one that is "" stands alone, and
    None is none at all. Names of elements and attributes are the code's own, never a recording's."""
    return Html(f"{_opening(name, attributes)}{join(content)}</{name}>")


def opening(name: str, **attributes: str | int | None) -> Html:
    """The opening tag alone, for elements that have no end or whose end HTML does not need (`tr`, `td`)."""
    return Html(_opening(name, attributes))


def join(content: Iterable[Content]) -> Html:
    """Texts and markup in a row."""
    return Html("".join(each if isinstance(each, Html) else text(each) for each in content))


def _opening(name: str, attributes: dict[str, str | int | None]) -> str:
    held = (_attribute(key, value) for key, value in attributes.items() if value is not None)
    return f"<{' '.join([name, *held])}>"


def _attribute(name: str, value: str | int) -> str:
    name = name.rstrip("_").replace("_", "-")
    if value == "":
        return name
    return f"{name}={value}" if isinstance(value, int) else f'{name}="{escape(safe(value))}"'
