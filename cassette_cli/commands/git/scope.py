"""Where git is told: in one repository, or for all of a user's; and what is told there now."""

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cassette_cli import files, repository
from cassette_cli.commands.git import attributes
from cassette_cli.commands.git.installed import State, program, settings, state
from cassette_cli.errors import CassetteError, Where

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
        return attributes.own(self._text())

    def enable(self, patterns: Sequence[str]) -> bool:
        """Set all settings, and add patterns. Whether that changed anything.

        Raises CassetteError, before anything is written, where a program of somebody else's has our name.
        """
        held = self.settings()
        for each in held:
            if each.name in RUN and each.state is State.OTHER:
                raise CassetteError(f"git's setting {each.name} is another program's: {each.value}; unset it first")
        text = self._text()
        wanted = settings(program())
        new = [each.name for each in held if each.state in (State.MISSING, State.STALE)]
        for name in new:
            repository.set_setting(name, wanted[name], self.option)
        return self._save(text, attributes.added(text, patterns)) or bool(new)

    def disable(self) -> bool:
        """Take our settings and lines out again. Whether there were any."""
        ours = [each.name for each in self.settings() if each.state in (State.SET, State.STALE)]
        for name in ours:
            repository.set_setting(name, None, self.option)
        text = self._text()
        return self._save(text, attributes.removed(text)) or bool(ours)

    def _text(self) -> str:
        data = files.bytes_of(self.path) if os.path.exists(self.path) else b""
        # Patterns name files, whose names may be any bytes.
        return data.decode("utf-8", "surrogateescape")

    def _save(self, before: str, after: str) -> bool:
        if after == before:
            return False
        try:
            if not after:
                os.remove(self.path)
                return True
            os.makedirs(os.path.dirname(os.path.abspath(self.path)), exist_ok=True)
        except OSError as error:
            raise CassetteError(f"cannot be written: {error.strerror or error}", Where(self.path)) from None
        files.save(self.path, after.encode("utf-8", "surrogateescape"))
        return True


def repository_scope() -> Scope:
    """The repository of the working directory. Raises CassetteError outside of one."""
    return Scope("repository", "local", os.path.relpath(os.path.join(repository.top(), ".gitattributes")))


def global_scope() -> Scope:
    """All repositories of the user: https://git-scm.com/docs/gitattributes, "core.attributesFile"."""
    held = repository.setting("core.attributesFile", "global", kind="path")
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return Scope("global", "global", held or os.path.join(home, "git", "attributes"))


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
