"""Short forms for what nobody reads in full: data URLs and base64; and the units of sizes, times and money."""

import re
from decimal import Decimal

# RFC 2397. The parts are bounded, so that a text of nothing but "data:" costs no more than any other.
_DATA_URL = re.compile(
    r"data:(?P<type>[\w.+-]{1,80}/[\w.+-]{1,80})?(?:;[\w.=+-]{1,80}){0,4};base64,(?P<data>[\w+/=-]{64,})", re.ASCII
)
# One long word of letters of both cases and digits: "xxxx..." is what somebody wrote.
_BASE64 = re.compile(r"(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])(?=[^0-9]*[0-9])[\w+/-]{256,}={0,2}", re.ASCII)
# Base64 of the first bytes of common formats (their magic numbers).
_BEGINNINGS = {
    "iVBORw0KGgo": "image/png",
    "/9j/": "image/jpeg",
    "R0lGOD": "image/gif",
    "UklGR": "audio/wav or image/webp",
    "JVBERi0": "application/pdf",
    "SUQz": "audio/mpeg",
    "T2dnUw": "audio/ogg",
    "UEsDB": "application/zip",
    "H4sI": "gzip",
}


def elided(text: str) -> str:
    """`text` with every data URL and, where it is nothing else, base64 of 256 characters and more as type and size."""
    if len(text) < 64:
        return text
    if _BASE64.fullmatch(text):
        return f"<{_media_type_of(text)}, {size(len(text) * 3 // 4)}>"
    return _DATA_URL.sub(_data_url, text) if "base64," in text else text


def _media_type_of(base64: str) -> str:
    return next((name for start, name in _BEGINNINGS.items() if base64.startswith(start)), "base64")


def _data_url(match: re.Match[str]) -> str:
    return f"<{match['type'] or 'text/plain'}, {size(len(match['data'].rstrip('=')) * 3 // 4)}>"


def size(count: int) -> str:
    """Bytes in decimal units: "812 B", "34 kB", "1.2 MB"."""
    if count < 1000:
        return f"{count} B"
    number = float(count)
    for unit in ("kB", "MB"):
        number /= 1000
        if number < 999.5:
            return f"{number:.1f} {unit}" if number < 9.95 else f"{number:.0f} {unit}"
    return f"{number / 1000:.1f} GB"


def duration(milliseconds: float) -> str:
    """A time: "83 ms", "1.27 s", "2 min 5 s"."""
    if milliseconds < 999.5:
        return f"{milliseconds:.0f} ms"
    if milliseconds < 59_995:
        return f"{milliseconds / 1000:.2f} s"
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    return f"{minutes} min {seconds} s"


def money(dollars: float | Decimal) -> str:
    """An amount with all digits that the recording gives, never in scientific notation: "$0.00005397"."""
    return f"${Decimal(str(dollars)):f}"


def plural(count: int, noun: str) -> str:
    """A count with its noun: "1 event", "2 events"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
