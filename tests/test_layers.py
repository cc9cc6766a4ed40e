"""The layout is a set of rules, and here they hold: what may import what, what is registered, what has a test, what
may touch the terminal, the disk and the network, and how long files and functions get."""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import cassette_cli
from cassette_cli.cli import COMMANDS
from cassette_cli.converting import TARGETS
from cassette_cli.framing import FRAMINGS
from cassette_cli.protocols import PROTOCOLS
from cassette_cli.recorders import RECORDERS

PACKAGE = Path(cassette_cli.__file__).parent
TESTS = Path(__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))

# Each layer may use those below it; what stands in one line is one layer.
LAYERS = [
    ["__main__"],
    ["cli"],
    ["commands", "pytest_plugin"],
    ["library"],
    [
        *(
            "files",
            "disk",
            "companions",
            "search",
            "repository",
            "proof",
            "exchange",
            "summary",
            "selection",
            "conversations",
        ),
        *("render", "redaction", "merging", "config", "comparison", "rechunking", "editing", "writing"),
        "converting",
        *("projects", "checks", "explanations", "matching", "trimming", "header_removal", "lengths"),
    ],
    ["recorders", "framing", "protocols"],
    ["model", "conversation", "anomalies", "header_classes", "registry", "shipped"],
    ["document"],
]
# Every file may use these.
COMMON = {"errors", ""}
# Within one layer: who may not use whom.
APART = {
    "render": {"files", "search", "proof"},
    "files": {"render", "exchange"},
    "disk": {"render", "files", "exchange"},
    "companions": {"render", "files", "exchange"},
    "search": {"render", "exchange"},
    "repository": {"render", "exchange"},
    "proof": {"render", "exchange"},
    "exchange": {"render", "files"},
    "summary": {"render", "files"},
    "selection": {"render", "files"},
    "conversations": {"render", "files"},
    "comparison": {"render", "files", "config"},
    "redaction": {"render", "files", "config"},
    "rechunking": {"render", "files", "config"},
    "editing": {"render", "files", "config", "redaction"},
    "writing": {"render", "files", "config", "redaction", "exchange", "editing"},
    "lengths": {"render", "files"},
    "converting": {"render", "config", "exchange"},
    "config": {"render", "files"},
    "merging": {"render", "redaction", "config"},
    "checks": {"render", "files", "config"},
    "explanations": {"render", "config"},
    "trimming": {"render", "files", "config"},
    "recorders": {"framing", "protocols"},
    "framing": {"recorders", "protocols"},
    "protocols": {"recorders", "framing"},
}
# In these folders a file uses no other file of the folder but these; `__init__.py` is where they are registered.
SIBLINGS = {
    "recorders": {"base"},
    "framing": {"base"},
    "protocols": {"base", "shared"},
    "commands": {"app", "base", "completing", "parallel", "terminal"},
    "checks": {"base", "fixing", "naming", "registry", "run", "settings"},
    "converting": {"base", "decoded", "go_yaml", "times", "unread"},
}
# A module from outside, or a function that reaches outside: only these files, or those in these folders, use it.
CONFINED = {
    "typer": {"cli.py", "commands"},
    "click": set[str](),
    "rich": {"render"},
    "ruamel": {"document/from_yaml.py"},
    "pytest": {"pytest_plugin.py"},
    "yaml": {"converting/vcrpy.py", "converting/ruby_vcr.py"},
    "pathspec": {"search.py"},
    "jsonschema_rs": {"checks/tools.py"},
    "brotli": {"framing/encoding.py"},
    "grapheme": {"rechunking/strategies.py"},
    "backports": {"framing/encoding.py"},
    "tempfile": {"files.py", "disk.py"},
    # The width of the terminal; whether there is a pager; where the script of this program lies.
    "shutil": {"render/console.py", "render/pager.py", "commands/git/installed.py"},
    "subprocess": {"repository.py", "render/pager.py", "commands/edit/editor.py"},
    "socket": set[str](),
    "http": {"editing/status.py", "converting/go_vcr.py"},  # a table of phrases
    "urllib.request": set[str](),
    "random": set[str](),
}
# The search looks at the heads of files and at .gitignore.
OPENERS = {"files.py", "disk.py", "search.py", "shipped.py"}
OPENING = {
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "scandir",
    "listdir",
    "unlink",
}
WRITERS = {"cli.py", "commands", "render"}

