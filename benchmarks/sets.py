"""The recordings that are measured: real ones multiplied to a size, and made ones that grow."""

import json
import shutil
from pathlib import Path

from cassette_cli.search import Found, find

EVENT = (
    '{{"id": "c", "object": "chat.completion.chunk", "model": "m", "choices": [{{"index": 0, "delta": {{{delta}}}}}]}}'
)
HEAD = """\
version: 2
interactions:
    - id: 0
      request:
        body: '{"model": "m", "stream": true, "messages": [{"role": "user", "content": "Count."}]}'
        headers:
            Content-Type:
                - application/json
        url: https://api.example.com/v1/chat/completions
        method: POST
      response:
        body: |+
"""
TAIL = """\
        headers:
            Content-Type:
                - text/event-stream
        status: 200 OK
        code: 200
        duration: 1ms
"""


def multiplied(source: Path, target: Path, megabytes: float) -> Path:
    """A folder of at least so many megabytes: the YAML cassettes of `source`, over and over. What is there is used
    again. YAML alone, because that is what the parsers that ours is beside read."""
    files = [Path(each.path) for each in find([str(source)]) if isinstance(each, Found)]
    files = [path for path in files if path.suffix in (".yaml", ".yml")]
    size = sum(path.stat().st_size for path in files)
    if not size:
        raise SystemExit(f"no files in {source}")
    for number in range(max(1, -int(-megabytes * 1e6 // size))):
        copy = target / f"{number:03}"
        for path in files if not copy.exists() else ():
            place = copy / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
    return target


def changed(path: Path) -> Path:
    """A copy of a recording in which the last word of the reply is another."""
    other = path.with_name(f"changed_{path.name}")
    if not other.exists():
        text = path.read_text(encoding="utf-8")
        place = max(text.rfind("word "), text.rfind("play"))
        other.write_text(f"{text[:place]}done{text[place + 4 :]}", encoding="utf-8")
    return other


def stream(target: Path, events: int) -> Path:
    """A recording of one reply in so many events."""
    path = target / f"{events}_events.yaml"
    if not path.exists():
        deltas = [json.dumps(f"word {number} ") for number in range(events - 1)]
        lines = [EVENT.format(delta=f'"role": "assistant", "content": {delta}') for delta in deltas]
        body = "".join(f"            data: {line}\n\n" for line in [*lines, "[DONE]"])
        target.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + body + TAIL, encoding="utf-8")
    return path


def long_answer(target: Path, megabytes: float) -> Path:
    """A recording of one reply of so many megabytes in one line of JSON."""
    path = target / f"{megabytes:g}_megabytes.yaml"
    if not path.exists():
        text = "All work and no play. " * int(megabytes * 1e6 / 22)
        message = {"role": "assistant", "content": text}
        body = json.dumps({"id": "c", "object": "chat.completion", "choices": [{"index": 0, "message": message}]})
        target.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD.replace("|+\n", f"'{body}'\n") + TAIL, encoding="utf-8")
    return path
