"""The rules that are built in, each by its name: what it finds by shape, and what by the name of a place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cassette_cli.redaction import place_names
from cassette_cli.redaction.catalogue import RULES
from cassette_cli.redaction.named import BASIC, URL_PASSWORD
from cassette_cli.redaction.own import BUILT_IN
from cassette_cli.redaction.place_names import RATE_LIMIT
from cassette_cli.redaction.rules import DEFAULT, Category, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A rule. `prefixes` are what its secrets begin with, `after` what stands right before them, where that tells them;
    `headers` and `query` are names that they lie under, `fields` says whether they lie under names of fields, too.
    `sources` say where its facts come from."""

    id: str
    category: Category
    prefixes: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    by_shape: bool = False
    headers: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    fields: bool = False
    sources: tuple[str, ...] = ()

    @property
    def default(self) -> bool:
        """Whether it is looked for unless something else is said."""
        return self.category in DEFAULT


def rules() -> list[Listed]:
    """All rules, class by class, in order of their names."""
    shapes: dict[str, list[Rule]] = defaultdict(list)
    for rule in RULES:
        shapes[rule.id].append(rule)
    headers, query = _names(place_names.HEADERS), _names(place_names.QUERY)
    fields = {place.id for place, _ in place_names.FIELDS}
    listed = [
        Listed(
            id=id_,
            category=category,
            prefixes=_each(lead for rule in shapes.get(id_, ()) if not _is_within(rule) for lead in rule.leads),
            after=_each(lead for rule in shapes.get(id_, ()) if _is_within(rule) for lead in rule.leads),
            by_shape=id_ in shapes,
            headers=headers.get(id_, ()),
            query=query.get(id_, ()),
            fields=id_ in fields,
            sources=_each(source for rule in shapes.get(id_, ()) for source in rule.source.split("; ") if source),
        )
        for id_, category in BUILT_IN.items()
    ]
    order = list(Category)
    return sorted(listed, key=lambda each: (order.index(each.category), each.id))


# What finds a rule that no list of names has.
ELSEWHERE = {
    RATE_LIMIT.id: "headers of rate limits",
    BASIC.id: "Basic credentials in a header",
    URL_PASSWORD.id: "the password in a URL",
}


def found_by(rule: Listed, most: int | None = None) -> Iterator[str]:
    """What gives its secrets away, in words: `most` names of each kind, all where that is None."""
    if rule.prefixes:
        yield f"begins with {_some(rule.prefixes, most)}"
    if rule.after:
        yield f"after {_some(rule.after, most)}"
    if rule.by_shape and not (rule.prefixes or rule.after):
        yield "its shape"
    if rule.headers:
        yield f"header {_some(rule.headers, most)}"
    if rule.query:
        yield f"query parameter {_some(rule.query, most)}"
    if rule.fields:
        yield "names of JSON and form fields"
    if rule.id in ELSEWHERE:
        yield ELSEWHERE[rule.id]


def _some(names: tuple[str, ...], most: int | None) -> str:
    shown = [name.strip() for name in names[:most]]
    return ", ".join(shown) + (f" and {len(names) - len(shown)} more" if len(shown) < len(names) else "")


def _is_within(rule: Rule) -> bool:
    """Whether the secret is a part of what the rule looks for."""
    return "(?P<secret>" in rule.pattern


def _names(held: Iterable[tuple[place_names.Place, list[str]]]) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for place, each in held:
        names[place.id] += tuple(each)
    return names


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