# Files without a test file of their own, and why.
NO_TWIN = {
    "__init__.py": "a version and names; tests/test_library.py",
    "__main__.py": "one call; test_cli.py runs it",
    "anomalies.py": "a list of names",
    "conversation.py": "values without behaviour",
    "disk.py": "what test_files.py has files do",
    "errors.py": "values; test_files.py and test_cli.py show how they read",
    "model.py": "values; tests of recorders read them",
    "framing/base.py": "types",
    "render/lines.py": "values",
    "redaction/settings.py": "values; tests/config makes them",
    "checks/settings.py": "values; tests/config makes them",
    "checks/base.py": "types",
    "checks/registry.py": "a list; tests/checks/test_checks.py runs it",
    "commands/app.py": "what test_cli.py and each command's tests run",
    "shipped.py": "what test_schema.py prints",
    "commands/base.py": "what test_cli.py and each command's tests run",
}

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """The dotted names that a file imports: "cassette_cli.document.text.Span", "typer"."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: Path) -> Iterator[tuple[str, ...]]:
    """What a file imports of this package, as ("document", "text", "Span")."""
    for name in imported(path):
        head, *rest = name.split(".")
        if head == "cassette_cli":
            yield tuple(rest)


def layer(part: str) -> int:
    found = [number for number, parts in enumerate(LAYERS) if part in parts]
    assert found, f"LAYERS does not say where {part} stands"
    return found[0]


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if part in COMMON or part == "__init__":
        # What the package offers to other programs it imports when they ask for it.
        assert {names[0] for names in ours(path)} <= COMMON | ({"library"} if part == "__init__" else set())
        return
    for names in ours(path):
        used = names[0] if (PACKAGE / names[0]).is_dir() or (PACKAGE / f"{names[0]}.py").is_file() else ""
        if used in COMMON or used == part:
            continue
        assert layer(part) <= layer(used), f"{name_of(path)} uses {'.'.join(names)}, a layer above it"
        if part == "protocols" and names[:2] == ("framing", "base"):
            continue
        assert used not in APART.get(part, ()), f"{name_of(path)} uses {'.'.join(names)}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_siblings_leave_each_other_alone(path: Path) -> None:
    folder, *rest = path.relative_to(PACKAGE).parts
    if folder not in SIBLINGS or rest == ["__init__.py"] or path.stem in SIBLINGS[folder]:
        return
    own = rest[0].removesuffix(".py")
    for names in ours(path):
        if names[0] == folder and own not in SIBLINGS[folder]:
            assert names[1] in SIBLINGS[folder] | {own}, f"{name_of(path)} uses its sibling {names[1]}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_what_reaches_outside_is_confined(path: Path) -> None:
    name = name_of(path)
    for used in imported(path):
        for module, allowed in CONFINED.items():
            if used == module or used.startswith(f"{module}."):
                assert name in allowed or name.split("/")[0] in allowed, f"{name} imports {module}"
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            opens = called in OPENING or (called == "open" and isinstance(node.func, ast.Name))
            assert not opens or name in OPENERS, f"{name}:{node.lineno} calls {called}"
            assert called != "print" or name.split("/")[0] in WRITERS, f"{name}:{node.lineno} prints"


def modules_in(folder: str) -> set[str]:
    """The names of the modules and packages in a folder, but `__init__` and those that all others share."""
    paths = (PACKAGE / folder).iterdir()
    names = {path.stem for path in paths if path.suffix == ".py" or (path / "__init__.py").is_file()}
    return names - {"__init__"} - SIBLINGS[folder]


REGISTERED: list[tuple[str, list[str], set[str]]] = [
    ("recorders", [str(vars(each)["__name__"]) for each in RECORDERS], {"foreign"}),
    ("framing", [str(vars(each)["__name__"]) for each in FRAMINGS], {"encoding"}),
    ("protocols", [str(vars(each)["__name__"]) for each in PROTOCOLS], set()),
    ("converting", [str(vars(each)["__name__"]) for each in TARGETS], {"convert"}),
    ("commands", [command.name.replace("-", "_") for command in COMMANDS], set()),
]


@pytest.mark.parametrize(("folder", "registered", "helpers"), REGISTERED, ids=[row[0] for row in REGISTERED])
def test_a_registry_lists_its_folder(folder: str, registered: list[str], helpers: set[str]) -> None:
    names = [name.removeprefix(f"cassette_cli.{folder}.") for name in registered]
    assert len(names) == len(set(names))
    assert set(names) == modules_in(folder) - helpers


def test_names_of_what_is_registered_are_unique() -> None:
    for registry in (RECORDERS, FRAMINGS, PROTOCOLS):
        names = [each.NAME for each in registry]
        assert len(names) == len(set(names))
        assert all(isinstance(each, ModuleType) for each in registry)


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if path.name != "__init__.py" and name_of(path) not in NO_TWIN], ids=name_of
)
def test_each_file_has_a_test_file(path: Path) -> None:
    """In the folder of tests that mirrors its own; the files of a package within a folder may share one."""
    folder, *package = path.relative_to(PACKAGE).parts[:-1] or [""]
    names = [path.stem, *package]
    patterns = [pattern for name in names for pattern in (f"test_{name}.py", f"test_*_{name}.py", f"test_{name}_*.py")]
    twins = [twin for pattern in patterns for twin in (TESTS / folder).rglob(pattern)]
    assert twins, f"{name_of(path)} has no tests/{folder}/test_{path.stem}.py"


def test_exceptions_are_still_there() -> None:
    assert {name for name in NO_TWIN if not (PACKAGE / name).is_file()} == set()


def test_names_of_test_files_are_unique() -> None:
    """Those of a package (a folder with `__init__.py`) have its name before theirs."""
    alone = [path for path in TESTS.rglob("*.py") if not (path.parent / "__init__.py").exists()]
    names = [path.name for path in alone if path.name != "conftest.py"]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_and_functions_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= MOST_LINES_OF_A_FUNCTION, f"{name_of(path)}:{node.lineno} {node.name} has {length} lines"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_each_file_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not text or ast.get_docstring(ast.parse(text)), f"{name_of(path)} has no docstring"
