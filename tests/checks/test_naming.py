"""The names that tests give to recordings, in the sources of several languages."""

import pytest

from cassette_cli.checks.naming import TestNames

PYTHON = """
import pytest

@pytest.mark.vcr
def test_chat(vcr):
    pass

class TestTools:
    @pytest.mark.vcr
    async def test_call(self):
        pass

@vcr.use_cassette("fixtures/written_out.yaml")
def test_other(): ...

def path(name):
    return f"tests/cassettes/weather_{name}.yaml"
"""
GO = """
func TestClient(t *testing.T) {
	t.Run("tools", func(t *testing.T) { open(t, "testdata/by_hand.yaml") })
}
func helper(t *testing.T) {}
"""
RUBY = "VCR.use_cassette('chat/streams') { }\n"

ROWS = [
    ("cassettes/test_agent/test_chat.yaml", True),
    ("cassettes/test_agent/test_chat[claude].yaml", True),
    ("cassettes/test_agent/TestTools.test_call.yaml", True),
    ("cassettes/test_agent/test_gone.yaml", False),
    ("cassettes/test_agent/TestTools.test_gone[a].yaml", False),
    ("cassettes/test_chat.yaml", True),
    ("cassettes/test_gone.yaml", False),
    ("cassettes/other_module/test_chat.yaml", True),
    ("fixtures/written_out.yaml", True),
    ("cassettes/weather_paris.yaml", True),
    ("cassettes/whether_paris.yaml", False),
    ("testdata/TestClient/claude/tools.yaml", True),
    ("testdata/TestClient.httprr", True),
    ("testdata/TestClient-tools.httprr.gz", True),
    ("testdata/TestClientGone/claude/tools.yaml", False),
    ("testdata/helper/other.yaml", False),
    ("testdata/by_hand.yaml", True),
    ("spec/cassettes/chat/streams.yml", True),
    ("spec/cassettes/chat/sleeps.yml", False),
    ("C:\\tests\\cassettes\\test_agent\\test_chat.yaml", True),
]


@pytest.mark.parametrize(("path", "named"), ROWS)
def test_names(path: str, named: bool) -> None:
    names = TestNames([("tests/test_agent.py", PYTHON), ("client_test.go", GO), ("spec/chat_spec.rb", RUBY)])

    assert names.name(path) == named


def test_a_source_that_is_no_python_names_what_it_writes_out() -> None:
    names = TestNames([("tests/test_old.py", 'print "hello.yaml"\n')])

    assert names.name("hello.yaml")
    assert not names.name("print.yaml")


def test_no_source_names_nothing() -> None:
    assert not TestNames().name("a.yaml")
