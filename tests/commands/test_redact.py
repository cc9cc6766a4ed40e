"""`cassette redact`: finds, replaces, compares and reports, and never says the secret."""

import base64
import gzip
import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from planted import go_vcr, opaque, put, read, secret, vcrpy

from cassette_cli import cli, shipped
from cassette_cli.commands import parallel
from cassette_cli.commands.redact.request import Mode, chosen
from cassette_cli.errors import CassetteError
from cassette_cli.render.findings import FORMATS

KEY = secret()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def redact(*args: str, code: int = 0) -> None:
    assert cli.run(["redact", *args]) == code


def piped(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def pieces(text: str, sizes: int = 7) -> list[str]:
    return [text[place : place + sizes] for place in range(0, len(text), sizes)]


def reply_of(text: str) -> str:
    """What the model said in a cassette of one interaction."""
    _, [found] = read(text)
    assert found.reply
    return str(found.reply.messages[0].parts[0].content)  # type: ignore[union-attr]  # the part is a text


def test_check_names_the_places_and_changes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = vcrpy(headers={"authorization": f"Bearer {KEY}"}, reply=pieces(f"It is {KEY}."))
    path = put(folder, "a.yaml", text)

    redact("--check", "a.yaml", code=1)

    out, err = capsys.readouterr()
    first, second = out.splitlines()
    assert re.fullmatch(
        r"a\.yaml:8:16: interaction 0: request\.headers\.authorization: openai-api-key [0-9a-f]{16}", first
    )
    assert re.fullmatch(
        r"a\.yaml:13:\d+: interaction 0: reply\.messages\[0\]\.parts\[0\]\.content \(events 1-9\): "
        r"openai-api-key [0-9a-f]{16}",
        second,
    )
    assert first[-16:] == second[-16:]
    assert err == "cassette: found 2 secrets in 1 file\n"
    assert path.read_text() == text


def test_nothing_found_is_silence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "a.yaml", vcrpy())
    redact("--check", "a.yaml")
    redact("a.yaml")
    assert capsys.readouterr() == ("", "")


def test_in_place_only_the_secret_changes_and_a_second_run_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = vcrpy(headers={"authorization": f"Bearer {KEY}"}, prompt=f"key: {KEY}")
    path = put(folder, "a.yaml", text)

    redact("a.yaml")

    assert path.read_text() == text.replace(KEY, "<openai-api-key-1>")
    assert capsys.readouterr().out.count(" -> <openai-api-key-1>\n") == 2
    redact("a.yaml")
    assert capsys.readouterr().out == ""
    redact("--check", "a.yaml")


def test_what_crosses_events_is_replaced_and_the_events_stay(folder: Path) -> None:
    text = vcrpy(reply=pieces(f"It is {KEY}."))
    path = put(folder, "a.yaml", text)

    redact("a.yaml")

    assert reply_of(path.read_text()) == "It is <openai-api-key-1>."
    assert path.read_text().count("data: ") == text.count("data: ")


def test_found_once_it_goes_everywhere_whatever_the_order_of_files(folder: Path) -> None:
    token = opaque()
    put(folder, "a.yaml", vcrpy(prompt=f"see {token}", reply=pieces(f"why {token}?")))
    put(folder, "b.yaml", vcrpy(headers={"x-api-key": token}))
    put(folder, "c.yaml", vcrpy(prompt="in base64: " + base64.b64encode(token.encode()).decode()))

    redact(".")

    assert reply_of((folder / "a.yaml").read_text()) == "why <api-key-1>?"
    for name in ("a.yaml", "b.yaml", "c.yaml"):
        text = (folder / name).read_text()
        assert token not in text
        assert base64.b64encode(token.encode()).decode() not in text
    assert "see <api-key-1>" in (folder / "a.yaml").read_text()
    assert "- <api-key-1>\n" in (folder / "b.yaml").read_text()


