"""Work inside one process: `python -m benchmarks.inside NAME PATH` prints the seconds of processor time that it takes,
the best of three, imports not counted. With `--once` before NAME it is done once, to be timed from outside.

What the vendors' SDKs are timed on is what they do with a reply: the recorded bytes come from memory, through their own
transport.
"""

import io
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from cassette_cli import files
from cassette_cli.cli import run
from cassette_cli.exchange import Exchange, exchange
from cassette_cli.framing.base import is_text
from cassette_cli.model import Cassette, Interaction
from cassette_cli.search import Found, find

Work = Callable[[], object]
TIMES = 3


def texts(path: Path) -> list[str]:
    """What the YAML files of a folder hold that look like cassettes."""
    return [Path(each).read_text(encoding="utf-8") for each in named(path)]


def named(path: Path) -> list[str]:
    """The YAML files of a folder that look like cassettes."""
    found = (each.path for each in find([str(path)]) if isinstance(each, Found))
    return [each for each in found if each.endswith((".yaml", ".yml"))]


def compose(path: Path) -> Work:
    """ruamel.yaml on libyaml, to nodes."""
    from ruamel.yaml import YAML

    held = texts(path)

    def work() -> None:
        for text in held:
            with suppress(Exception):  # files of several documents
                YAML(typ="safe", pure=False).compose(text)

    return work


def c_safe_loader(path: Path) -> Work:
    """PyYAML on libyaml, to values; tags that it does not know read as what is under them."""
    import yaml

    class Loader(yaml.CSafeLoader):
        pass

    def value(loader: Any, _suffix: str, node: Any) -> Any:
        kinds = {"scalar": loader.construct_scalar, "sequence": loader.construct_sequence}
        return kinds.get(node.id, loader.construct_mapping)(node)

    for prefix in ("!", "tag:yaml.org,2002:python/"):
        Loader.add_multi_constructor(prefix, value)
    held = texts(path)

    def work() -> None:
        for text in held:
            with suppress(Exception):  # keys that cannot be hashed
                list(yaml.load_all(text, Loader=Loader))

    return work


def command(*words: str) -> Callable[[Path], Work]:
    """One of our commands, in one process, on the YAML files alone."""

    def made(path: Path) -> Work:
        held = named(path)

        def work() -> None:
            with redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")):
                run([*words, *held])

        return work

    return made


def interactions(path: Path, protocol: str) -> Iterator[tuple[Interaction, Exchange]]:
    """The streamed interactions of a protocol that came to a good end."""
    for cassette in files.load([str(path)]):
        for each in cassette.interactions if isinstance(cassette, Cassette) else ():
            held = exchange(each)
            reply = held.reply if held.streamed and held.protocol == protocol else None
            if reply and reply.complete and not reply.error:
                yield each, held


def ours(protocol: str) -> Callable[[Path], Work]:
    """What we do with a recorded reply and its request."""

    def made(path: Path) -> Work:
        held = [each for each, _ in interactions(path, protocol)]
        return lambda: [exchange(each) for each in held]

    return made


def bodies(path: Path, protocol: str) -> list[bytes]:
    """The streams of a protocol, as they came over the wire."""
    contents = (held.content for _, held in interactions(path, protocol))
    return [each.text.encode("utf-8", "surrogatepass") for each in contents if each and is_text(each)]


def _client(kind: Any, streams: list[bytes]) -> Any:
    """A vendor's client whose replies are these streams, one after the other; in terms of the HTTP library that it is
    built on."""
    httpx = sys.modules.get("httpx2") if kind.__module__.startswith("anthropic") else None
    httpx = httpx or import_module("httpx")

    waiting = iter(streams)
    headers = {"content-type": "text/event-stream"}
    transport = httpx.MockTransport(lambda request: httpx.Response(200, headers=headers, content=next(waiting)))
    return kind(api_key="none", max_retries=0, http_client=httpx.Client(transport=transport))


def _all(streams: list[bytes], kind: Any, one: Callable[[Any], object]) -> Work:
    def work() -> None:
        client = _client(kind, streams)
        for _ in streams:
            with suppress(Exception):  # replies on which the SDK gives up; the time until then counts
                one(client)

    return work


def openai_chat(path: Path) -> Work:
    """The openai SDK's accumulator of chat completions."""
    from openai import OpenAI

    def one(client: Any) -> object:
        with client.chat.completions.stream(model="m", messages=[{"role": "user", "content": "x"}]) as stream:
            stream.until_done()
            return stream.current_completion_snapshot

    return _all(bodies(path, "openai.chat_completions"), OpenAI, one)


def openai_responses(path: Path) -> Work:
    """The openai SDK's accumulator of responses."""
    from openai import OpenAI

    def one(client: Any) -> object:
        with client.responses.stream(model="m", input="x") as stream:
            stream.until_done()
            return stream.get_final_response()

    return _all(bodies(path, "openai.responses"), OpenAI, one)


def anthropic_messages(path: Path) -> Work:
    """The anthropic SDK's accumulator of messages."""
    from anthropic import Anthropic

    def one(client: Any) -> object:
        with client.messages.stream(model="m", max_tokens=9, messages=[{"role": "user", "content": "x"}]) as stream:
            return stream.get_final_message()

    return _all(bodies(path, "anthropic.messages"), Anthropic, one)


def litellm_chat(path: Path) -> Work:
    """litellm's builder of a reply from chunks, and the making of the chunks from the stream."""
    import json

    import litellm

    streams = bodies(path, "openai.chat_completions")

    def work() -> None:
        for body in streams:
            lines = (line[5:].strip() for line in body.splitlines() if line.startswith(b"data:"))
            with suppress(Exception):  # chunks that litellm refuses
                chunks = [litellm.ModelResponseStream(**json.loads(line)) for line in lines if line != b"[DONE]"]
                litellm.stream_chunk_builder(chunks)

    return work


WORKS: dict[str, Callable[[Path], Work]] = {
    "compose": compose,
    "csafeloader": c_safe_loader,
    "ls": command("ls", "-j1"),
    "show": command("show", "--jsonl", "-j1"),
    "redact": command("redact", "--check", "--format", "json"),
    "ours-openai-chat": ours("openai.chat_completions"),
    "ours-openai-responses": ours("openai.responses"),
    "ours-anthropic": ours("anthropic.messages"),
    "openai-chat": openai_chat,
    "openai-responses": openai_responses,
    "anthropic": anthropic_messages,
    "litellm": litellm_chat,
}


def main() -> None:
    """Time one work and print the seconds."""
    name, path = sys.argv[-2], Path(sys.argv[-1])
    work = WORKS[name](path)
    if "--once" in sys.argv:
        work()
        return
    best = float("inf")
    for _ in range(TIMES):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    print(best)


if __name__ == "__main__":
    main()
