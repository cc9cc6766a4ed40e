"""The lines of git's configuration that are ours, as text: git's own editing would end a last line that has no end, and
leave an empty section behind.

https://git-scm.com/docs/git-config, "Syntax".
"""

import re
from collections.abc import Collection, Mapping

from cassette_cli.commands.git.attributes import lines_of, without

SECTION = re.compile(r'\s*\[\s*(\w+)\s+"(\w+)"\s*\]\s*')
ANY_SECTION = re.compile(r"\s*\[")
KEY = re.compile(r"\s*(\w+)\s*=")


def added(text: str, settings: Mapping[str, str]) -> str:
    """The text with sections for all settings at its end. A text without a last line end has none afterwards."""
    end = "\r\n" if "\r\n" in text else "\n"
    rows: list[str] = []
    for name, value in settings.items():
        section, subsection, key = name.split(".")
        header = f'[{section} "{subsection}"]'
        rows += [] if header in rows else [header]
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        rows.append(f'\t{key} = "{escaped}"')
    if text and not text.endswith("\n"):
        return text + end + end.join(rows)
    return text + "".join(row + end for row in rows)


def removed(text: str, names: Collection[str]) -> str:
    """The text without the settings of these names, and without the headers below which nothing else stands."""
    lines = lines_of(text)
    gone: set[int] = set()
    header, held, prefix = None, True, ""
    for place, line in enumerate([*lines, "["]):
        if ANY_SECTION.match(line):
            if header is not None and not held:
                gone.add(header)
            found = SECTION.fullmatch(line)
            prefix = f"{found[1].lower()}.{found[2]}." if found else ""
            header, held = (place, not any(name.startswith(prefix) for name in names)) if found else (None, True)
            continue
        key = KEY.match(line)
        if key and prefix and f"{prefix}{key[1].lower()}" in names:
            gone.add(place)
        elif line.strip():
            held = True
    return without(lines, gone)
