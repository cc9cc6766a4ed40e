"""The library: what docs/library.md says, and what it promises."""

import base64
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from planted import put, secret, vcrpy

import cassette_cli
from cassette_cli import CassetteError, Verdict, diff, library, load, prompt, rechunk, redact, reply, save
from cassette_cli.framing import encoding

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "library.md"
SAMPLES = ROOT / "samples"
SUM = SAMPLES / "go_vcr" / "openai_chat_sse_add_multiply.yaml"


def test_names_are_the_same_in_all_places() -> None:
    assert cassette_cli.__all__ == sorted(cassette_cli.__all__)
    assert set(cassette_cli.__all__) <= set(dir(cassette_cli))
    assert [name for name in cassette_cli.__all__ if f"`{name}" not in PAGE.read_text(encoding="utf-8")] == []
    assert all(getattr(cassette_cli, name) is getattr(library, name) for name in cassette_cli.__all__)


def test_no_other_name_is_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'loads'"):
        _ = cassette_cli.loads  # type: ignore[attr-defined]


def test_the_package_costs_nothing_until_a_name_is_used() -> None:
    code = (
        "import sys; before = set(sys.modules); import cassette_cli; print(sorted(set(sys.modules) - before));"
        "cassette_cli.load; print('cassette_cli.files' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['cassette_cli']\nTrue\n"


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("from cassette_cli import load, reply\nreveal_type(reply(load('a').interactions[0]))", "Reply | None"),
        ("from cassette_cli import rechunk\nrechunk('a.yaml')", 'expected "Cassette"'),
    ],
)
def test_the_package_is_typed(tmp_path: Path, code: str, problem: str) -> None:
    (tmp_path / "use.py").write_text(code, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--follow-imports=silent", "use.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert problem in done.stdout


def test_a_recording_is_read() -> None:
    first, second = load(SUM).interactions
    asked, said = prompt(first), reply(second)
    assert asked is not None
    assert said is not None
    assert [tool.name for tool in asked.tools] == ["add", "multiply"]
    assert [message.finish_reason for message in said.messages] == ["stop"]


def test_plain_http_has_neither_prompt_nor_reply() -> None:
    interaction = load(SAMPLES / "vcrpy" / "http_binary.yaml").interactions[0]
    assert (prompt(interaction), reply(interaction)) == (None, None)


def test_what_is_no_cassette_is_an_error_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("interactions:\n- request: {\n", encoding="utf-8")
    with pytest.raises(CassetteError, match=re.escape(f"{tmp_path / 'bad.yaml'}:3:1: not YAML")):
        load(tmp_path / "bad.yaml")
    with pytest.raises(CassetteError, match="No such file"):
        load(tmp_path / "absent.yaml")


def test_replies_are_the_same_in_other_pieces(tmp_path: Path) -> None:
    before = load(SUM)
    after = rechunk(before, "char")
    assert after.text != before.text
    assert list(map(reply, after.interactions)) == list(map(reply, before.interactions))
    assert diff(before, after).verdict is Verdict.COSMETIC
    save(after, tmp_path / "out.yaml")
    assert load(tmp_path / "out.yaml").text == after.text


def test_pieces_are_drawn_by_a_seed() -> None:
    before = load(SUM)
    assert rechunk(before, seed=1).text == rechunk(before, seed=1).text != rechunk(before, seed=2).text


def test_interactions_are_chosen_as_on_the_command_line() -> None:
    before = load(SUM)
    only_last = rechunk(before, "char", interactions=[-1])
    spans = [(old.span, new.span) for old, new in zip(before.interactions, only_last.interactions, strict=True)]
    assert [before.text[slice(*old)] == only_last.text[slice(*new)] for old, new in spans] == [True, False]


@pytest.mark.parametrize(
    ("by", "noise", "message"),
    [
        ("words", [], "no strategy 'words'"),
        ("event", ["hiss"], "no noise 'hiss'"),
        ("event", ["cut-off:2"], "noise cut-off:2 changes what the reply says"),
    ],
)
def test_what_cannot_be_cut_is_an_error(by: str, noise: list[str], message: str) -> None:
    with pytest.raises(CassetteError, match=re.escape(message)):
        rechunk(load(SUM), by, noise=noise)


def test_secrets_are_replaced_also_across_pieces(tmp_path: Path) -> None:
    key = secret()
    path = put(
        tmp_path, "a.yaml", vcrpy(headers={"authorization": f"Bearer {key}"}, reply=["It is ", key[:9], key[9:]])
    )
    before = load(path)
    after = redact(before)
    said = reply(after.interactions[0])
    assert said is not None
    assert "It is <openai-api-key-1>" in str(said.messages)
    assert key not in after.text
    assert key[9:] not in after.text
    assert redact(after) is after
    assert load(path).text == before.text


def test_values_that_the_caller_knows_are_secrets() -> None:
    before = load(SUM)
    after = redact(before, classes=(), values=["their product is"])
    said = reply(after.interactions[1])
    assert said is not None
    assert "The sum of 2 and 3 is 5, and <secret-1> 6." in str(said.messages)
    assert redact(before) is before


def test_a_class_that_is_none_is_an_error() -> None:
    with pytest.raises(CassetteError, match="no class is named 'cookie'; did you mean cookies"):
        redact(load(SUM), classes=["cookie"])


def test_a_body_that_cannot_be_decoded_is_no_silence(tmp_path: Path) -> None:
    bomb = base64.b64encode(gzip.compress(bytes(encoding.LIMIT + 1))).decode()
    text = vcrpy().split("  response:")[0] + (
        "  response:\n    status: {code: 200, message: OK}\n    headers: {content-encoding: [gzip]}\n"
        f"    body: {{string: !!binary {bomb}}}\nversion: 1\n"
    )
    cassette = load(put(tmp_path, "a.yaml", text))
    for change in (redact, rechunk):
        with pytest.raises(CassetteError, match=r"a\.yaml.*: interaction 0: "):
            change(cassette)
    with pytest.raises(CassetteError, match="interaction 0: "):
        reply(cassette.interactions[0])


def test_bodies_in_other_files_are_not_left_behind(tmp_path: Path) -> None:
    mapping = {"request": {"method": "GET", "url": "/a"}, "response": {"status": 200, "bodyFileName": "a.txt"}}
    put(tmp_path, "mappings/a.json", json.dumps(mapping))
    put(tmp_path, "__files/a.txt", "hi")
    with pytest.raises(CassetteError, match="its bodies lie in other files"):
        save(load(tmp_path / "mappings" / "a.json"), tmp_path / "b.json")
    assert not (tmp_path / "b.json").exists()


class Printed(list[str]):
    """What the examples print, line by line."""

    def __call__(self, *values: object) -> None:
        self.append(" ".join(map(str, values)))


@pytest.mark.parametrize("page", [PAGE, ROOT / "README.md"], ids=lambda page: page.name)
def test_examples_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other in one namespace, as a reader would type them; a comment after `print` is what it prints."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "samples").symlink_to(SAMPLES)
    blocks = re.findall(r"^```python\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    examples = "".join(block for block in blocks if "pytest" not in block)
    printed = Printed()
    exec(compile(examples, str(page), "exec"), {"print": printed})
    assert printed == re.findall(r"^ *print\(.*\)  # (.+)$", examples, re.MULTILINE)
    assert printed
    assert load(tmp_path / "variant.yaml").text != load(SUM).text
