"""Where git is told: in one repository, or for all of a user's; and what is told there now."""

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cassette_cli import files, repository
from cassette_cli.commands.git import attributes, configuration
from cassette_cli.commands.git.installed import State, program, settings, state
from cassette_cli.errors import CassetteError

# These run programs: another program under our name is not ours to replace.
RUN = ("diff.cassette.command", "diff.cassette.textconv", "merge.cassette.driver")


class Setting(NamedTuple):
    """A setting of git's: its name, its value, and what that is to us."""

    name: str
    value: str | None
    state: State


class Scope(NamedTuple):
    """`name` is "repository" or "global", `option` git's word for it, `path` the file of attributes."""

    name: str
    option: str
    path: str

    def settings(self) -> list[Setting]:
        """What is set there."""
        found = []
        for name, wanted in settings(program()).items():
            value = repository.setting(name, self.option)
            found.append(Setting(name, value, state(name, value, wanted)))
        return found

    def patterns(self) -> list[str]:
        """The patterns of our lines in the file of attributes."""
        return attributes.own(_text(self.path))

    def enable(self, patterns: Sequence[str]) -> bool:
        """Set all settings, and add patterns. Whether that changed anything.

        Raises CassetteError, before anything is written, where a program of somebody else's has our name.
        """
        held = self.settings()
        for each in held:
            if each.name in RUN and each.state is State.OTHER:
                raise CassetteError(f"git's setting {each.name} is another program's: {each.value}; unset it first")
        wanted = settings(program())
        new = [each.name for each in held if each.state in (State.MISSING, State.STALE)]
        if all(each.state is State.MISSING for each in held):
            path = repository.settings_file(self.option)
            text = _text(path)
            _save(path, text, configuration.added(text, wanted))
        else:
            for name in new:
                repository.set_setting(name, wanted[name], self.option)
        text = _text(self.path)
        return _save(self.path, text, attributes.added(text, patterns)) or bool(new)

    def disable(self) -> bool:
        """Take our settings and lines out again. Whether there were any."""
        ours = [each.name for each in self.settings() if each.state in (State.SET, State.STALE)]
        path = repository.settings_file(self.option)
        text, lines = _text(path), _text(self.path)
        changed = _save(path, text, configuration.removed(text, ours))
        return _save(self.path, lines, attributes.removed(lines)) or changed


def _text(path: str) -> str:
    """What a file of git's holds, nothing where there is none. Patterns name files, whose names may be any bytes."""
    return (files.bytes_of(path) if os.path.exists(path) else b"").decode("utf-8", "surrogateescape")


def _save(path: str, before: str, after: str) -> bool:
    """Put a file's text in the place of another; one that would hold nothing goes. Whether they differ."""
    if after == before:
        return False
    if not after:
        files.remove(path)
    else:
        files.make_folder(os.path.dirname(os.path.abspath(path)))
        files.save(path, after.encode("utf-8", "surrogateescape"))
    return True


def repository_scope() -> Scope:
    """The repository of the working directory. Raises CassetteError outside of one."""
    return Scope("repository", "local", os.path.relpath(os.path.join(repository.top(), ".gitattributes")))


def global_scope() -> Scope:
    """All repositories of the user: https://git-scm.com/docs/gitattributes, "core.attributesFile"."""
    held = repository.setting("core.attributesFile", "global", kind="path")
    return Scope("global", "global", held or os.path.join(repository.user_folder(), "attributes"))


def recordings() -> Iterator[tuple[str, bool]]:
    """The tracked files that are there, by their paths from the top of the work tree on, each with whether it is a
    recording; one that cannot be read as one is one, too."""
    top = os.path.relpath(repository.top())
    paths = {os.path.normpath(os.path.join(top, path)): path for path in repository.tracked()}
    there = [path for path in paths if os.path.isfile(path) and not os.path.islink(path)]
    found = set()
    for each in files.load(there, skip_others=True):
        found.add(each.where.path if isinstance(each, CassetteError) else each.path)
    return ((paths[path], path in found) for path in there)
