"""The recorders that are known, and which of them wrote a file."""

from cassette_cli.document.document import Document
from cassette_cli.document.tree import Mapping, Node, Scalar, elements, get
from cassette_cli.errors import CassetteError, Where
from cassette_cli.recorders import go_vcr, httprr, ruby_vcr, vcrpy
from cassette_cli.recorders.base import MERGED, Recorder, has_merge_key

# Most specific first.
RECORDERS: list[Recorder] = [go_vcr, vcrpy, ruby_vcr, httprr]


def detect(document: Document) -> Recorder | None:
    """The recorder that wrote a file, by its content; None where it is no cassette that is known here."""
    root = document.root
    if root is None:
        return None
    return next((recorder for recorder in RECORDERS if recorder.matches(root)), None)


def why_unknown(document: Document) -> CassetteError:
    """What to say of a file that no recorder here wrote: how it differs, and where."""
    node, difference = _difference(document.root)
    known = ", ".join(recorder.NAME for recorder in RECORDERS)
    where = Where(None, *document.position(node.span.start)) if node else Where()
    return CassetteError(f"not a cassette that this tool knows: {difference}; it reads those of {known}", where)


def _difference(root: Node | None) -> tuple[Node | None, str]:
    if not isinstance(root, Mapping):
        return root, "it holds nothing" if root is None else f"it is a {'text' if isinstance(root, Scalar) else 'list'}"
    key = next((name for name in ("interactions", "http_interactions") if get(root, name)), None)
    if key is None:
        return None, "it has no `interactions` or `http_interactions`"
    held = get(root, key)
    if not elements(held):
        return held, f"`{key}` is no list" if isinstance(held, Mapping | Scalar) else f"`{key}` is empty"
    first = elements(held)[0]
    if has_merge_key(first):
        return first, f"its first interaction has {MERGED}"
    return first, "its interactions have another layout"
