"""Records with VCR.py (https://vcrpy.readthedocs.io), through the vendors' own clients where there is one.

VCR.py's own hooks replace the stand-in's address by the one to be recorded and leave out what differs between
machines; its own filter takes out the authorization.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import anthropic
import httpx
import openai
import vcr

from samples.make.case import Case, Exchange
from samples.make.standin import prefix
from samples.make.table import Recording

# What the clients say of the machine that they run on.
OF_THIS_MACHINE = ["x-stainless-os", "x-stainless-arch", "x-stainless-runtime", "x-stainless-runtime-version"]
CREDENTIALS = ["authorization", "x-api-key"]


def _ask_openai(base: str, exchange: Exchange) -> None:
    client = openai.OpenAI(api_key="placeholder", base_url=base + _folder(exchange.path, "/chat"), max_retries=0)
    _call(client.chat.completions.create, exchange)


def _ask_responses(base: str, exchange: Exchange) -> None:
    root = base + _folder(exchange.path, "/responses")
    _call(openai.OpenAI(api_key="placeholder", base_url=root, max_retries=0).responses.create, exchange)


def _ask_anthropic(base: str, exchange: Exchange) -> None:
    root = base + _folder(exchange.path, "/v1")
    client = anthropic.Anthropic(api_key="placeholder", base_url=root, max_retries=0)
    _call(client.messages.create, exchange)


def _folder(path: str, end: str) -> str:
    return path[: path.rindex(end)]


def _call(create: Callable[..., Any], exchange: Exchange) -> None:
    fields = json.loads(exchange.body)
    extra = {"usage": fields.pop("usage")} if "usage" in fields else None
    try:
        reply = create(**fields, extra_body=extra, extra_headers=_asked_coding(exchange))
        if fields.get("stream"):
            list(reply)
    except (openai.APIError, anthropic.APIError, json.JSONDecodeError) as error:
        # Some cases are errors, and cut-off streams make clients stumble; the recording is made all the same.
        print(f"    {type(error).__name__}: {error}")


def _asked_coding(exchange: Exchange) -> dict[str, str]:
    return {"Accept-Encoding": exchange.headers.get("Accept-Encoding", "identity")}


def _ask_plainly(base: str, exchange: Exchange) -> None:
    headers = {"Accept-Encoding": "identity", "User-Agent": "example-client/1.0", **exchange.headers}
    with httpx.Client() as client:
        client.request(exchange.method, base + exchange.path, headers=headers, content=exchange.body or None)


# How to ask, by the start of the case's name; anything else is asked plainly.
CLIENTS: Mapping[str, Callable[[str, Exchange], None]] = {
    "openai_chat": _ask_openai,
    "openai_responses": _ask_responses,
    "anthropic_batches": _ask_plainly,
    "anthropic_completions": _ask_plainly,
    "anthropic_count_tokens": _ask_plainly,
    "anthropic_sse_vertex": _ask_plainly,
    "anthropic": _ask_anthropic,
}


def _client(case: Case) -> Callable[[str, Exchange], None]:
    return next((ask for start, ask in CLIENTS.items() if case.name.startswith(start)), _ask_plainly)


def _recorded_as(base: str, exchange: Exchange) -> Callable[[Any], Any]:
    def change(request: Any) -> Any:
        request.uri = request.uri.replace(base, exchange.origin)
        for name in list(request.headers):
            if name.lower() == "host":
                request.headers[name] = exchange.origin.removeprefix("https://")
        return request

    return change


def record(origin: str, folder: Path, recordings: list[Recording]) -> None:
    """Make these samples below `folder`; `origin` is the stand-in's."""
    for recording in recordings:
        path = folder / recording.file
        print(f"  {recording.file}")
        for number, exchange in enumerate(recording.case.exchanges):
            base = origin + prefix(recording.case, number)
            # A cassette is opened again for each exchange: the hook has to know which one it is.
            with vcr.use_cassette(
                str(path),
                serializer=recording.variant.name,
                record_mode="new_episodes",
                match_on=["method", "uri", "body"],
                filter_headers=[*CREDENTIALS, *OF_THIS_MACHINE],
                before_record_request=_recorded_as(base, exchange),
            ):
                _client(recording.case)(base, exchange)
