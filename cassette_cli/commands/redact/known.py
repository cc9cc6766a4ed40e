"""The baseline, written: with all that is there now, or with what a person let through."""

import os
from collections import defaultdict
from collections.abc import Iterable

from cassette_cli import files
from cassette_cli.errors import CassetteError
from cassette_cli.projects import Project, relative_to
from cassette_cli.redaction.baseline import Entry, place
from cassette_cli.redaction.located import Located


def update(read: Iterable[tuple[str, Project]], found: Iterable[tuple[Project, Iterable[Located]]]) -> dict[str, int]:
    """Write the baselines of all files that were read: what was found in a file takes the place of what was known of
    it. Gives how many entries each baseline has now.

    Raises CassetteError where no baseline is named.
    """
    projects: dict[str, Project] = {}
    paths: dict[str, list[str]] = defaultdict(list)
    for path, project in read:
        if project.baseline_path is None:
            raise CassetteError("--update-baseline needs --baseline FILE, or `baseline` in the configuration")
        projects[project.baseline_path] = project
        paths[project.baseline_path].append(_relative(project, path))
    entries: dict[str, list[Entry]] = defaultdict(list)
    for project, places in found:
        entries[str(project.baseline_path)] += (entry(project, each) for each in places)
    return {path: _write(project, paths[path], entries[path]) for path, project in projects.items()}


def allow(found: Iterable[tuple[Project, Iterable[Located]]]) -> None:
    """Add findings to the baselines of their projects."""
    projects: dict[int, tuple[Project, list[Entry]]] = {}
    for project, places in found:
        _, entries = projects.setdefault(id(project), (project, []))
        entries += (entry(project, each) for each in places)
    for project, entries in projects.values():
        _write(project, (), entries)


def entry(project: Project, found: Located) -> Entry:
    """A finding as a baseline keeps it."""
    return Entry(_relative(project, found.path), place(found.where), found.rule, found.fingerprint)


def _write(project: Project, paths: Iterable[str], entries: Iterable[Entry]) -> int:
    if project.baseline is None or project.baseline_path is None:
        raise CassetteError("there is no baseline to write: name one with --baseline FILE")
    held = project.baseline.updated(paths, entries)
    files.save(project.baseline_path, held.text().encode())
    return len(held.entries)


def _relative(project: Project, path: str) -> str:
    return relative_to(os.path.dirname(os.path.abspath(project.baseline_path or ".")), path)
