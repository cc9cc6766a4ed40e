"""Cassettes of every recorder, in every style that YAML and JSON have, of every protocol and framing, with texts that
trip parsers: what they hold is known."""

import gzip
import json
import zlib
from base64 import b64encode
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml
from hypothesis import strategies as st
from laws import sound_texts

from cassette_cli.converting import TARGETS
from cassette_cli.converting.base import Carried
from cassette_cli.framing.encoding import BROTLI, ZSTD
from samples.make.cases import CASES

from .layouts import LAYOUTS, trace

# Recorders that keep one interaction in a file, or several in a way of their own.
ALONE = frozenset({"httpmock", "dd-apm-test-agent", "cachy"})
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "deflate": zlib.compress,
    "br": lambda data: BROTLI.encode(data, b""),
    "zstd": lambda data: ZSTD.encode(data, b""),
}
EXCHANGES = [exchange for case in CASES.values() for exchange in case.exchanges]
# Other ways to end a line, and a stream: what stands on the left becomes what stands on the right.
FRAMES = [
    (b"\n", b"\r\n"),
    (b"\n", b"\r"),
    (b"data: ", b"data:"),
    (b"\n\n", b"\n\n\n: x\n\n"),
    (b"data: ", b"\xef\xbb\xbfdata: "),
]


class Built(NamedTuple):
    """A file, the recorder that it is of, and what it holds."""

    recorder: str
    data: bytes
    held: tuple[Carried, ...]


@st.composite
def interactions(draw: st.DrawFn) -> Carried:
    """A sample's interaction, its texts and frames changed now and then, under some content coding."""
    exchange = draw(st.sampled_from(EXCHANGES))
    reply = exchange.reply
    headers = list(exchange.reply_headers)
    if draw(st.booleans()):
        reply = reply.replace(*draw(st.sampled_from(FRAMES)))
    if draw(st.booleans()):
        word = json.dumps(draw(sound_texts))[1:-1].encode()
        reply = reply.replace(draw(st.sampled_from([b"the", b"a", b"add", b"2"])), word)
    if draw(st.integers(0, 3)) == 0:
        reply = reply[: draw(st.integers(0, len(reply)))]
    if draw(st.integers(0, 3)) == 0:
        coding = draw(st.sampled_from(sorted(CODINGS)))
        reply = CODINGS[coding](reply)
        headers.append(("Content-Encoding", coding))
    return Carried(
        method=exchange.method,
        url=exchange.url,
        request_headers=tuple(exchange.headers.items()),
        request_body=draw(st.sampled_from([exchange.body, exchange.body, draw(sound_texts)])).encode(),
        status=exchange.status,
        reason=draw(st.sampled_from(["OK", "", "Not Found"])),
        response_headers=tuple(headers),
        response_body=reply,
        recorded_at="2025-11-12T10:00:00Z",
    )


@st.composite
def cassettes(draw: st.DrawFn) -> Built:
    """A file of some recorder: laid out by hand in any style, or as `convert` writes it."""
    held = tuple(draw(st.lists(interactions(), min_size=1, max_size=2)))
    target = draw(st.sampled_from([None, None, *TARGETS]))
    if target:
        return Built(target.NAME, target.text([target.held(each) for each in held]).encode(), held)
    name = draw(st.sampled_from([*LAYOUTS, "httprr"]))
    if name == "httprr":
        return Built(name, trace(held), held)
    held = held[:1] if name in ALONE else held
    value = LAYOUTS[name](held)
    # The tag of a tape cannot be said in JSON.
    as_yaml = name == "OkReplay" or draw(st.booleans())
    text = draw(yaml_texts(value)) if as_yaml else draw(json_texts(value))
    return Built(name, (f"--- !tape\n{text}" if name == "OkReplay" else text).encode("utf-8", "replace"), held)


@st.composite
def yaml_texts(draw: st.DrawFn, value: Any) -> str:
    """A value as PyYAML dumps it."""
    text: str = yaml.dump(
        value,
        Dumper=draw(st.sampled_from([yaml.CSafeDumper, yaml.SafeDumper])),
        default_style=draw(st.sampled_from([None, None, "'", '"', "|", ">"])),
        default_flow_style=draw(st.sampled_from([False, False, False, True])),
        width=draw(st.sampled_from([30, 80, 10_000])),
        indent=draw(st.sampled_from([2, 4])),
        allow_unicode=draw(st.booleans()),
        sort_keys=draw(st.booleans()),
        line_break=draw(st.sampled_from(["\n", "\n", "\r\n"])),
    )
    return text


@st.composite
def json_texts(draw: st.DrawFn, value: Any) -> str:
    """A value as JSON, in one line or many; bytes are base64 in it."""
    text = json.dumps(
        value,
        indent=draw(st.sampled_from([None, 2, "\t"])),
        ensure_ascii=draw(st.booleans()),
        separators=draw(st.sampled_from([None, (",", ":"), (" , ", " : ")])),
        default=lambda data: b64encode(data).decode(),
    )
    return draw(st.sampled_from(["", "", "\ufeff"])) + text + draw(st.sampled_from(["", "\n"]))
