"""The merge driver: git's three files made one, interaction by interaction, or line by line where that cannot be.

https://git-scm.com/docs/gitattributes, "Defining a custom merge driver".
"""

from collections.abc import Sequence

from cassette_cli import files
from cassette_cli.errors import CassetteError
from cassette_cli.merging.splice import Markers
from cassette_cli.merging.versions import Merged, merge
from cassette_cli.render.report import tell
from cassette_cli.repository import merge_file, setting

# What the versions are called where git does not say; a git that knows no such placeholder leaves it as it is.
LABELS = {"%S": "base", "%X": "ours", "%Y": "theirs"}
WITH_BASE = frozenset({"diff3", "zdiff3"})


def merge_driver(versions: Sequence[str], *, size: int, path: str, labels: Sequence[str]) -> bool:
    """Merge the files `versions` (base, ours, theirs) into that of ours. Whether it is without conflicts.

    `size` is the length of markers, `path` where git will put the result, `labels` what it calls the versions.
    """
    base, ours, theirs = versions
    of_base, of_ours, of_theirs = (LABELS.get(label, label) for label in labels or LABELS)
    shown = of_base if setting("merge.conflictStyle") in WITH_BASE else None
    try:
        merged = _merged(path, versions, Markers(size, of_ours, shown, of_theirs))
        if merged:
            text = files.encoded(merged.text)
            packed = files.packed_like(files.bytes_of(ours), text)
            if packed != text and merged.conflicts:
                raise CassetteError("a compressed file has no room for conflicts")
            files.save(ours, packed)
            return not merged.conflicts
    except CassetteError as error:
        tell(f"{path}: merged line by line: {error.message}")
    return merge_file(ours, base, theirs, size, [of_ours, of_base, of_theirs])


def _merged(path: str, versions: Sequence[str], markers: Markers) -> Merged | None:
    """The merged text; None where a version is no cassette at all. An empty base is none."""
    held = [files.bytes_of(version) for version in versions]
    base, ours, theirs = (files.from_bytes(path, data) for data in held)
    if ours is None or theirs is None or (base is None and held[0]):
        return None
    return merge(base, ours, theirs, markers)
