"""Settings of `cassette redact`: what is read, and that each fault says its line and what may have been meant."""

import re

import pytest

from cassette_cli import config
from cassette_cli.config.redact import classes_of
from cassette_cli.errors import CassetteError
from cassette_cli.redaction.rules import DEFAULT, Category
from cassette_cli.redaction.settings import Allow, NameRule, Settings, TextRule

RULES = frozenset({"jwt", "openai-api-key", "token"})

WHOLE = """
[redact]
classes = ["credentials", "personal"]
rules = ["token"]
no-rules = "jwt"
placeholders = "shape"
env = ["API_KEY", "*_TOKEN"]
env-file = ".env"
baseline = "known.json"
salt = "s"

[[redact.rule]]
id = "acme"
pattern = 'acme_(?P<secret>[0-9]{4})'
class = "account"

[[redact.rule]]
id = "pin"
literal = "a.b"

[[redact.rule]]
id = "beta"
headers = ["X-Beta"]
fields = ["betaKey", "b"]

[[redact.allow]]
fingerprint = "00"
where = "request.*"
rule = "acme"
path = "tests/*"
reason = "a test key"
"""


def parsed(text: str, path: str = "cassette.toml") -> Settings | None:
    found = config.parse(path, text, RULES)
    return found.redact if found else None


def test_all_there_is() -> None:
    assert parsed(WHOLE) == Settings(
        path="cassette.toml",
        classes=frozenset({Category.CREDENTIALS, Category.PERSONAL}),
        rules=frozenset({"token"}),
        no_rules=frozenset({"jwt"}),
        placeholders="shape",
        own=(
            TextRule(id="acme", category=Category.ACCOUNT, pattern="acme_(?P<secret>[0-9]{4})"),
            TextRule(id="pin", category=Category.CREDENTIALS, pattern=r"a\.b"),
            NameRule(
                id="beta",
                category=Category.CREDENTIALS,
                headers=frozenset({"x-beta"}),
                fields=frozenset({"betakey", "b"}),
            ),
        ),
        env=("API_KEY", "*_TOKEN"),
        env_file=".env",
        baseline="known.json",
        salt="s",
        allow=(Allow(fingerprint="00", where="request.*", rule="acme", path="tests/*"),),
    )


def test_an_empty_file_sets_nothing() -> None:
    assert parsed("") == Settings(path="cassette.toml")
    assert Settings().classes == DEFAULT


def test_pyproject_counts_where_it_has_the_table() -> None:
    assert parsed("[project]\nname = 'x'\n", "pyproject.toml") is None
    found = parsed("[tool.cassette.redact]\nclasses = 'all'\n", "pyproject.toml")
    assert found
    assert found.classes == frozenset(Category)
    assert parsed("[tool.cassette]\n", "pyproject.toml") == Settings(path="pyproject.toml")


WRONG = [
    ("[redact]\nclasses = [\n", "2: not TOML: Invalid value", ""),
    ("a = 1\n", "1: unknown setting a", ""),
    ("\n[redct]\n", "2: unknown setting redct; did you mean redact?", ""),
    ("[redact]\nclases = []\n", "2: unknown setting redact.clases; did you mean classes?", ""),
    ("[redact]\n\nclasses = ['personel']\n", "3: no class is named 'personel'; did you mean personal?", ""),
    ("[redact]\nclasses = 1\n", "2: redact.classes must be an array, not a number", ""),
    ("[redact]\nclasses = [1]\n", "2: redact.classes must be an array of strings that are not empty", ""),
    ("redact = 1\n", "1: redact must be a table, not a number", ""),
    ("[redact]\nrules = ['jtw']\n", "2: redact.rules has no 'jtw'; did you mean jwt?", ""),
    ("[redact]\nplaceholders = 'stars'\n", "2: redact.placeholders has no 'stars'; there are fixed, shape, typed", ""),
    ("[redact]\nsalt = ''\n", "2: redact.salt is empty", ""),
    ("[redact]\nsalt = true\n", "2: redact.salt must be a string, not true or false", ""),
    ("[redact]\nrule = ['x']\n", "2: redact.rule must be tables: [[redact.rule]]", ""),
    ("[[redact.rule]]\npattern = 'x'\n", "1: a rule needs an id", ""),
    ("[[redact.rule]]\nid = 'A b'\npattern = 'x'\n", "2: 'A b' is no id like acme-key", ""),
    ("[[redact.rule]]\nid = 'a'\n", "1: rule a needs one of pattern, literal, or names in headers", ""),
    ("[[redact.rule]]\nid = 'a'\npattern = 'x'\nliteral = 'x'\n", "1: rule a needs one of", ""),
    ("[[redact.rule]]\nid = 'a'\npattern = '('\n", "3: not a regular expression: missing )", ""),
    ("[[redact.rule]]\nid = 'a'\npattern = 'x*'\n", "3: the pattern fits an empty text", ""),
    ("[[redact.rule]]\nid = 'a'\nliteral = 'x'\n[[redact.rule]]\nid = 'b'\nclass = 'x'\nliteral = 'y'\n", "6: ", ""),
    ("[[redact.allow]]\nreason = 'x'\n", "1: what is allowed needs a fingerprint, where, rule or path", ""),
    ("[[redact.allow]]\nfingerprint = 'x'\n", "2: fingerprints need a `salt` in [redact]", ""),
    ("[tool.cassette]\nredct = 1\n", "2: unknown setting tool.cassette.redct; did you mean redact?", "pyproject.toml"),
    ("tool.cassette.redact.rles = 1\n", "1: unknown setting tool.cassette.redact.rles; did you", "pyproject.toml"),
]


@pytest.mark.parametrize(("text", "said", "path"), WRONG, ids=[said for _, said, _ in WRONG])
def test_what_is_wrong_says_its_line(text: str, said: str, path: str) -> None:
    path = path or "cassette.toml"
    with pytest.raises(CassetteError) as raised:
        parsed(text, path)
    message = str(raised.value)
    # A column follows the line where the parser of TOML knows it.
    assert re.sub(r"^([^:]*:\d+):\d+:", r"\1:", message).startswith(f"{path}:{said}")


def test_names_of_classes() -> None:
    assert classes_of(("cookies",)) == {Category.COOKIES}
    assert classes_of(("cookies", "all")) == set(Category)
    with pytest.raises(ValueError, match="there are credentials"):
        classes_of(("zzz",))
