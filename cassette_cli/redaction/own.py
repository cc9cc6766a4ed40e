"""What a user adds to the finder and takes away from it: rules of their own, and rules switched on and off."""

import re
from collections.abc import Iterable, Iterator, Sequence

from cassette_cli.document.text import Span
from cassette_cli.redaction import named, places
from cassette_cli.redaction.catalogue import RULES
from cassette_cli.redaction.find import Finder
from cassette_cli.redaction.placeholders import is_placeholder
from cassette_cli.redaction.rules import Category
from cassette_cli.redaction.settings import NameRule, Settings, TextRule
from cassette_cli.redaction.text import Spot, Text
from cassette_cli.redaction.values import Secret

Found = tuple[Span, str, Category]
SPOTS = {Spot.HEADER: "headers", Spot.QUERY: "query", Spot.FIELD: "fields", Spot.COOKIE: "cookies"}


def _classes_of_rules() -> dict[str, Category]:
    """The class of every rule that is built in, by its name."""
    held = [*places.BY_NAME, *(each for each in vars(named).values() if isinstance(each, places.Place))]
    return {**{place.id: place.category for place in held}, **{rule.id: rule.category for rule in RULES}}


BUILT_IN = _classes_of_rules()


class OwnFinder(Finder):
    """A finder of what the settings say."""

    def __init__(self, settings: Settings, values: Iterable[Secret] = ()) -> None:
        self._settings = settings
        also = {BUILT_IN[rule] for rule in settings.rules if rule in BUILT_IN}
        own = [rule for rule in settings.own if _is_on(settings, rule.id, rule.category)]
        classes = settings.classes | also | {rule.category for rule in own}
        super().__init__(classes, [rule for rule in RULES if _is_on(settings, rule.id, rule.category)], values)
        self._patterns = [(re.compile(rule.pattern), rule) for rule in own if isinstance(rule, TextRule)]
        self._names = [rule for rule in own if isinstance(rule, NameRule)]
        self._named = _gate_of(self._names)

    def may_be_in(self, raw: str) -> bool:
        """Whether a text may hold anything that is looked for. A pattern may fit only what is decoded, so where there
        is one every text is."""
        return (
            bool(self._patterns)
            or (self._named is not None and bool(self._named.search(raw)))
            or super().may_be_in(raw)
        )

    def is_of_interest(self, header: str) -> bool:
        """Whether what lies under a header of this name (in lower case) is looked for, whatever it is."""
        return super().is_of_interest(header) or any(header in rule.headers for rule in self._names)

    def masked(self, text: str) -> str:
        """A text that is to be shown (the name of a field, say), what is known to be a secret or looks like one
        masked; of the same length."""
        hits = [hit.span for hit in self.values.matches(text)] if self.values.may_be_in(text) else []
        hits += [match.span for match in self._shapes.matches(text)] if self._shapes.may_be_in(text) else []
        shown, done = "", 0
        for start, end in sorted(hits):
            if start >= done:
                shown += text[done:start] + "*" * (end - start)
                done = end
        return shown + text[done:]

    def _spans(self, text: Text) -> Iterator[Found]:
        for span, rule, category in super()._spans(text):
            if _is_on(self._settings, rule, category):
                yield span, rule, category
        yield from self._by_pattern(text.value)
        yield from self._by_name(text)

    def _by_pattern(self, value: str) -> Iterator[Found]:
        for pattern, rule in self._patterns:
            group = "secret" if "secret" in pattern.groupindex else 0
            for found in pattern.finditer(value):
                if found[group] and not is_placeholder(found[group]):
                    yield Span(*found.span(group)), rule.id, rule.category

    def _by_name(self, text: Text) -> Iterator[Found]:
        spot = SPOTS.get(text.spot)
        if not self._names or spot is None or not text.name or not text.value or is_placeholder(text.value):
            return
        for rule in self._names:
            if text.name.lower() in getattr(rule, spot):
                yield Span(0, len(text.value)), rule.id, rule.category


def _is_on(settings: Settings, rule: str, category: Category) -> bool:
    return rule not in settings.no_rules and (category in settings.classes or rule in settings.rules)


def _gate_of(rules: Sequence[NameRule]) -> re.Pattern[str] | None:
    names = {name for rule in rules for name in (*rule.query, *rule.fields, *rule.cookies)}
    return re.compile("|".join(map(re.escape, sorted(names))), re.IGNORECASE) if names else None
