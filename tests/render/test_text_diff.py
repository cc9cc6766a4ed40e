from edits import after, sample
from goldens import check_golden
from planted import opaque, vcrpy

from cassette_cli import files
from cassette_cli.editing.asked import SetHeader, SetText
from cassette_cli.render.console import Policy, printed
from cassette_cli.render.text_diff import text_diff


def rows(name: str, before: object, now: object) -> list[str]:
    lines = text_diff(name, before, now)  # type: ignore[arg-type]  # cassettes
    return [row for line in lines for row in printed(line, Policy())]


def test_what_changes_is_shown_with_what_stands_around_it() -> None:
    before = sample("vcrpy/openai_chat_text.yaml")
    now = after(before, SetText("text", "Something else."), SetHeader("x-new", "1"))

    check_golden("edit-diff.txt", "\n".join(rows("chat.yaml", before, now)) + "\n")


def test_line_numbers_are_those_of_the_file() -> None:
    before = sample("go_vcr/openai_chat_sse_add_multiply.yaml")
    now = after(before, SetText("text", "Something else."), index=1)
    number = next(at for at, line in enumerate(before.document.text.split("\n"), 1) if "The sum of" in line)

    assert f"@@ -{number - 3},".replace(" ", "") in rows("a.yaml", before, now)[2].replace(" ", "")


def test_secrets_around_a_change_are_masked() -> None:
    key = opaque()
    before = files.read("a.yaml", vcrpy(headers={"authorization": f"Bearer {key}"}).encode())
    lines = rows("a.yaml", before, after(before, SetText("text", "Something else.")))

    assert lines
    assert key not in "\n".join(lines)


def test_nothing_changed() -> None:
    before = sample("vcrpy/openai_chat_text.yaml")

    assert rows("a.yaml", before, before) == []
