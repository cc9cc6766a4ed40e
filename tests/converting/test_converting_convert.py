"""Conversions: there, on to the others and back, all that was on the wire stays; what does not is named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from carrying import plain, read_again, written
from proof.change_laws import carried_of, check_round_trip
from sampled import RECORDINGS, SAMPLES

from cassette_cli import files
from cassette_cli.converting import TARGETS, go_vcr, har, ruby_vcr, target, vcrpy
from cassette_cli.converting.base import Target
from cassette_cli.converting.convert import converted, differing
from cassette_cli.errors import CassetteError, InternalError
from cassette_cli.model import Cassette

BY_OPTION = pytest.mark.parametrize("each", TARGETS, ids=[each.OPTION for each in TARGETS])


@pytest.mark.parametrize("folder", sorted({path.parent.name for path in RECORDINGS}))
def test_samples_there_and_back(folder: str) -> None:
    paths = [path for path in RECORDINGS if path.parent.name == folder]
    # Of the recorders with a sample of each protocol some are enough.
    step = max(1, len(paths) // 25)
    made = [check_round_trip(files.read(str(path))) for path in paths[::step]]
    assert all(made)


@pytest.mark.slow
def test_the_corpus_there_and_back(corpus: Path) -> None:
    found = 0
    for cassette in files.load([str(corpus)]):
        if isinstance(cassette, Cassette):
            found += check_round_trip(cassette)
    assert found > 4000


@BY_OPTION
def test_the_same_again_changes_nothing(each: Target) -> None:
    text = converted(files.read(str(SAMPLES / "go_vcr" / "openai_chat_sse_add_multiply.yaml")), each).text
    assert converted(read_again(text), each).text == text


@pytest.mark.parametrize(("each", "folder"), [(vcrpy, "vcrpy"), (go_vcr, "go_vcr"), (ruby_vcr, "ruby_vcr")])
def test_the_recorders_own_style(each: Target, folder: str) -> None:
    """What the recorders made by their defaults is not written otherwise. (Polly.js made its samples with another
    `matchRequestsBy`, which is in their ids.)"""
    text = (SAMPLES / folder / "openai_chat_sse_add_multiply.yaml").read_text(encoding="utf-8")
    assert alike(converted(read_again(text), each).text) == alike(text)


def alike(text: str) -> list[str]:
    """Lines, but those that the release of a recorder writes, and the fields named as lost."""
    fields = ("recorded_with:", "    http_version:", "        transfer_encoding:", "            - chunked")
    return [line for line in text.splitlines() if not line.startswith(fields)]


DIFFERENT = [
    ({"method": "GET"}, "the method"),
    ({"url": "https://api.example/v1/y"}, "the URL"),
    ({"status": 201}, "the status"),
    ({"request_headers": ()}, "the headers of the request"),
    ({"response_headers": (("Content-Type", "text/html"),)}, "the headers of the response"),
    ({"request_body": b"{}"}, "the body of the request"),
    ({"response_body": None}, "the body of the response"),
    ({"reason": "Fine"}, None),
    ({"request_headers": (("content-TYPE", "application/json"),)}, None),
]


@pytest.mark.parametrize(("fields", "part"), DIFFERENT, ids=[str(part) for _, part in DIFFERENT])
def test_what_differs(fields: dict[str, object], part: str | None) -> None:
    assert differing(plain(), plain(**fields)) == part


FAULTS = [
    (lambda text: text.replace("code: 200", "code: 500"), "the status of interaction 0 would not read as meant"),
    (lambda text: text.replace("'", '"'), "the new text cannot be read"),
    (lambda text: "a: 1\n", "the new text is no recording of VCR.py"),
    (lambda text: "interactions: []\nversion: 1\n", "0 interactions would be there, not 1"),
]


@pytest.mark.parametrize(("spoil", "message"), FAULTS, ids=[message for _, message in FAULTS])
def test_the_new_text_is_read_again_before_it_is_given(
    spoil: Callable[[str], str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cassette = read_again(written(ruby_vcr, plain(response_body=b"it's: 'so'")))
    whole = vcrpy.text
    monkeypatch.setattr(vcrpy, "text", lambda held: spoil(whole(held)))
    with pytest.raises(InternalError, match=f"{message}.*nothing was written"):
        converted(cassette, vcrpy)


MISSING = [
    ({"url": "/v1/x"}, ["a host (--base-url puts one before the path)"]),
    ({"url": None}, ["a URL"]),
    ({"method": None}, ["a method"]),
    ({"status": None}, ["a status"]),
    ({}, []),
]


@pytest.mark.parametrize(("fields", "missing"), MISSING, ids=[str(missing) for _, missing in MISSING])
def test_what_is_missing(fields: dict[str, object], missing: list[str]) -> None:
    assert converted(read_again(written(ruby_vcr, plain(**fields))), har).missing == missing


@pytest.mark.parametrize("base", ["https://api.example", "https://api.example/"])
def test_a_base_url(base: str) -> None:
    cassette = read_again(written(ruby_vcr, plain(url="/v1/x"), plain(url="https://other.example/")))
    found = read_again(converted(cassette, go_vcr, base).text)
    urls = [each.request.url.text for each in found.interactions if each.request.url]
    assert urls == ["https://api.example/v1/x", "https://other.example/"]


def test_decoded_only_where_asked_for() -> None:
    cassette = files.read(str(SAMPLES / "vcrpy" / "openai_chat_gzip.yaml"))
    assert (
        carried_of(read_again(converted(cassette, go_vcr).text))[0].response_body
        == carried_of(cassette)[0].response_body
    )
    plain_body = carried_of(read_again(converted(cassette, go_vcr, decode=True).text))[0].response_body
    assert plain_body
    assert plain_body.startswith(b'{"id":"chatcmpl-sample1"')


def test_what_grows_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    cassette = read_again(written(ruby_vcr, plain(response_body=b"x" * 100)))
    assert converted(cassette, har).interactions == 1
    monkeypatch.setattr("cassette_cli.converting.convert.MOST", 99)
    monkeypatch.setattr("cassette_cli.converting.convert.GROWTH", 0)
    with pytest.raises(CassetteError, match="too large once written out"):
        converted(cassette, har)


@pytest.mark.parametrize("word", ["vcrpy", "VCR.py", "vcr.PY"])
def test_a_target_by_its_name(word: str) -> None:
    assert target(word) is vcrpy


def test_no_such_target() -> None:
    with pytest.raises(CassetteError, match="--to wiremock: there are vcrpy, go-vcr, ruby-vcr, har"):
        target("wiremock")
