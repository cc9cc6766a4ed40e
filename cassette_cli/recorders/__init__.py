"""The recorders that are known, and which of them wrote a file."""

from collections.abc import Iterator, Sequence

from cassette_cli.document.document import Document
from cassette_cli.document.tree import Mapping, Node, Scalar, elements, get
from cassette_cli.errors import CassetteError, Where
from cassette_cli.recorders.base import MERGED, Recorder, has_merge_key
from cassette_cli.registry import Registry

# By how many of their files there are; no two of them match the same file.
RECORDERS: Sequence[Recorder] = Registry(
    __name__,
    [
        "vcrpy",
        "go_vcr",
        "ruby_vcr",
        "httpmock",
        "dd_apm_test_agent",
        "azure_test_proxy",
        "betamax",
        "har",
        "httprr",
        "wiremock",
        "r_vcr",
        "nock",
        "langchain_tests",
        "exvcr",
        "inline_snapshot",
        "dvr",
        "okreplay",
        "php_vcr",
        "cassetter",
        "llm_vcr",
        "cachy",
    ],
)
# So many of them are named where a file is of none.
NAMED = 3


def detect(document: Document) -> Recorder | None:
    """The recorder that wrote a file, by its content; None where it is no cassette that is known here."""
    root = document.root
    if root is None:
        return None
    return next((recorder for recorder in RECORDERS if recorder.matches(root)), None)


def companions(recorder: Recorder, document: Document) -> tuple[str, Iterator[str]]:
    """The folder of the other files that a file's bodies lie in, and their names below it."""
    if recorder.NAME != "WireMock":
        return "", iter(())
    from cassette_cli.recorders import wiremock

    return wiremock.FOLDER, wiremock.companions(document)


def reads_lines(recorder: Recorder) -> bool:
    """Whether a recorder's file is one JSON text per line."""
    return recorder.NAME == "cachy"


def why_unknown(document: Document) -> CassetteError:
    """What to say of a file that no recorder here wrote: what it is, or how it differs, and where."""
    from cassette_cli.recorders import foreign

    other = foreign.named(document)
    if other:
        return CassetteError(f"not a cassette: {other}")
    node, difference = _difference(document.root)
    known = ", ".join(recorder.NAME for recorder in RECORDERS[:NAMED])
    more = f"{known} and {len(RECORDERS) - NAMED} other recorders"
    where = Where(None, *document.position(node.span.start)) if node else Where()
    return CassetteError(f"not a cassette that this tool knows: {difference}; it reads those of {more}", where)


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
