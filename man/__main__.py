"""Write the manual pages anew: `python -m man`."""

from pathlib import Path

from man.pages import pages


def main() -> None:
    """Write man1/*.1 beside this file; what is no page any more goes."""
    folder = Path(__file__).with_name("man1")
    made = pages()
    for path in folder.glob("*.1"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
