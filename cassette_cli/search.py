"""Which files a command's PATHS stand for: files as named, and what looks like a cassette in directories.

In a directory hidden files are passed over, and in a git work tree those that .gitignore files or .git/info/exclude
name (https://git-scm.com/docs/gitignore; a user's global excludes file is not read). Directories that are symbolic
links are not entered, so no link can lead in a circle.
"""

import os
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cassette_cli.errors import CassetteError, Where
from cassette_cli.framing.encoding import GZIP, LIMIT

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

STDIN = "-"
# So many names of a directory are looked at to find the one that was meant, which must be so much like what was said.
MOST_NEAR, LIKENESS = 5000, 0.75

# Bytes at the head of a file that must show whether it may be a cassette.
HEAD = 16_384

# A file of YAML: what may come before the first key, then that key, a list or a conflict marker of git.
FIRST_LINE = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:[ \t]*(?:\#[^\n]*)?\r?\n|%[^\n]*\n|---[ \t]*\r?\n)*"""
    rb"""(?:---|-[ \r\n]|!\S|<<<<<<<|["']?[A-Za-z_][\w ./-]*["']?[ \t]*:)"""
)
# The keys that recorders of YAML write at the head of a file.
YAML_KEYS = re.compile(
    rb"""^(?:\xef\xbb\xbf)?["']?(?:http_interactions|interactions)["']?[ \t]*:[ \t]*(?:[\#\[{!]|\r?$)"""  # all VCRs
    rb"""|^when:[ \t]*\r?$"""  # httpmock
    rb"""|^requests:[ \t]*\r?\n[ \t]*-[ \t]"""  # langchain-tests
    rb"""|^conversations:[ \t]*\r?\n[ \t]*-[ \t]+messages:"""  # snapshots of an agent, to be told as such
    rb"""|^log:[ \t]*\r?$"""  # HAR written as YAML
    rb"""|^-[ \t]*(?:\r?\n[ \t]+)?request:[ \t]*\r?$""",  # php-vcr
    re.MULTILINE,
)
HTTPRR_START = b"httprr trace v"
# cassetter's TOML: comments, and a version before the first interaction.
TOML_START = re.compile(
    rb"(?:[ \t]*(?:#[^\n]*)?\r?\n)*(?:version[ \t]*=[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*)?\[\[interactions\]\]"
)
JSON_START = re.compile(rb"(?:\xef\xbb\xbf)?(?:<{7,}[^\n]*\n)?\s*[{\[]")
# The keys that recorders of JSON write at the head of a file.
JSON_KEYS = re.compile(
    rb"""["'](?:http_interactions|interactions)["']\s*:\s*[\[{]"""  # VCR.py, Betamax, DVR
    rb"""|["']log["']\s*:\s*\{"""  # HAR
    # dd-apm-test-agent, WireMock, ExVCR, PHP-VCR; and not what describes an API
    rb"""|["']request["']\s*:\s*\{(?!\s*["'](?:operation|\$ref|type)["'])"""
    rb"""|["']Entries["']\s*:\s*\["""  # Azure test proxy
    rb"""|["']scope["']\s*:\s*["']https?:"""  # nock
    rb"""|["']mappings["']\s*:\s*\["""  # WireMock, several in one file
    rb"""|\A\{["']key["']\s*:\s*["'][0-9a-f]+["'],\s*["']response["']\s*:""",  # cachy
)


class Found(NamedTuple):
    """A file to read; `named` says that the user named it, so that it must be a cassette."""

    path: str
    named: bool


def find(paths: Iterable[str]) -> Iterator[Found | CassetteError]:
    """The files that paths stand for, each file once, those of a directory sorted by name; "-" is standard input.

    What cannot be read on the way is an error among them.
    """
    seen = set()
    for path in paths:
        for found in _found(path):
            key = found if isinstance(found, CassetteError) or found.path == STDIN else os.path.realpath(found.path)
            if key not in seen:
                seen.add(key)
                yield found


def _found(path: str) -> Iterator[Found | CassetteError]:
    if path != STDIN and os.path.isdir(path):
        yield from _in_directory(path, _rules_above(path))
    else:
        yield Found(path, named=True)


def looks_like_cassette(head: bytes) -> bool:
    """Whether a file that begins like this, under gzip or not, may be a cassette; False for what no recorder writes."""
    if head.startswith(GZIP.magic):
        head = GZIP.decode(head, LIMIT).data[:HEAD]
    if head.startswith(HTTPRR_START):
        return True
    if TOML_START.match(head):
        return True
    if JSON_START.match(head):
        return bool(JSON_KEYS.search(head) or YAML_KEYS.search(head))
    return bool(YAML_KEYS.search(head) and FIRST_LINE.match(head))


