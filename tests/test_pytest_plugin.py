"""The plugin for pytest, in projects that real pytest runs, with VCR.py and with pytest-recording."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "vcrpy" / "openai_chat_sse_add_multiply.yaml"

# A client that puts a stream together, and one that takes each event for a whole word.
CLIENT = """
import json
import urllib.request

import vcr

URL, BODY = "{url}", {body!r}


def events():
    request = urllib.request.Request(URL, BODY.encode(), {{"content-type": "application/json"}})
    with urllib.request.urlopen(request) as response:
        for line in response.read().decode().splitlines():
            if line.startswith("data: {{"):
                yield json.loads(line[6:])["choices"]


def texts():
    return [each[0]["delta"].get("content") or "" for each in events() if each]
"""
SAID = "The sum of 2 and 3 is 5, and their product is 6."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a client, and a recording of it: the second interaction of the sample."""
    from cassette_cli import load

    interaction = load(SAMPLE).interactions[1]
    assert interaction.request.url is not None
    assert interaction.request.body is not None
    text = CLIENT.format(url=interaction.request.url.text, body=interaction.request.body.text)
    (tmp_path / "client.py").write_text(text, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = .\naddopts = --strict-markers\n", encoding="utf-8")
    return tmp_path


def tried(project: Path, test: str, *options: str) -> str:
    """What pytest prints of a test file, a line for each test."""
    (project / "tests" / "test_sum.py").write_text(test, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-v",
        "--no-header",
        "-p",
        "no:cacheprovider",
        "--basetemp=made",
        *options,
    ]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr
    return done.stdout


def put(project: Path, name: str) -> Path:
    path = project / "tests" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(SAMPLE, path)
    return path


BY_FIXTURE = f"""
import pytest, vcr
from client import texts

MATCH = dict(record_mode="none", match_on=["method", "uri", "body"])

@pytest.mark.rechunked("cassettes/sum.yaml", by=["whole", "char", "size:7"], seeds=2, noise="crlf")
def test_joined(rechunked):
    with vcr.use_cassette(rechunked, **MATCH):
        assert "".join(texts()) == {SAID!r}

@pytest.mark.rechunked("cassettes/sum.yaml", by="char")
def test_by_the_word(rechunked):
    with vcr.use_cassette(rechunked, **MATCH):
        assert " their product" in texts()
"""


def test_a_test_runs_over_variants(project: Path) -> None:
    recorded = put(project, "cassettes/sum.yaml")
    told = tried(project, BY_FIXTURE, "-p", "no:recording")
    for variant in ("recorded", "whole", "char", "size-7", "seed-0", "seed-1", "crlf"):
        assert f"test_joined[{variant}] PASSED" in told
    assert "test_by_the_word[recorded] PASSED" in told
    assert "test_by_the_word[char] FAILED" in told
    assert "1 failed, 8 passed" in told
    assert recorded.read_bytes() == SAMPLE.read_bytes()


BY_RECORDING = f"""
import pytest
from client import texts

@pytest.mark.vcr(match_on=["method", "uri", "body"])
@pytest.mark.rechunked(by=["char"])
def test_joined(vcr):
    assert "".join(texts()) == {SAID!r}
    assert vcr.play_count == 1

@pytest.mark.vcr(match_on=["method", "uri", "body"])
@pytest.mark.rechunked(by=["char"])
@pytest.mark.parametrize("number", ["one"])
def test_number(number):
    assert " their product" in texts()

class TestSum:
    @pytest.mark.vcr(match_on=["method", "uri", "body"])
    @pytest.mark.default_cassette("other")
    @pytest.mark.rechunked(by=["char"])
    def test_joined(self):
        assert len(texts()) > 20

@pytest.mark.vcr
@pytest.mark.rechunked(by=["char"])
def test_new():
    texts()
"""


def test_beside_pytest_recording_the_cassette_of_the_test_is_meant(project: Path) -> None:
    for name in ("test_joined", "test_number[one]", "other"):
        put(project, f"cassettes/test_sum/{name}.yaml")
    told = tried(project, BY_RECORDING, "-rs", "--block-network")
    assert "test_joined[recorded] PASSED" in told
    assert "test_joined[char] PASSED" in told
    recorded, char = (f"test_number[{each}]" for each in ("one-recorded", "one-char"))
    if recorded not in told:
        recorded, char = (f"test_number[{each}]" for each in ("recorded-one", "char-one"))
    assert f"{recorded} PASSED" in told
    assert f"{char} FAILED" in told
    assert "TestSum::test_joined[recorded] FAILED" in told
    assert "TestSum::test_joined[char] PASSED" in told
    assert "test_new[recorded] FAILED" in told
    assert "test_new[char] SKIPPED" in told
    assert "is not recorded yet; the test named [recorded] records it" in told


@pytest.mark.parametrize("mode", ["all", "rewrite"])
def test_what_is_recorded_anew_is_recorded_once(project: Path, mode: str) -> None:
    put(project, "cassettes/test_sum/test_joined.yaml")
    told = tried(project, BY_RECORDING, "-rs", f"--record-mode={mode}", "-k", "test_joined and char and not TestSum")
    assert "test_joined[char] SKIPPED" in told
    assert "1 skipped" in told


WRONG = """
import pytest

@pytest.mark.rechunked("absent.yaml", by=["words"])
def test_absent(rechunked):
    pass

@pytest.mark.rechunked("test_sum.py")
def test_no_cassette(rechunked):
    pass

@pytest.mark.rechunked("cassettes/sum.yaml", by=["words"])
def test_no_strategy(rechunked):
    pass

@pytest.mark.rechunked
def test_no_path(rechunked):
    pass

def test_no_marker(rechunked):
    pass
"""


def test_what_is_wrong_is_said_in_a_line(project: Path) -> None:
    put(project, "cassettes/sum.yaml")
    told = tried(project, WRONG, "-p", "no:recording", "-rs")
    assert "test_absent[words] SKIPPED" in told
    assert "not a cassette" in told
    assert "no strategy 'words'" in told
    assert "name the recording: @pytest.mark.rechunked(PATH)" in told
    assert "the fixture rechunked needs a recording: @pytest.mark.rechunked(PATH)" in told
    assert "site-packages" not in told


def test_a_marker_with_a_wrong_argument_is_an_error_at_collection(project: Path) -> None:
    told = tried(project, "import pytest\n@pytest.mark.rechunked(cut=1)\ndef test_x(): pass\n")
    assert "@pytest.mark.rechunked: " in told
    assert "unexpected keyword argument 'cut'" in told


def test_it_costs_nothing_where_it_is_not_used(project: Path) -> None:
    (project / "conftest.py").write_text(
        "import sys\n"
        "def pytest_unconfigure():\n"
        "    ours = ('cassette_cli', 'ruamel', 'typer')\n"
        "    print('LOADED', sorted(name for name in sys.modules if name.split('.')[0] in ours))\n",
        encoding="utf-8",
    )
    told = tried(project, "def test_nothing(): pass\n")
    assert "1 passed" in told
    assert "LOADED ['cassette_cli', 'cassette_cli.pytest_plugin']" in told
