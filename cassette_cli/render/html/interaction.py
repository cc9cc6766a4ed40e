"""An interaction as a part of the page, and its entry in the list of all of them."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from cassette_cli.conversation import Json, Message, Prompt, Reply, ServerToolCall, Text, ToolCall, Usage
from cassette_cli.exchange import Exchange
from cassette_cli.framing.base import ContentLens
from cassette_cli.model import Header, split_url
from cassette_cli.redaction.masking import masked_url
from cassette_cli.render.answered import anomaly_lines, spoken, usage_facts
from cassette_cli.render.as_text import facts_of
from cassette_cli.render.elision import elided, plural
from cassette_cli.render.html.code import code
from cassette_cli.render.html.markup import Html, element, join
from cassette_cli.render.html.messages import message
from cassette_cli.render.html.stream import stream
from cassette_cli.render.http import body_lines, header_lines
from cassette_cli.render.json_text import flat, json_lines
from cassette_cli.render.messages import call_names, with_results_joined
from cassette_cli.render.prompts import parameters_shown, tool_lines
from cassette_cli.render.view import Shown

# Characters of what an entry says of a reply, and of a parameter that stands on the line of all.
_GIST = 90
_PARAMETER = 60


class Part(NamedTuple):
    """An interaction on the page: its entry in the list, itself, and what it used."""

    entry: Html
    article: Html
    usage: Usage | None


def key_of(title: str) -> str:
    """A name for a cassette, or for a pair of them, that a page can use in anchors: the same in each page."""
    return f"c{hashlib.sha256(title.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def part(shown: Shown, key: str) -> Part:
    """What the page has of an interaction. `key` is what `key_of` gives for its cassette."""
    exchange = shown.exchange
    index = exchange.interaction.index
    anchor = f"{key}-i{index}"
    warnings = len(exchange.anomalies)
    facts = facts_of(exchange)
    sub = " · ".join(facts[1:] if exchange.protocol else [*facts, split_url(_url(exchange)).netloc])
    link = entry(
        anchor,
        str(index),
        gist(exchange),
        sub,
        element("em", str(warnings), title=plural(warnings, "anomaly").replace("anomalys", "anomalies"))
        if warnings
        else Html(),
    )
    article = element(
        "article",
        head(exchange, str(index), anchor, status(exchange)),
        *_request(shown, key),
        *_response(exchange),
        id=anchor,
    )
    return Part(link, article, exchange.reply.usage if exchange.reply else None)


def entry(anchor: str, number: str, said: str, sub: str, badge: Html) -> Html:
    """A line of the list: where it leads, and what is there in few words."""
    words = element("span", element("span", said, class_="gist"), element("small", sub))
    return element("a", element("b", number), words, badge, href=f"#{anchor}", class_="entry")


def head(exchange: Exchange, number: str, anchor: str, badge: Html) -> Html:
    """What stands above an interaction."""
    method = exchange.interaction.request.method or "(no method)"
    return element(
        "header",
        element(
            "h2",
            element("a", number, href=f"#{anchor}", class_="number"),
            element("span", method),
            element("code", _url(exchange)),
            badge,
        ),
        element("p", *_dotted([*facts_of(exchange), *_when(exchange)]), class_="facts"),
    )


def status(exchange: Exchange) -> Html:
    """The status of a response, its reason where it failed."""
    response = exchange.interaction.response
    if response.status is None:
        return Html()
    good = response.status < 400
    words = str(response.status) if good or not response.reason else f"{response.status} {response.reason}"
    return element("span", words, class_="pill good" if good else "pill bad")


def gist(exchange: Exchange) -> str:
    """What an interaction came to, in a line: the error, the calls, the first words of the reply, else what was asked
    for."""
    reply = exchange.reply
    parts = [each for said in reply.messages for each in said.parts] if reply else []
    calls = [each.name or "(no name)" for each in parts if isinstance(each, ToolCall | ServerToolCall)]
    words = next((each.content for each in parts if isinstance(each, Text) and each.content.strip()), "")
    if reply is not None and reply.error is not None:
        said = f"error  {_one_line(_message(reply.error))}".strip()
    elif calls:
        said = f"→ {', '.join(calls)}"
    elif words:
        said = _one_line(words)
    else:
        request = exchange.interaction.request
        said = f"{request.method or ''} {split_url(_url(exchange)).path or _url(exchange)}".strip()
    return said if len(said) <= _GIST else f"{said[:_GIST]}…"


def _message(error: Json) -> str:
    """The sentence of a provider's error, all of it where there is none."""
    places = (error, error.get("error")) if isinstance(error, dict) else ()
    sentences = (place.get("message") for place in places if isinstance(place, dict))
    words = next((each for each in sentences if isinstance(each, str)), None)
    return words or (error if isinstance(error, str) else flat(error, 10 * _GIST) or "")


def _one_line(text: str) -> str:
    return " ".join(elided(text[: 10 * _GIST]).split())