def _in_directory(directory: str, rules: "tuple[_Rules, ...]") -> Iterator[Found | CassetteError]:
    try:
        with os.scandir(directory) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield unreadable(directory, error)
        return
    names = {entry.name for entry in entries}
    if ".git" in names:
        rules = (_excluded_in(directory),)
    if rules and ".gitignore" in names:
        rules = (*rules, _Rules(os.path.abspath(directory), _spec(os.path.join(directory, ".gitignore"))))
    for entry in entries:
        if not entry.name.startswith("."):
            yield from _at(entry, rules)


def _at(entry: "os.DirEntry[str]", rules: "tuple[_Rules, ...]") -> Iterator[Found | CassetteError]:
    path = entry.path.removeprefix("." + os.sep)
    if entry.is_dir(follow_symlinks=False):
        if not _ignored(path + "/", rules):
            yield from _in_directory(path, rules)
        return
    if not (os.path.isfile(path) if entry.is_symlink() else entry.is_file()) or _ignored(path, rules):
        return
    try:
        with open(path, "rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        yield unreadable(path, error)
        return
    if looks_like_cassette(head):
        yield Found(path, named=False)


def unreadable(path: str, error: OSError) -> CassetteError:
    """What to say of a path that the system does not let us read."""
    hint = did_you_mean(path) if isinstance(error, FileNotFoundError) else ""
    return CassetteError(f"cannot be read: {error.strerror or error}{hint}", Where(path))


def did_you_mean(path: str) -> str:
    """The end of a message that names a path where nothing is: the one that may have been meant."""
    near = _near(path)
    return f"; did you mean {near}?" if near else ""


def _near(path: str) -> str | None:
    """A path that is there and whose parts are those of another, or like them."""
    folder, name = os.path.split(path)
    if folder and not os.path.isdir(folder):
        folder = _near(folder) or ""
        if not os.path.isdir(folder):
            return None
        if os.path.exists(os.path.join(folder, name)):
            return os.path.join(folder, name)
    try:
        with os.scandir(folder or os.curdir) as scan:
            names = sorted(entry.name for entry in islice(scan, MOST_NEAR))
    except OSError:
        return None
    if not name:
        return folder
    from difflib import get_close_matches

    near = [each for each in names if os.path.splitext(each)[0] == name] or get_close_matches(name, names, 1, LIKENESS)
    return os.path.join(folder, near[0]) if near else None


class _Rules(NamedTuple):
    """The patterns of one file of them, and the directory from which they count."""

    base: str
    spec: "GitIgnoreSpec"


def texts_below(directory: str, endings: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The files below a directory (or the file itself) whose names have one of these endings, and their texts, in
    order; hidden directories, packages of Node and what is no UTF-8 are passed over.

    Raises CassetteError where there is nothing, or something cannot be read.
    """
    if not os.path.exists(directory):
        raise CassetteError("no such file or directory", Where(directory))
    held = [directory] if os.path.isfile(directory) else []
    for folder, names, found in os.walk(directory):
        names[:] = sorted(name for name in names if not name.startswith(".") and name != "node_modules")
        held += [os.path.join(folder, name) for name in sorted(found) if name.endswith(endings)]
    for path in held:
        try:
            yield path, Path(path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        except OSError as error:
            raise unreadable(path, error) from None


def _ignored(path: str, rules: tuple[_Rules, ...]) -> bool:
    """Whether git would pass over a path (a directory's ends in "/"): the rules nearest to it decide first."""
    if not rules:
        return False
    full = os.path.abspath(path) + ("/" if path.endswith("/") else "")
    for base, spec in reversed(rules):
        verdict = spec.check_file(full[len(base) :].lstrip(os.sep).replace(os.sep, "/")).include
        if verdict is not None:
            return verdict
    return False


def _rules_above(directory: str) -> tuple[_Rules, ...]:
    """The rules that hold in a directory before its own; none outside a git work tree, none in one that they name
    themselves (the user did name it)."""
    inner = Path(os.path.abspath(directory))
    above = list(inner.parents)
    top = next((index for index, folder in enumerate(above) if (folder / ".git").exists()), None)
    if top is None or (inner / ".git").exists():
        return ()
    rules: tuple[_Rules, ...] = (_excluded_in(str(above[top])),)
    for folder in reversed(above[: top + 1]):
        if (folder / ".gitignore").is_file():
            rules = (*rules, _Rules(str(folder), _spec(str(folder / ".gitignore"))))
    return () if _ignored(f"{inner}/", rules) else rules


def _excluded_in(work_tree: str) -> _Rules:
    return _Rules(os.path.abspath(work_tree), _spec(os.path.join(work_tree, ".git", "info", "exclude")))


def _spec(path: str) -> "GitIgnoreSpec":
    """The patterns of a file, none where there is no such file."""
    from pathspec import GitIgnoreSpec  # here, because it costs as much as all the rest of a start

    try:
        with open(path, encoding="utf-8", errors="surrogateescape") as file:
            return GitIgnoreSpec.from_lines(file)
    except OSError:
        return GitIgnoreSpec.from_lines([])
