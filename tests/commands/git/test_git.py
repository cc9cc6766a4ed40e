"""`cassette git enable`, `disable` and `status`: exactly our own lines, whatever else git's files hold."""

import json
from importlib.resources import files as resources
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from planted import put, vcrpy
from repositories import commit, git, needs_git

from cassette_cli import cli
from cassette_cli.commands.git.installed import State, program, settings, state
from cassette_cli.errors import ExitCode

pytestmark = [needs_git, pytest.mark.usefixtures("work_tree")]
LINE = "tests/**/*.yaml diff=cassette merge=cassette\n"


def run(*args: str, code: int = 0) -> None:
    assert cli.run(["git", *args]) == code


@pytest.fixture
def tracked(work_tree: Path) -> Path:
    """A repository that tracks two recordings, and other files of the same kind."""
    put(work_tree, "tests/a.yaml", vcrpy())
    put(work_tree, "tests/b/c.yaml", vcrpy())
    put(work_tree, "other.yaml", "a: 1\n")
    commit("first")
    return work_tree


def test_enable_twice_and_disable(tracked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (tracked / ".git/config").read_bytes()
    run("enable")

    assert capsys.readouterr().out.splitlines() == [
        "enabled: repository",
        "  tests/**/*.yaml  in .gitattributes",
        "Commit .gitattributes, so that others need only enable it, too.",
    ]
    held = (tracked / ".git/config").read_bytes(), (tracked / ".gitattributes").read_bytes()
    assert held[1].decode() == LINE
    assert [git("config", name) for name in settings("x")] == [f"{value}\n" for value in settings(program()).values()]
    run("enable")
    assert capsys.readouterr().out.startswith("enabled already: repository\n")
    assert ((tracked / ".git/config").read_bytes(), (tracked / ".gitattributes").read_bytes()) == held
    run("disable")
    assert (tracked / ".git/config").read_bytes() == before
    assert not (tracked / ".gitattributes").exists()
    run("disable")
    assert capsys.readouterr().out.endswith("not enabled: repository\n")


# What git's settings and the attributes hold before.
CONFIGS = {
    "other sections": '[diff "other"]\n\tcommand = x\n[merge]\n\tff = only\n',
    "sections of the same name": '[diff "cassette"]\n\tbinary = true\n[merge "cassette"]\n\t# mine\n',
    "a comment at the end": "[alias]\n\ta = b # c\n; end\n",
    "no last line end": "[alias]\n\ta = b",
    "CRLF": "[alias]\r\n\ta = b\r\n",
    "CRLF, no last line end": "[alias]\r\n\ta = b",
    "odd spacing": "[Alias]\n  a=b\n\n\n[alias]a = c\n",
}


@pytest.mark.parametrize("more", CONFIGS.values(), ids=CONFIGS)
@pytest.mark.parametrize("attributes", ["*.png binary\n", "*.yaml text eol=lf", "# c\r\n*.yaml -diff\r\n"])
def test_everything_else_stays(tracked: Path, more: str, attributes: str) -> None:
    config = tracked / ".git/config"
    config.write_bytes(config.read_bytes() + more.encode())
    put(tracked, ".gitattributes", attributes)
    before = config.read_bytes()

    run("enable")
    assert git("config", "diff.cassette.textconv")
    assert git("check-attr", "diff", "tests/a.yaml") == "tests/a.yaml: diff: cassette\n"
    run("disable")
    assert config.read_bytes() == before
    assert (tracked / ".gitattributes").read_bytes() == attributes.encode()


def test_recordings_that_come_later(tracked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("enable")
    put(tracked, "more/x.yaml", vcrpy())
    git("add", ".")
    run("status", code=1)
    assert "  more/x.yaml  diff: no pattern fits, merge: no pattern fits" in capsys.readouterr().out.splitlines()
    run("enable")
    assert (tracked / ".gitattributes").read_text() == LINE + LINE.replace("tests", "more")
    run("status")


def test_patterns_of_the_users(tracked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("tests")
    run("enable", "a b/*.json", "*.httprr")

    lines = (tracked / ".gitattributes").read_text().splitlines()
    assert lines == [f"{pattern} diff=cassette merge=cassette" for pattern in ('"a b/*.json"', "*.httprr")]


def test_where_there_is_no_recording_yet(work_tree: Path) -> None:
    run("enable")

    assert git("check-attr", "diff", "x/cassettes/y/a.yaml", "a.httprr", "a.yaml").splitlines() == [
        "x/cassettes/y/a.yaml: diff: cassette",
        "a.httprr: diff: cassette",
        "a.yaml: diff: unspecified",
    ]
    run("disable")
    assert not (work_tree / ".gitattributes").exists()


@pytest.mark.parametrize("pattern", ["", " ", "!a.yaml"])
def test_what_is_no_pattern_is_refused(work_tree: Path, pattern: str) -> None:
    run("enable", pattern, code=ExitCode.USAGE)

    assert not (work_tree / ".gitattributes").exists()


def test_for_all_repositories(tracked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings_before = (tmp_path / ".gitconfig").read_bytes()
    run("enable", "--global")
    run("enable", "--global", "tests/*.yaml")

    attributes = tmp_path / "xdg/git/attributes"
    assert attributes.read_text().splitlines()[-1] == "tests/*.yaml diff=cassette merge=cassette"
    assert git("check-attr", "merge", "tests/a.yaml") == "tests/a.yaml: merge: cassette\n"
    capsys.readouterr()
    run("status", "--global")
    assert capsys.readouterr().out.startswith("global: enabled\n  **/cassettes/**  in ")
    assert "diff.cassette" not in (tracked / ".git/config").read_text()
    run("disable", "--global")
    assert (tmp_path / ".gitconfig").read_bytes() == settings_before
    assert not attributes.exists()


def test_another_file_of_attributes_for_all(tmp_path: Path) -> None:
    git("config", "--global", "core.attributesFile", "~/my attributes")
    run("enable", "--global", "x")

    assert (tmp_path / "my attributes").read_text() == "x diff=cassette merge=cassette\n"


def test_another_program_of_our_name_is_left_alone(tracked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("config", "diff.cassette.command", "tape-player")
    before = (tracked / ".git/config").read_bytes()

    run("enable", code=ExitCode.USAGE)
    assert "git's setting diff.cassette.command is another program's: tape-player" in capsys.readouterr().err
    run("disable")
    assert (tracked / ".git/config").read_bytes() == before
    assert not (tracked / ".gitattributes").exists()


def test_a_setting_of_the_users_stays(tracked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git("config", "diff.cassette.xfuncname", "^x")
    run("enable")
    run("status")

    assert "  diff.cassette.xfuncname  not ours" in capsys.readouterr().out.splitlines()
    run("disable")
    assert git("config", "diff.cassette.xfuncname") == "^x\n"


def test_an_older_installation_is_renewed(tracked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("enable")
    git("config", "merge.cassette.driver", "/gone/cassette git merge-driver %O %A %B %L %P")
    run("status", code=1)
    assert "repository: stale\n  merge.cassette.driver  of another installation" in capsys.readouterr().out
    run("enable")
    run("status")


def test_what_others_say_of_recordings(tracked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("enable")
    put(tracked, "tests/b/.gitattributes", "* -diff merge=union\n")
    capsys.readouterr()
    run("status", code=1)

    assert capsys.readouterr().out.splitlines() == [
        "repository: enabled",
        "  tests/**/*.yaml  in .gitattributes",
        "global: not enabled",
        "2 tracked recordings, 1 of them compared and merged by cassette",
        "  tests/b/c.yaml  diff: another line says -diff, merge: another line says merge=union",
    ]


@pytest.mark.parametrize("enabled", [True, False])
def test_status_for_programs(tracked: Path, enabled: bool, capsys: pytest.CaptureFixture[str]) -> None:
    if enabled:
        run("enable")
    capsys.readouterr()
    run("status", "--json", code=0 if enabled else 1)

    found = json.loads(capsys.readouterr().out)
    schema = json.loads(resources("cassette_cli").joinpath("schemas", "cassette.git.1.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(found)
    assert [each["state"] for each in found["scopes"]] == ["enabled" if enabled else "not enabled", "not enabled"]
    diff = "cassette" if enabled else "unspecified"
    assert [(each["path"], each["diff"]) for each in found["recordings"]] == [
        ("tests/a.yaml", diff),
        ("tests/b/c.yaml", diff),
    ]


@pytest.mark.parametrize("command", ["enable", "disable", "status"])
def test_outside_of_a_repository(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run(command, code=ExitCode.USAGE)

    assert "git rev-parse: fatal: not a git repository" in capsys.readouterr().err


def test_a_setting_is_ours_by_what_it_runs() -> None:
    wanted = settings("/bin/cassette")["diff.cassette.command"]
    values = {None: State.MISSING, wanted: State.SET, settings("'/a b'")["diff.cassette.command"]: State.STALE}

    assert {value: state("diff.cassette.command", value, wanted) for value in values} == values
    assert state("diff.cassette.command", "difft", wanted) is State.OTHER
    assert state("merge.cassette.name", "x", "y") is State.OTHER


def test_the_program_never_looks_into_the_working_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sysconfig.get_path", lambda _: "/nowhere")

    assert program().endswith(" -P -m cassette_cli")