def reply_messages(reply: Reply, prompt: Prompt | None) -> Iterator[Html]:
    """The messages of a reply, and the provider's error."""
    names = call_names(chain(prompt.messages if prompt else (), reply.messages))
    several = len(reply.messages) > 1
    for number, each in enumerate(reply.messages):
        note = f"{number}, finish {each.finish_reason or 'missing'}" if several else ""
        yield message(spoken(each), names, note=note)
    if reply.error is not None:
        yield element("div", element("h5", "error"), code(json_lines(reply.error, 0)), class_="error")


def _url(exchange: Exchange) -> str:
    url = exchange.interaction.request.url
    return masked_url(url.text) if url is not None else "(no URL)"


def _when(exchange: Exchange) -> list[str]:
    return [exchange.interaction.recorded_at] if exchange.interaction.recorded_at else []


def _dotted(facts: Iterable[str]) -> Iterator[Html]:
    return (element("span", fact) for fact in facts)


def _request(shown: Shown, key: str) -> Iterator[Html]:
    exchange, prompt = shown.exchange, shown.exchange.prompt
    headers = _headers(exchange.interaction.request.headers)
    if prompt is None:
        yield _plain("request", headers, exchange.request_content, exchange.request_media_type)
        return
    names = call_names(prompt.messages)
    new: Sequence[Message] = prompt.messages[shown.known :]
    yield element(
        "section",
        element("h3", "request"),
        _parameters(shown),
        _tools(shown),
        headers,
        _earlier(shown, key),
        *(message(each, names) for each in with_results_joined(new)),
        class_="request",
    )


def _parameters(shown: Shown) -> Html:
    """Parameters where the interaction before had others: small ones on a line, large ones folded."""
    prompt = shown.exchange.prompt
    held = parameters_shown(prompt, full=False) if prompt else {}
    if not held or (shown.before and held == parameters_shown(shown.before, full=False)):
        return Html()
    small = {name: text for name, value in held.items() if (text := flat(value, _PARAMETER)) is not None}
    line = (element("span", element("b", name), " ", element("code", text)) for name, text in small.items())
    large = (_folded(name, code(json_lines(value, 0))) for name, value in held.items() if name not in small)
    return join([element("p", *line, class_="parameters") if small else Html(), *large])


def _tools(shown: Shown) -> Html:
    prompt = shown.exchange.prompt
    tools = prompt.tools if prompt else ()
    if tools == (shown.before.tools if shown.before else ()):
        return Html()
    names = ", ".join(tool.name or tool.kind or "(no name)" for tool in tools) or "none"
    lines = list(tool_lines(tools, -2, full=True))[1:]
    return _folded(plural(len(tools), "tool"), code(lines), names)


def _earlier(shown: Shown, key: str) -> Html:
    """Where the messages stand that this interaction has from another."""
    if not shown.known:
        return Html()
    what = plural(shown.known, "message")
    but = f", but for {', '.join(shown.but)}" if shown.but else ""
    return element(
        "p", f"{what} as in ", element("a", str(shown.since), href=f"#{key}-i{shown.since}"), but, class_="earlier"
    )


def _response(exchange: Exchange) -> Iterator[Html]:
    reply = exchange.reply
    headers = _headers(exchange.interaction.response.headers)
    anomalies = code(anomaly_lines(exchange.anomalies, 0), class_="anomalies")
    if reply is not None and (reply.messages or reply.error is not None):
        yield element(
            "section",
            element("h3", "reply"),
            headers,
            *reply_messages(reply, exchange.prompt),
            _ending(reply),
            anomalies,
            class_="reply",
        )
    else:
        content = None if exchange.streamed else exchange.content
        yield _plain("response", headers, content, exchange.media_type)
        yield from (each for each in (_ending(reply) if reply else Html(), anomalies) if each)
    yield stream(exchange)


def _ending(reply: Reply) -> Html:
    """Why the reply ended and what it cost."""
    reasons = [each.finish_reason for each in reply.messages] if len(reply.messages) == 1 else []
    facts = [f"finish {reason}" for reason in reasons if reason]
    facts += usage_facts(reply.usage) if reply.usage else []
    return element("p", *_dotted(facts), class_="facts ending") if facts else Html()


def _plain(title: str, headers: Html, content: ContentLens | None, media_type: str | None) -> Html:
    """A side of an interaction as HTTP."""
    body = code(body_lines(content, media_type, 0, full=True))
    if not headers and not body:
        return Html()
    note = element("small", media_type) if media_type and body else Html()
    return element("section", element("h3", title, note), headers, body, class_="plain")


def _headers(headers: Sequence[Header]) -> Html:
    if not headers:
        return Html()
    return _folded(plural(len(headers), "header"), code(header_lines(headers, 0, full=True), shown=len(headers)))


def _folded(what: str, content: Html, note: str = "") -> Html:
    words = element("span", note) if note else Html()
    return element("details", element("summary", what, words), content, class_="aside")
