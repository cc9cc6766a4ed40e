"""Pages as a whole: what they are made of, what they allow, and that a recording cannot change either."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import PAYLOADS, hostile
from pages import Page, assert_harmless
from sampled import RECORDINGS

from cassette_cli import files
from cassette_cli.cli import run
from cassette_cli.commands.base import assets, understood
from cassette_cli.errors import CassetteError, ExitCode, Where
from cassette_cli.render.console import safe
from cassette_cli.render.html.interaction import key_of, part
from cassette_cli.render.html.page import Group, page, show_page
from cassette_cli.render.view import shown
from cassette_cli.summary import heading

ROOT = Path(__file__).resolve().parents[2]
TOOLS = "samples/go_vcr/openai_chat_sse_add_multiply.yaml"
# Below this many times its recording a page stays, beside the style sheet, the script and what else is in each page.
MOST = 3

Show = Callable[..., str]


@pytest.fixture
def cassette(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Show:
    """Run a command and return what it prints."""
    monkeypatch.chdir(ROOT)

    def run_it(*args: str) -> str:
        assert run(list(args)) in (ExitCode.OK, ExitCode.FOUND)
        output = capsys.readouterr()
        assert output.err == ""
        return output.out

    return run_it


def test_the_policy_allows_the_pages_own_style_and_script_and_nothing_else(cassette: Show) -> None:
    made = Page(cassette("show", "--html", TOOLS))
    policy = dict(each.strip().partition(" ")[::2] for each in made.values("content")[0].split(";"))

    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert set(policy) == {"default-src", "style-src", "script-src", "base-uri", "form-action"}
    for name in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(made.raw[name].encode()).digest()).decode()
        assert policy[f"{name}-src"] == f"'sha256-{digest}'"


def test_the_policy_comes_before_all_that_it_is_about(cassette: Show) -> None:
    made = cassette("show", "--html", TOOLS)

    assert made.index("Content-Security-Policy") < min(made.index(f"<{name}") for name in ("title", "style", "script"))


def test_the_script_makes_no_markup_of_a_text_and_asks_for_nothing() -> None:
    """What could: https://www.w3.org/TR/trusted-types/#injection-sinks, and what fetches."""
    style, script = assets()

    for word in (
        "HTML",
        "write(",
        "eval",
        "Function(",
        "setTimeout",
        "fetch",
        "XMLHttp",
        "import",
        "src",
        "http",
        "//#",
    ):
        assert word not in script, word
    for word in ("url(", "@import", "http", "</"):
        assert word not in style, word
    assert "</" not in script


@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_each_sample_is_a_page_that_refers_to_nothing_but_itself(path: Path, cassette: Show) -> None:
    markup = cassette("show", "--html", str(path.relative_to(ROOT)))
    made = assert_harmless(markup)

    anchors = {f"#{each}" for each in made.values("id")}
    assert set(made.values("href")) <= anchors
    assert made.elements["article"] == len(files.read(str(path)).interactions)


@pytest.mark.parametrize("command", ["show", "diff"])
def test_a_recording_cannot_be_markup(command: str, cassette: Show, tmp_path: Path) -> None:
    paths = [tmp_path / """old" onload='x'<b>.json""", tmp_path / "new<b>.json"]
    for path, note in zip(paths, ("one", "two"), strict=True):
        path.write_text(json.dumps(hostile(note)))
    markup = cassette(command, "--html", *map(str, paths if command == "diff" else paths[:1]))
    made = assert_harmless(markup)

    said = made.text
    for payload in PAYLOADS:
        shown = safe(payload)
        assert shown in said or json.dumps(shown)[1:-1] in said, payload
    assert paths[0].name in said
    assert (made.raw["style"], made.raw["script"]) == assets()


def test_what_cannot_be_read_is_said_on_the_page() -> None:
    errors = [CassetteError("<b>broken</b>", Where("a&b.yaml", 3, 7))]
    made = "".join(page([], "0 interactions", errors, assets()))

    assert '<p class="fault">a&amp;b.yaml:3:7: &lt;b&gt;broken&lt;/b&gt;</p>' in made
    assert_harmless(made)


def test_a_page_of_several_cassettes_has_each_under_its_title(cassette: Show) -> None:
    made = assert_harmless(cassette("show", "--html", "samples/betamax"))

    assert made.elements["h1"] == len(list((ROOT / "samples/betamax").iterdir()))
    assert re.search(r"9 cassettes · \d+ interactions · \d+ in", made.text)


def test_a_title_can_be_broken_behind_its_signs() -> None:
    made = "".join(page([Group("a/b_c-d", "", (), ())], "", (), assets()))

    assert "a/<wbr>b_<wbr>c-<wbr>d" in made


def frame() -> int:
    return sum(len(piece.encode()) for piece in page([], "", (), assets()))


@pytest.mark.parametrize("every", [40, pytest.param(1, marks=pytest.mark.slow)])
def test_pages_of_real_recordings_are_harmless_and_not_much_larger_than_these(corpus: Path, every: int) -> None:
    """The size counts where a recording is large enough for what is in each page not to matter."""
    paths = [str(path) for path in sorted(corpus.rglob("*")) if path.is_file()][::every]
    tried = 0
    for found in files.load(paths, skip_others=True):
        if isinstance(found, CassetteError):
            continue
        errors: list[CassetteError] = []
        parts = [part(each, key_of(found.title)) for each in shown(understood(found, errors))]
        made = "".join(show_page([(heading(found), parts)], errors, assets()))
        assert_harmless(made)
        size = len(found.document.text.encode("utf-8", "surrogatepass"))
        assert size < 20_000 or len(made.encode()) - frame() <= MOST * size, found.path
        tried += 1
    assert tried > len(paths) // 2


def test_secrets_of_headers_and_urls_are_masked(cassette: Show, tmp_path: Path) -> None:
    recorded = hostile()
    secret = "q7" + "".join(map(str, range(20)))
    recorded["interactions"][0]["request"]["headers"] = {"authorization": [f"Bearer {secret}"], "x-api-key": [secret]}
    recorded["interactions"][2]["request"]["uri"] = f"https://u:{secret}@a.example/?api_key={secret}"
    path = tmp_path / "a.json"
    path.write_text(json.dumps(recorded))

    markup = cassette("show", "--html", str(path))

    assert secret not in markup
    assert len(re.findall("&lt;redacted&gt;", markup)) >= 4
