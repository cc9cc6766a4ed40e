"""Files that the package ships: the JSON Schemas of its output."""

from pathlib import Path

SCHEMAS = Path(__file__).parent / "schemas"


def schema_names() -> list[str]:
    """The JSON Schemas that the package ships, by the name in their documents: "cassette.show/1"."""
    names = [entry.name for entry in SCHEMAS.iterdir() if entry.name.endswith(".json")]
    return sorted("/".join(name.removesuffix(".json").rsplit(".", 1)) for name in names)


def schema(name: str) -> str:
    """The text of one of `schema_names()`."""
    return (SCHEMAS / f"{name.replace('/', '.')}.json").read_text(encoding="utf-8")
