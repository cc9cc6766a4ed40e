"""Secrets that are left: what `cassette redact` would replace under the same settings. No message shows a value."""

from collections.abc import Iterator

from cassette_cli.checks.base import Check, Problem, Scene
from cassette_cli.checks.settings import Level
from cassette_cli.errors import CassetteError
from cassette_cli.redaction.rules import Category

CHECKS = {
    "secret-left": Check(Level.ERROR, "a credential that is no placeholder"),
    "cookie-left": Check(Level.WARNING, "a cookie or a session that is no placeholder"),
    "personal-left": Check(Level.WARNING, "data of persons, accounts or requests that the settings look for"),
}
CODES = {Category.CREDENTIALS: "secret-left", Category.COOKIES: "cookie-left"}


def find(scene: Scene) -> Iterator[Problem]:
    """The secrets of the whole file."""
    try:
        findings = scene.finder.find(scene.cassette, scene.exchanges)
        known = scene.finder.knowing(findings)
        if findings:
            findings = known.find(scene.cassette, scene.exchanges)
    except CassetteError:
        # A body that cannot be read is told elsewhere.
        return
    for each in findings:
        if not scene.lets_through(each):
            code = CODES.get(each.category, "personal-left")
            message = f"{each.rule} in {known.masked(each.where)}"
            yield Problem(code, message, each.interaction, None, each.lens, start=each.span.start)
