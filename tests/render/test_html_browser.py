"""Pages in a real browser: nothing of a recording runs, nothing is fetched, and what a reader does works."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Browser, browser
from hostile import hostile
from selenium.webdriver.common.keys import Keys

from cassette_cli.cli import run
from cassette_cli.errors import ExitCode

__all__ = ["browser"]

ROOT = Path(__file__).resolve().parents[2]
TOOLS = "samples/go_vcr/openai_chat_sse_add_multiply.yaml"
AGAIN = "samples/go_vcr/openai_chat_sse_add_multiply_again.yaml"
VARIED = (
    *("samples/go_vcr/openai_chat_sse_two.yaml", "samples/vcrpy/anthropic_sse_server_tools.yaml"),
    *("samples/vcrpy/http_binary.yaml", "samples/har/http_form.har", "samples/vcrpy/openai_embeddings_float.yaml"),
)
# WCAG 2.2, 1.4.3: text against what is behind it.
CONTRAST = 4.5

Made = Callable[..., Path]


@pytest.fixture
def made(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Made:
    """Make a page by a command, and return where it lies."""
    monkeypatch.chdir(ROOT)

    def make(*args: str) -> Path:
        assert run(list(args)) in (ExitCode.OK, ExitCode.FOUND)
        path = tmp_path / "page.html"
        path.write_text(capsys.readouterr().out, encoding="utf-8")
        return path

    return make


@pytest.fixture
def evil(made: Made, tmp_path: Path) -> Made:
    """Pages of recordings that want to be markup."""
    paths = [tmp_path / "old.json", tmp_path / "new.json"]
    for path, note in zip(paths, ("one", "two"), strict=True):
        path.write_text(json.dumps(hostile(note)))
    return lambda command: made(command, "--html", *map(str, paths if command == "diff" else paths[:1]))


def pwned(browser: Browser) -> bool:
    return bool(browser.run("return window.pwned === 1 || document.getElementById('pwned') !== null"))


@pytest.mark.parametrize(
    "args", [("show", "--html", TOOLS), ("diff", "--html", TOOLS, AGAIN), ("show", "--html", *VARIED)]
)
def test_a_page_works_by_itself(args: tuple[str, ...], browser: Browser, made: Made) -> None:
    page = made(*args)
    browser.open(page)

    assert browser.run("return document.documentElement.classList.contains('js')")
    assert browser.complaints() == []
    assert browser.requested() == [page.as_uri()]


@pytest.mark.parametrize("command", ["show", "diff"])
@pytest.mark.parametrize("guarded", [True, False], ids=["", "without the policy"])
def test_a_hostile_recording_runs_nothing_and_fetches_nothing(
    command: str, guarded: bool, browser: Browser, evil: Made
) -> None:
    """Its texts are escaped, so not even without the policy."""
    page = evil(command)
    if not guarded:
        text = page.read_text(encoding="utf-8")
        start = text.index("<meta http-equiv=")
        page.write_text(text[:start] + text[text.index(">", start) + 1 :], encoding="utf-8")
    browser.open(page)
    browser.run("for (const each of document.querySelectorAll('details')) each.open = true")
    browser.keys("/")
    browser.keys("pwned" + Keys.ENTER)
    browser.run(
        "for (const each of document.querySelectorAll('main *')) each.dispatchEvent(new MouseEvent('mouseover'))"
    )

    assert not pwned(browser)
    assert browser.complaints() == []
    assert browser.requested() == [page.as_uri()]


@pytest.mark.parametrize(
    "injected",
    [
        "<script>window.pwned=1</script>",
        "<img src=x onerror=window.pwned=1>",
        "<p style=color:red id=p>x</p>",
        "<iframe src=https://evil.example/></iframe>",
    ],
)
def test_were_a_text_markup_the_policy_would_stop_it(injected: str, browser: Browser, made: Made) -> None:
    page = made("show", "--html", TOOLS)
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", f"{injected}</main>"), encoding="utf-8")
    browser.open(page)

    assert not pwned(browser)
    assert any("Content Security Policy" in each for each in browser.complaints())


def test_search(browser: Browser, made: Made) -> None:
    browser.open(made("show", "--html", TOOLS))
    browser.keys("/")
    browser.keys("Multiply Two")

    assert browser.run("return document.getElementById('found').textContent") == "1"
    assert browser.run("return document.querySelectorAll('.entry.without').length") == 1
    assert not browser.run("return document.querySelector('article details').open")
    browser.keys(Keys.ENTER)
    assert browser.run("return document.querySelector('article details').open")
    assert browser.run("return [...CSS.highlights.get('here')].map(String)") == ["Multiply two"]
    assert browser.run("return document.getElementById('found').textContent") == "1/1"
    browser.keys(Keys.ESCAPE)
    assert browser.run("return document.querySelectorAll('.entry.without').length") == 0
    assert browser.run("return document.activeElement === document.body")


def test_keys(browser: Browser, made: Made) -> None:
    browser.open(made("show", "--html", TOOLS))
    here = "return document.querySelector('.entry.here b').textContent"
    folds = "return document.querySelectorAll('main details:not(.deep):not([open])').length"

    assert browser.run(here) == "0"
    browser.keys("j")
    assert browser.run(here) == "1"
    browser.keys("k")
    assert browser.run(here) == "0"
    closed = browser.run(folds)
    browser.keys("o")
    assert browser.run(folds) == 0
    browser.keys("o")
    assert browser.run(folds) == closed > 0
    browser.keys("?")
    assert browser.run("return document.getElementById('help').open")
    browser.keys("?")
    assert not browser.run("return document.getElementById('help').open")


def test_dark_and_light(browser: Browser, made: Made) -> None:
    browser.open(made("show", "--html", TOOLS))
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = browser.run(ground)
    browser.media(scheme="dark")
    dark = browser.run(ground)

    assert light != dark
    browser.keys("t")
    assert browser.run(ground) == light
    browser.keys("t")
    assert browser.run(ground) == dark


# For each element with a text of its own: the contrast of the text with the colour behind it, the least with its place.
LEAST_CONTRAST = """
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
const rgba = (colour) => {
  canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
};
const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
  .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const behind = (at) => {
  for (; at; at = at.parentElement) {
    const colour = rgba(getComputedStyle(at).backgroundColor);
    if (colour[3] === 255) return colour;
  }
  return [255, 255, 255];
};
let least = [99, ""];
for (const at of document.querySelectorAll("nav *, main *")) {
  const own = [...at.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  if (!own || !at.getClientRects().length) continue;
  const [one, other] = [light(rgba(getComputedStyle(at).color)), light(behind(at))].sort((a, b) => b - a);
  const contrast = (one + 0.05) / (other + 0.05);
  if (contrast < least[0]) least = [contrast, `${at.tagName} ${at.className} in ${at.parentElement.className}`];
}
return least;
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("command", ["show", "diff"])
def test_all_text_can_be_read(command: str, scheme: str, browser: Browser, made: Made) -> None:
    args = (TOOLS, AGAIN) if command == "diff" else (TOOLS, "samples/vcrpy/anthropic_sse_error.yaml", *VARIED)
    browser.open(made(command, "--html", *args))
    browser.media(scheme=scheme)
    browser.run("for (const each of document.querySelectorAll('details')) each.open = true")
    contrast, where = browser.run(LEAST_CONTRAST)

    assert contrast >= CONTRAST, where


def test_a_lane_says_what_an_event_brought(browser: Browser, made: Made) -> None:
    browser.open(made("show", "--html", TOOLS, "-i", "1"))
    at = """
    const lanes = document.querySelector(".lanes"), box = lanes.querySelector("svg").getBoundingClientRect();
    lanes.dispatchEvent(new PointerEvent(arguments[0], { clientX: box.left + box.width * (2.5 / 8), bubbles: true }));
    return lanes.querySelector("output").textContent;
    """

    assert browser.run(at, "pointermove") == '2  text  " is 5, and"'
    assert browser.run(at, "pointerleave") == ""
    browser.run(at, "click")
    assert browser.run("return document.querySelector('tr.at').cells[0].textContent") == "2"
    assert browser.run("return document.querySelector('.events').open")


def test_without_scripts_all_is_there(browser: Browser, made: Made) -> None:
    browser.open(made("show", "--html", TOOLS), scripts=False)

    assert not browser.run("return document.documentElement.classList.contains('js')")
    assert "The sum of 2 and 3 is 5" in browser.run("return document.querySelector('main').innerText")
    assert browser.run("return document.querySelector('.search').getClientRects().length") == 0
    browser.run("document.querySelector('summary').click()")
    assert "Add two numbers" in browser.run("return document.querySelector('main').innerText")


@pytest.mark.parametrize(
    "args", [("show", "--html", TOOLS, *VARIED), ("diff", "--html", TOOLS, AGAIN)], ids=["show", "diff"]
)
def test_a_narrow_window_has_room_for_all(args: tuple[str, ...], browser: Browser, made: Made) -> None:
    browser.open(made(*args), width=360)
    browser.run("for (const each of document.querySelectorAll('details')) each.open = true")

    assert browser.run("return document.documentElement.scrollWidth") <= 360


def test_paper_has_what_was_said_and_no_list(browser: Browser, made: Made) -> None:
    browser.open(made("show", "--html", "samples/vcrpy/openai_embeddings_float.yaml", TOOLS))
    browser.run("""
      window.folds = () => document.querySelectorAll("main details:not(.deep):not([open])").length;
      window.before = folds(); window.during = null;
      matchMedia("print").addEventListener("change", (event) => { if (event.matches) window.during = folds(); });
      addEventListener("beforeprint", () => { window.during = folds(); });
    """)
    paper = browser.cdp("Page.printToPDF")["data"]

    assert len(paper) > 1000
    assert browser.run("return [window.during, window.before === folds(), window.before > 0]") == [0, True, True]
    browser.media("print", "dark")
    assert browser.run("return document.querySelector('nav').getClientRects().length") == 0
    assert browser.run("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
