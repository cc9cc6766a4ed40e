"""Files that the package ships: the JSON Schemas of its output, pages of documentation, what pages of HTML hold."""

from pathlib import Path

PACKAGE = Path(__file__).parent
SCHEMAS = PACKAGE / "schemas"
# Pages of documentation that the program shows, too: a wheel has copies of them (pyproject.toml), a checkout the pages.
DOCS = (PACKAGE / "docs", PACKAGE.parent / "docs")
PAGES = PACKAGE / "render/html"


def schema_names() -> list[str]:
    """The JSON Schemas that the package ships, by the name in their documents: "cassette.show/1"."""
    names = [entry.name for entry in SCHEMAS.iterdir() if entry.name.endswith(".json")]
    return sorted("/".join(name.removesuffix(".json").rsplit(".", 1)) for name in names)


def schema(name: str) -> str:
    """The text of one of `schema_names()`."""
    return (SCHEMAS / f"{name.replace('/', '.')}.json").read_text(encoding="utf-8")


def documentation(name: str) -> str:
    """The Markdown text of a page of documentation: "anomalies", "checks", "diff"."""
    folder = next(each for each in DOCS if each.is_dir())
    return (folder / f"{name}.md").read_text(encoding="utf-8")


def page_asset(name: str) -> str:
    """The text of a file that pages of HTML hold: "page.css", "page.js"."""
    return (PAGES / name).read_text(encoding="utf-8")
