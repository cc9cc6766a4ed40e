"""The page around interactions: a list of them, the style sheet, the script, and the policy that allows these alone.

Nothing in a recording is trusted. All of it is text (see markup.py), and were some of it markup, the policy would still
run no script and no style but the two whose digests it names, and fetch nothing at all:
https://www.w3.org/TR/CSP3/ (section 6.1 and 6.7.2).
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cassette_cli.errors import CassetteError
from cassette_cli.render.answered import token_facts
from cassette_cli.render.elision import money, plural
from cassette_cli.render.html.assets import Assets
from cassette_cli.render.html.interaction import Part
from cassette_cli.render.html.markup import Html, element, join, opening
from cassette_cli.summary import Heading, Totals

_KEYS = (
    ("/", "search"),
    ("n  N", "next match, previous"),
    ("j  k", "next interaction, previous"),
    ("o", "unfold all, fold all"),
    ("t", "dark or light"),
    ("?", "these keys"),
)
# Where a path may be broken; the group is empty, so that every second piece of a split stands for a place.
_BREAK = re.compile(r"(?<=[/_-])()")


class Group(NamedTuple):
    """A cassette, or a pair that was compared: a title, what it is, its entries and its articles."""

    title: str
    about: str
    entries: Sequence[Html]
    articles: Sequence[Html]


def show_page(
    cassettes: Iterable[tuple[Heading, Iterable[Part]]], errors: Sequence[CassetteError], assets: Assets
) -> Iterator[str]:
    """The page of `cassette show`, in pieces. `errors` is read last, when all cassettes were asked for."""
    totals, groups = Totals(), []
    for heading, parts in cassettes:
        held = list(parts)
        totals = totals.with_cassette(each.usage for each in held)
        version = f" {heading.version}" if heading.version is not None else ""
        about = f"{heading.recorder}{version} · {plural(len(held), 'interaction')}"
        groups.append(Group(heading.title, about, [each.entry for each in held], [each.article for each in held]))
    facts = [plural(totals.cassettes, "cassette")] if totals.cassettes > 1 else []
    facts += [plural(totals.interactions, "interaction")]
    facts += token_facts(totals.input_tokens, "in") + token_facts(totals.output_tokens, "out")
    facts += [money(totals.cost)] if totals.cost else []
    yield from page(groups, " · ".join(facts), errors, assets)


def page(
    groups: Sequence[Group], summary: str, errors: Sequence[CassetteError], assets: Assets, *, title: str = "cassette"
) -> Iterator[str]:
    """A page, in pieces; `title` is its own where it has not one group alone."""
    title = f"{groups[0].title} · {title}" if len(groups) == 1 else title
    yield "<!doctype html>\n"
    yield f'<html lang="en">{_head(title, assets)}\n<body>\n'
    yield element("nav", *_list(groups, summary), aria_label="interactions") + "\n<main>\n"
    for error in errors:
        yield element("p", str(error), class_="fault") + "\n"
    for group in groups:
        yield element("h1", _name(group.title), element("small", group.about)) + "\n"
        for article in group.articles:
            yield article + "\n"
    yield "</main>\n"
    yield _help()
    yield f"\n<script>{assets.script}</script>\n</body>\n</html>\n"


def _head(title: str, assets: Assets) -> Html:
    policy = (
        f"default-src 'none'; style-src {_digest(assets.style)}; script-src {_digest(assets.script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        opening("meta", charset="utf-8"),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        opening("meta", name_="viewport", content_="width=device-width, initial-scale=1"),
        opening("meta", name_="referrer", content_="no-referrer"),
        opening("meta", name_="color-scheme", content_="light dark"),
        element("title", title),
        element("style", Html(assets.style)),
    )


def _digest(text: str) -> str:
    """A source of the policy: the digest of what stands within the element, to the byte."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _list(groups: Sequence[Group], summary: str) -> Iterator[Html]:
    search = opening("input", type="search", id="search", placeholder="Search   /", aria_label="Search")
    buttons = (
        element("button", words, type="button", id=name, title=title)
        for name, words, title in (
            ("unfold", "Unfold", "Unfold all, fold all (o)"),
            ("theme", "Theme", "Dark or light (t)"),
            ("keys", "?", "Keys (?)"),
        )
    )
    yield element("div", search, element("output", id="found"), class_="search scripted")
    yield element("div", *buttons, class_="buttons scripted")
    for group in groups:
        yield element("h2", _name(group.title), title=group.title)
        yield element("p", group.about if len(groups) > 1 else summary, class_="dim")
        yield element("div", *group.entries, class_="entries")
    if len(groups) != 1:
        yield element("p", summary, class_="dim")


def _name(path: str) -> Html:
    """A path that may be broken behind its signs where there is no room for it."""
    return join(Html("<wbr>") if number % 2 else piece for number, piece in enumerate(_BREAK.split(path)))


def _help() -> Html:
    rows = (
        join([element("dt", *(element("kbd", key) for key in keys.split())), element("dd", what)])
        for keys, what in _KEYS
    )
    return element("dialog", element("h2", "Keys"), element("dl", *rows), id="help")