def test_several_processes_find_and_replace_what_one_does(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(parallel, "LOAD", 1)
    token = opaque()
    put(folder, "cassette.toml", "[redact]\nsalt = 'a salt'\n")
    put(folder, "a.yaml", vcrpy(prompt=f"see {token}", reply=pieces(f"why {token}?")))
    put(folder, "b.yaml", vcrpy(headers={"x-api-key": token}))
    put(folder, "c.yaml", "interactions: [")
    put(folder, "d.yaml", vcrpy(headers={"authorization": f"Bearer {secret(1)}"}))
    put(folder, "e.yaml", vcrpy())
    before = {path: path.read_text() for path in folder.iterdir()}

    def outcome(jobs: str, *options: str) -> tuple[int, str, str, dict[Path, str]]:
        code = cli.run(["redact", "-j", jobs, *options, "."])
        out, err = capfd.readouterr()
        now = {path: path.read_text() for path in folder.iterdir()}
        for path, text in before.items():
            path.write_text(text)
        return code, out, err, now

    for options in (["--check"], ["--check", "--format", "json"], ["--diff"], []):
        assert outcome("1", *options) == outcome("3", *options)
    _, out, _, after = outcome("2")
    assert out.count(" -> <api-key-1>") == 3
    assert token not in "".join(after.values())


def test_lengths_that_agreed_agree(folder: Path) -> None:
    path = put(folder, "a.yaml", go_vcr("Bearer x", body=f"key={KEY}"))
    redact("a.yaml")
    body = "key=%3Copenai-api-key-1%3E"
    assert f'body: "{body}"\n' in path.read_text()
    assert f"content_length: {len(body)}\n" in path.read_text()


@pytest.mark.parametrize(
    ("style", "now"),
    [("typed", "<openai-api-key-1>"), ("fixed", "REDACTED"), ("shape", "sk-" + "proj-" + "x" * 47 + "1")],
)
def test_styles(folder: Path, style: str, now: str) -> None:
    text = vcrpy(headers={"authorization": f"Bearer {KEY}"})
    path = put(folder, "a.yaml", text)
    redact("--placeholder-style", style, "a.yaml")
    assert path.read_text() == text.replace(KEY, now)
    redact("--check", "a.yaml")


def test_two_secrets_have_two_placeholders_and_those_in_the_file_are_not_given_again(folder: Path) -> None:
    path = put(folder, "a.yaml", vcrpy(headers={"authorization": f"Bearer {KEY}", "x-old": "<openai-api-key-1>"}))
    put(folder, "b.yaml", vcrpy(headers={"authorization": f"Bearer {secret(1)}"}))
    redact(".")
    assert "- Bearer <openai-api-key-2>\n" in path.read_text()
    assert "- Bearer <openai-api-key-3>\n" in (folder / "b.yaml").read_text()


def test_diff_has_masks_where_the_secrets_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = vcrpy(headers={"authorization": f"Bearer {KEY}"})
    path = put(folder, "a.yaml", text)

    redact("--diff", "a.yaml", code=1)

    assert capsys.readouterr().out == (
        "--- a.yaml\n+++ a.yaml\n@@ -5,7 +5,7 @@\n"
        "       content-type:\n       - application/json\n       authorization:\n"
        "-      - Bearer ********\n+      - Bearer <openai-api-key-1>\n"
        "     method: POST\n     uri: https://api.example/v1/chat/completions\n   response:\n"
    )
    assert path.read_text() == text


def test_standard_input_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = vcrpy(headers={"authorization": f"Bearer {KEY}"}, prompt="Grüße")
    piped(monkeypatch, text)
    redact("-")
    assert capsysbinary.readouterr().out == text.replace(KEY, "<openai-api-key-1>").encode()


def test_standard_input_without_secrets_passes_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    piped(monkeypatch, vcrpy())
    redact("-")
    assert capsysbinary.readouterr() == (vcrpy().encode(), b"")


def test_what_is_no_recording_passes_a_filter_if_asked(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    piped(monkeypatch, f"a: {KEY}\n")
    redact("-", code=2)
    assert capsysbinary.readouterr().out == b""
    piped(monkeypatch, f"a: {KEY}\n")
    redact("-", "--skip-others", "--stdin-filename", "x.yaml")
    assert capsysbinary.readouterr() == (f"a: {KEY}\n".encode(), b"")


def test_what_cannot_be_read_is_not_passed_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped(monkeypatch, "interactions:\n- request: [\n")
    redact("-", "--stdin-filename", "x.yaml", code=2)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("x.yaml:")


def test_standard_input_is_checked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    piped(monkeypatch, vcrpy(headers={"authorization": f"Bearer {KEY}"}))
    redact("-", "--check", "--stdin-filename", "x.yaml", code=1)
    assert capsys.readouterr().out.startswith("x.yaml:8:16: ")


def test_to_another_file(folder: Path) -> None:
    text = vcrpy(headers={"authorization": f"Bearer {KEY}"})
    path = put(folder, "a.yaml", text)
    redact("a.yaml", "-o", "b.yaml")
    assert path.read_text() == text
    assert (folder / "b.yaml").read_text() == text.replace(KEY, "<openai-api-key-1>")
    redact("b.yaml", "-o", "c.yaml")
    assert (folder / "c.yaml").read_text() == (folder / "b.yaml").read_text()


def test_a_file_under_gzip_stays_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = vcrpy(headers={"authorization": f"Bearer {KEY}"})
    now = text.replace(KEY, "<openai-api-key-1>")
    path = folder / "a.yaml.gz"
    path.write_bytes(gzip.compress(text.encode()))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
    redact("-")
    assert gzip.decompress(capsysbinary.readouterr().out).decode() == now
    redact("a.yaml.gz")
    assert gzip.decompress(path.read_bytes()).decode() == now


def test_a_fault_in_one_file_does_not_keep_the_others_from_being_done(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(folder, "a.yaml", vcrpy(headers={"authorization": f"Bearer {KEY}"}))
    put(folder, "b.yaml", "interactions:\n- request: [\n")
    redact("a.yaml", "b.yaml", "none.yaml", code=2)
    assert KEY not in path.read_text()
    assert capsys.readouterr().err.splitlines()[0].startswith("b.yaml:")


def test_a_read_only_file_is_left_alone(folder: Path) -> None:
    path = put(folder, "a.yaml", vcrpy(headers={"authorization": f"Bearer {KEY}"}))
    before = path.read_bytes()
    path.chmod(0o444)
    redact("a.yaml", code=2)
    assert path.read_bytes() == before


def test_others_are_errors_unless_passed_over(folder: Path) -> None:
    put(folder, "other.yaml", "a: 1\n")
    redact("--check", "other.yaml", code=2)
    redact("--check", "--skip-others", "other.yaml")


def test_classes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = f"{opaque()}@firma.net"
    put(folder, "a.yaml", vcrpy(headers={"authorization": f"Bearer {KEY}", "x-user-email": address}))
    redact("--check", "a.yaml", code=1)
    assert "email" not in capsys.readouterr().out
    redact("--check", "--class", "personal", "a.yaml", code=1)
    assert "openai-api-key" not in capsys.readouterr().out
    redact("--check", "--class", "all", "a.yaml", code=1)
    assert {"openai-api-key", "email"} <= set(capsys.readouterr().out.split())


def test_rules_on_and_off(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = f"{opaque()}@firma.net"
    put(folder, "a.yaml", vcrpy(headers={"x-user-email": address}))
    redact("--check", "a.yaml")
    redact("--check", "--rule", "email", "a.yaml", code=1)
    redact("--check", "--class", "all", "--no-rule", "email", "a.yaml")
    redact("--check", "--rule", "emial", "a.yaml", code=2)
    assert "did you mean email?" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--class", "personel", "a.yaml"], "did you mean personal?"),
        (["--format", "xml", "a.yaml"], "none of text, json, sarif, github"),
        (["--placeholder-style", "stars", "a.yaml"], "none of typed, fixed, shape"),
        (["--check", "--diff", "a.yaml"], "--check and --diff exclude each other"),
        (["-o", "x", "a.yaml", "b.yaml"], "-o takes one recording"),
        (["-", "a.yaml"], "- is redacted alone"),
        (["--staged", "--audit"], "exclude each other"),
        ([], "name files or directories"),
        (["--update-baseline", "a.yaml"], "needs --baseline FILE"),
        (["--baseline", "none.json", "a.yaml"], "none.json: there is no such baseline"),
    ],
)
def test_wrong_use_is_said(folder: Path, args: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "a.yaml", vcrpy(headers={"authorization": f"Bearer {KEY}"}))
    redact(*args, code=2)
    assert said in " ".join(capsys.readouterr().err.split())


def test_one_mode_is_chosen() -> None:
    assert chosen({Mode.CHECK: False}, ["a"], staged=False) is Mode.REPLACE
    with pytest.raises(CassetteError, match="exclude"):
        chosen({Mode.CHECK: True, Mode.AUDIT: True}, ["a"], staged=False)


def json_of(capsys: pytest.CaptureFixture[str]) -> Any:
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, json.loads(shipped.schema("cassette.redact/1")))
    return found


def test_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(folder, "a.yaml", vcrpy(headers={"authorization": f"Bearer {KEY}"}, reply=pieces(KEY)))
    redact("--check", "--format", "json", "a.yaml", "none.yaml", code=2)
    found = json_of(capsys)
    assert [(each["line"], each["where"], each["events"]) for each in found["findings"]] == [
        (8, "request.headers.authorization", []),
        (13, "reply.messages[0].parts[0].content", list(range(1, 9))),
    ]
    assert [each["path"] for each in found["errors"]] == ["none.yaml"]
    redact("--format", "json", "a.yaml")
    assert len(json_of(capsys)["findings"]) == 2


@pytest.mark.parametrize("how", [*FORMATS, "diff", "audit"])
@pytest.mark.parametrize("place", ["request", "reply", "name"])
def test_no_output_holds_a_secret(
    folder: Path, how: str, place: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor a part of one that is worth anything, wherever it lies: names of fields are shown, too."""
    texts = {
        "request": vcrpy(url=f"https://u:{KEY}@api.example/v1?key={KEY}", headers={"x-api-key": KEY}),
        "reply": vcrpy(reply=pieces(f"{KEY} and {json.dumps({'a': KEY})}", 3)),
        "name": vcrpy(prompt=json.dumps({KEY: {"api_key": KEY}}), headers={"authorization": f"Bearer {KEY}"}),
    }
    put(folder, "a.yaml", texts[place])
    monkeypatch.setattr(sys, "stdin", io.StringIO("s\n" * 20))
    args = [f"--{how}"] if how in ("diff", "audit") else ["--check", "--format", how]
    redact(*args, "a.yaml", code=1)
    out = "".join(capsys.readouterr())
    assert out
    assert not any(KEY[place : place + 8] in out for place in range(8, len(KEY) - 8))


def test_what_the_recorder_matches_on_is_noted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in "ab":
        put(folder, f"{name}.yaml", vcrpy(url=f"https://api.example/v1?key={opaque()}"))
    redact(".")
    assert capsys.readouterr().err == (
        "cassette: redacted 2 secrets in 2 files\n"
        "cassette: a.yaml and 1 file more: the request's query parameter key changed; "
        "filter_query_parameters=[('key', '<api-key-1>')] makes requests match again\n"
    )


def test_a_known_finding_is_let_through_where_it_is_known_only(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder, "a.yaml", vcrpy(headers={"authorization": f"Bearer {KEY}"}))
    redact("--update-baseline", "--baseline", "known.json", "a.yaml")
    assert capsys.readouterr().err == "cassette: known.json: 1 known secret\n"
    assert KEY not in (folder / "known.json").read_text()
    redact("--check", "--baseline", "known.json", "a.yaml")

    put(folder, "new/a.yaml", "\n\n" + vcrpy(headers={"authorization": f"Bearer {KEY}"}))
    redact("--check", "--baseline", "known.json", "new/a.yaml")

    put(folder, "b.yaml", vcrpy(prompt=KEY))
    put(folder, "c.yaml", vcrpy(headers={"authorization": f"Bearer {secret(1)}"}))
    redact("--check", "--baseline", "known.json", "b.yaml", code=1)
    redact("--check", "--baseline", "known.json", "c.yaml", code=1)


def test_a_baseline_made_again_keeps_what_it_knew_of_other_files(folder: Path) -> None:
    for number, name in enumerate("abc"):
        put(folder, f"{name}.yaml", vcrpy(headers={"authorization": f"Bearer {secret(number)}"}))
    redact("--update-baseline", "--baseline", "known.json", "a.yaml", "b.yaml")
    first = json.loads((folder / "known.json").read_text())
    redact("a.yaml")
    redact("--update-baseline", "--baseline", "known.json", "a.yaml", "c.yaml")
    second = json.loads((folder / "known.json").read_text())
    assert [each["path"] for each in second["findings"]] == ["b.yaml", "c.yaml"]
    assert second["salt"] == first["salt"]
    assert second["findings"][0] == first["findings"][1]
