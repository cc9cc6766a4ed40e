"""What a user sets: which secrets are looked for, what stands in their place, and what is let through."""

from dataclasses import dataclass

from cassette_cli.redaction.rules import DEFAULT, Category

TYPED = "typed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRule:
    """A rule of the user's own that looks for a text, by a regular expression."""

    id: str
    category: Category
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRule:
    """A rule of the user's own that takes what lies under names, in lower case, whatever it is."""

    id: str
    category: Category
    headers: frozenset[str] = frozenset()
    query: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    cookies: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Allow:
    """What a finding must be to be let through: all that is not None must fit. `where` and `path` are globs."""

    fingerprint: str | None = None
    where: str | None = None
    rule: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is looked for, what stands in its place, and what is let through. `baseline` and `env_file` are paths from
    the directory of the configuration at `path`, None where there is none."""

    path: str | None = None
    classes: frozenset[Category] = DEFAULT
    rules: frozenset[str] = frozenset()
    no_rules: frozenset[str] = frozenset()
    placeholders: str = TYPED
    own: tuple[TextRule | NameRule, ...] = ()
    env: tuple[str, ...] = ()
    env_file: str | None = None
    baseline: str | None = None
    salt: str | None = None
    allow: tuple[Allow, ...] = ()
