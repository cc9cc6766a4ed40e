"""Messages of AWS event streams, as services write them: https://smithy.io/2.0/aws/amazon-eventstream.html"""

import struct
import zlib
from typing import Any

from samples.make.case import to_json

MEDIA_TYPE = "application/vnd.amazon.eventstream"


def header(name: str, value: str) -> bytes:
    """A header whose value is a string."""
    data = value.encode()
    return bytes([len(name)]) + name.encode() + b"\x07" + struct.pack(">H", len(data)) + data


def message(headers: bytes, payload: bytes) -> bytes:
    """A message around headers and payload: lengths and checksums."""
    lengths = struct.pack(">II", 16 + len(headers) + len(payload), len(headers))
    prelude = lengths + struct.pack(">I", zlib.crc32(lengths))
    return prelude + headers + payload + struct.pack(">I", zlib.crc32(prelude + headers + payload))


def event(name: str, value: Any, kind: str = "event") -> bytes:
    """An event, or with `kind` "exception" an exception, whose payload is this value's JSON."""
    headers = header(f":{kind}-type", name) + header(":content-type", "application/json")
    return message(headers + header(":message-type", kind), to_json(value).encode())
