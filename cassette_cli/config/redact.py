"""The settings of `cassette redact`.

[redact]                                # in pyproject.toml: [tool.cassette.redact]
classes = ["credentials", "cookies", "personal"]        # or "all"
rules = ["anthropic-organization"]      # also these, though their class is off
no-rules = ["jwt"]                      # but not these
placeholders = "typed"                  # or "fixed", "shape"
env = ["OPENAI_API_KEY", "*_TOKEN"]     # the values of these variables, wherever they stand
env-file = ".env"                       # where the variables are looked for, too
baseline = ".cassette-baseline.json"
salt = "any text"                       # of the fingerprints below

[[redact.rule]]
id = "acme-key"
pattern = 'acme_(?P<secret>[a-z0-9]{20})'      # a regular expression; or `literal`, or names of places:
# headers = ["x-acme"], query = ["k"], fields = ["acmeKey"], cookies = ["acme"]
class = "credentials"

[[redact.allow]]                        # one or more of these; all must fit
fingerprint = "2f9b..."
where = "response.body.$.csrf"          # a glob
rule = "token"
path = "tests/fixtures/*"               # a glob, from the directory of this file
"""

import re

from cassette_cli.config.table import Table, did_you_mean
from cassette_cli.redaction.rules import DEFAULT, Category
from cassette_cli.redaction.settings import TYPED, Allow, NameRule, Settings, TextRule
from cassette_cli.redaction.styles import STYLES

ALL = "all"
ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
PLACES = ("headers", "query", "fields", "cookies")


def settings(table: Table, known: frozenset[str]) -> Settings:
    """The settings in the table `redact`; `known` are the names of the rules that there are.

    Raises CassetteError with the line of what is wrong.
    """
    table.only(
        *("classes", "rules", "no-rules", "placeholders", "env", "env-file", "baseline", "salt", "rule", "allow")
    )
    own = tuple(_rule(each) for each in table.tables("rule"))
    names = known | {rule.id for rule in own}
    salt = table.string("salt")
    return Settings(
        path=table.path,
        classes=_classes(table),
        rules=frozenset(table.known("rules", each, names) for each in table.strings("rules") or ()),
        no_rules=frozenset(table.known("no-rules", each, names) for each in table.strings("no-rules") or ()),
        placeholders=table.one_of("placeholders", STYLES) or TYPED,
        own=own,
        env=table.strings("env") or (),
        env_file=table.string("env-file"),
        baseline=table.string("baseline"),
        salt=salt,
        allow=tuple(_allow(each, names, salted=salt is not None) for each in table.tables("allow")),
    )


def classes_of(names: tuple[str, ...]) -> frozenset[Category]:
    """The classes that names stand for; "all" is all of them. Raises ValueError with a hint for any other name."""
    known = [category.value for category in Category]
    for name in names:
        if name not in (*known, ALL):
            close = did_you_mean(name, [*known, ALL]) or f"; there are {', '.join([*known, ALL])}"
            raise ValueError(f"no class is named {name!r}{close}")
    return frozenset(Category) if ALL in names else frozenset(Category(name) for name in names)


def _classes(table: Table) -> frozenset[Category]:
    names = table.strings("classes")
    if names is None:
        return DEFAULT
    try:
        return classes_of(names)
    except ValueError as error:
        raise table.error("classes", str(error)) from None


def _rule(table: Table) -> TextRule | NameRule:
    table.only("id", "class", "pattern", "literal", *PLACES)
    name = table.string("id")
    if name is None:
        raise table.error(None, "a rule needs an id")
    if not ID.fullmatch(name):
        raise table.error("id", f"{name!r} is no id like acme-key: small letters, digits and hyphens")
    given = [each for each in ("pattern", "literal") if each in table.items]
    by_name = [each for each in PLACES if each in table.items]
    if len(given) + bool(by_name) != 1:
        raise table.error(None, f"rule {name} needs one of pattern, literal, or names in {', '.join(PLACES)}")
    category = Category(table.one_of("class", [each.value for each in Category]) or Category.CREDENTIALS.value)
    if given:
        return TextRule(id=name, category=category, pattern=_pattern(table, given[0]))
    places = {place: frozenset(map(str.lower, table.strings(place) or ())) for place in PLACES}
    return NameRule(id=name, category=category, **places)


def _pattern(table: Table, kind: str) -> str:
    text = table.string(kind) or ""
    if kind == "literal":
        return re.escape(text)
    try:
        if re.compile(text).match(""):
            raise table.error(kind, "the pattern fits an empty text, so it would be found everywhere")
    except re.error as error:
        raise table.error(kind, f"not a regular expression: {error.msg}") from None
    return text


def _allow(table: Table, known: frozenset[str], *, salted: bool) -> Allow:
    table.only("fingerprint", "where", "rule", "path", "reason")
    table.string("reason")
    rule = table.one_of("rule", known)
    found = Allow(
        fingerprint=table.string("fingerprint"), where=table.string("where"), rule=rule, path=table.string("path")
    )
    if found == Allow():
        raise table.error(None, "what is allowed needs a fingerprint, where, rule or path")
    if found.fingerprint and not salted:
        raise table.error("fingerprint", "fingerprints need a `salt` in [redact]; without one they differ in each run")
    return found
