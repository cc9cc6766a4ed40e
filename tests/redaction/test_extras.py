"""What a recorder keeps beside URL, headers and bodies is read, and what these hold is not read twice."""

from planted import go_vcr, opaque, read
from redacting import redacted

from cassette_cli.document.lens import lift_all
from cassette_cli.document.text import Edit, Span, splice
from cassette_cli.redaction.extras import extras
from cassette_cli.redaction.text import Spot

KEY = opaque()
FORM = f"""        form:
            api_key:
                - {KEY}
"""


def with_form(text: str) -> str:
    return text.replace(
        "        url: https://api.example/v1\n", f"{FORM}        url: https://api.example/v1?api_key={KEY}\n"
    )


def test_the_form_of_go_vcr() -> None:
    text = with_form(go_vcr("Bearer <KEY>"))
    cassette, _ = read(text)
    [form] = [each for each in extras(cassette) if ".form." in each.where]
    assert (form.where, form.name, form.value, form.spot) == (
        "document.interactions[0].request.form.api_key[0]",
        "api_key",
        KEY,
        Spot.QUERY,
    )
    assert form.interaction == 0
    after = splice(text, lift_all([(form.lens, Edit(Span(0, len(KEY)), "x"))]))
    assert after == text.replace(f"- {KEY}", "- x")


def test_texts_of_the_interaction_are_not_among_them() -> None:
    cassette, _ = read(with_form(go_vcr("Bearer <KEY>", "the body")))
    values = {each.value for each in extras(cassette)}
    assert "200 OK" in values
    assert not values & {"the body", "text/plain", "Bearer <KEY>", f"https://api.example/v1?api_key={KEY}"}


def test_url_and_form_are_redacted_alike() -> None:
    after = redacted(with_form(go_vcr("Bearer <KEY>")))
    assert "- <api-key-1>" in after
    assert "api_key=%3Capi-key-1%3E" in after
