"""What names tests give to recordings: those that pytest and Go make of a test's own name, and those that are
written out.

- pytest-recording: `cassettes/<module>/<test>.yaml`, `<Class>.<test>` in a class, parameters in brackets, what no file
  name may have as hyphens (https://github.com/kiwicom/pytest-recording, `get_default_cassette_name`)
- pytest-vcr: the same without the folder of the module; VCR.py's decorator: the function's name
  (https://vcrpy.readthedocs.io/en/latest/usage.html)
- Go: `testdata/<TestName>/<subtest>...`, as `t.Name()` gives it, or `<TestName>.httprr`
  (https://pkg.go.dev/testing#T.Name)
- any: a string of the test's source that ends in the file's name, with or without its extension
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

GO_TEST = re.compile(r"^func (Test\w*)\(", re.MULTILINE)
STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'|`([^`]*)`')
EXTENSIONS = re.compile(r"(?:\.(?:ya?ml|json|httprr|har|gz|txt|toml))+\Z")
# What may follow a test's name in that of a file: a subtest, a parameter.
AFTER_NAME = re.compile(r"[^A-Za-z0-9]")
# So many letters of a string with gaps tell something.
TELLING = 4
# The endings of the sources of tests.
PYTHON, GO = ".py", "_test.go"
SOURCES = (PYTHON, GO, ".rb", ".js", ".ts", ".mjs", ".rs", ".ex", ".exs", ".php", ".java", ".kt", ".cs", ".R", ".r")


class TestNames:
    """The names in the sources of tests. `add` takes them file by file."""

    # It is no test.
    __test__ = False

    def __init__(self, sources: Iterable[tuple[str, str]] = ()) -> None:
        self._tests: dict[str, set[str]] = defaultdict(set)
        self._go: set[str] = set()
        self._written: set[str] = set()
        self._globs: set[str] = set()
        for path, text in sources:
            self.add(path, text)

    def add(self, path: str, text: str) -> None:
        """Take note of what a source names."""
        if path.endswith(PYTHON):
            try:
                tree = ast.parse(text)
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                tree = None
            if tree is not None:
                self._add_python(PurePosixPath(path).stem, tree)
                return
        if path.endswith(GO):
            self._go.update(GO_TEST.findall(text))
        for found in STRING.finditer(text):
            self._write(next(filter(None, found.groups()), ""))

    def name(self, path: str) -> bool:
        """Whether a test names the recording at a path."""
        parts = PurePosixPath(path.replace("\\", "/")).parts
        stem = _stem(parts[-1]) if parts else ""
        go = [_stem(part) for part in parts if part.startswith("Test")] if "testdata" in parts else []
        if go:
            return any(_begins(part, self._go) for part in go)
        if stem in self._written or any(fnmatchcase(stem, glob) for glob in self._globs):
            return True
        test = stem.partition("[")[0]
        module = parts[-2] if len(parts) > 1 else ""
        if module in self._tests:
            return test in self._tests[module]
        return any(test in tests for tests in self._tests.values())

    def _add_python(self, module: str, tree: ast.Module) -> None:
        tests = self._tests[module]
        for node, around in _walked(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                tests.add(node.name)
                if around:
                    tests.add(f"{around}.{node.name}")
            elif isinstance(node, ast.JoinedStr):
                self._add_glob(node)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                self._write(node.value)

    def _add_glob(self, node: ast.JoinedStr) -> None:
        pieces = [str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values]
        glob = _stem(re.sub(r"[\[\]?]", "?", "".join(pieces)).rpartition("/")[2])
        if sum(char.isalnum() for char in glob) >= TELLING and "\n" not in glob:
            self._globs.add(glob)

    def _write(self, text: str) -> None:
        if text and "\n" not in text:
            self._written.add(_stem(text.replace("\\", "/").rpartition("/")[2]))


def _walked(tree: ast.Module) -> Iterator[tuple[ast.AST, str | None]]:
    """The nodes of a module, each with the class that it is in. A stack, for sources nested deeply."""
    waiting: list[tuple[ast.AST, str | None]] = [(tree, None)]
    while waiting:
        node, around = waiting.pop()
        yield node, around
        inner = node.name if isinstance(node, ast.ClassDef) else around
        if not isinstance(node, ast.JoinedStr):
            waiting += [(child, inner) for child in ast.iter_child_nodes(node)]


def _stem(name: str) -> str:
    return EXTENSIONS.sub("", name)


def _begins(part: str, names: set[str]) -> bool:
    """Whether a part of a path is a name, or a name with more behind it."""
    if part in names:
        return True
    return any(part[: found.start()] in names for found in AFTER_NAME.finditer(part))
