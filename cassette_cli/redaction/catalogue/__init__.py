"""The catalogue of secrets known by their shape: one line per rule. Order counts: the first rule that fits names it.

Each rule says where its facts come from: a page of the vendor's, a standard, or the public rules of a scanner, by name:
"kingfisher: X" is the rule betterleaks.X or veles.X of kingfisher-bin 2.14 (PyPI), "detect-secrets: X" the plugin X of
detect-secrets 1.5 (PyPI), "gitleaks: X" the rule X of gitleaks 8. Patterns are our own.
"""

from cassette_cli.redaction.catalogue.accounts import ACCOUNTS
from cassette_cli.redaction.catalogue.chat import CHAT
from cassette_cli.redaction.catalogue.clouds import CLOUDS
from cassette_cli.redaction.catalogue.forges import FORGES
from cassette_cli.redaction.catalogue.generic import GENERIC
from cassette_cli.redaction.catalogue.payment import PAYMENT
from cassette_cli.redaction.catalogue.personal import PEOPLE
from cassette_cli.redaction.catalogue.providers import PROVIDERS
from cassette_cli.redaction.rules import Rule

RULES: list[Rule] = [*PROVIDERS, *CLOUDS, *FORGES, *PAYMENT, *CHAT, *GENERIC, *ACCOUNTS, *PEOPLE]
