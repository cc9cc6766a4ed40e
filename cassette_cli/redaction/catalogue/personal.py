"""What says who a person is, or where."""

# ruff: noqa: E501  (a rule is one line)
from cassette_cli.redaction.catalogue.base import key
from cassette_cli.redaction.rules import Category, Rule
from cassette_cli.redaction.validators import (
    card,
    client_address,
    client_address_v6,
    iban,
    mail,
    person,
    phone,
    random_looking,
)

PERSONAL = Category.PERSONAL

PEOPLE: list[Rule] = [
    Rule("email", r"[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,18}(?![A-Za-z0-9@-])", lead_pattern=r"[A-Za-z0-9][A-Za-z0-9._%+'-]{0,63}@", category=PERSONAL, valid=mail, source="RFC 5321, 4.1.2, as people use it"),
    Rule("phone", r"\+[1-9](?:[ .-]?[0-9]|[ .-]?\([0-9]{1,4}\)){7,14}(?![0-9A-Za-z])", lead_pattern=r"\+[1-9][0-9 .(-]", category=PERSONAL, valid=phone, source="ITU-T E.164, E.123"),
    Rule("phone", r"(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}-)[2-9][0-9]{2}-[0-9]{4}(?![0-9A-Za-z-])", lead_pattern=r"\(?[2-9][0-9]{2}(?:\) ?|-)[2-9][0-9]{2}-", category=PERSONAL, valid=phone, source="https://www.nanpa.com/numbering/nanp-overview"),
    Rule("card-number", r"(?<![.])[2-6][0-9]{3}([ -]?)[0-9]{4}\1[0-9]{4}\1[0-9]{1,7}(?![0-9A-Za-z.-])", lead_pattern=r"[2-6][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}", category=PERSONAL, valid=card, source="ISO/IEC 7812-1"),
    Rule("card-number", r"(?<![.])3[47][0-9]{2}([ -]?)[0-9]{6}\1[0-9]{5}(?![0-9A-Za-z.-])", lead_pattern=r"3[47][0-9]{2}[ -]?[0-9]{6}", category=PERSONAL, valid=card, source="ISO/IEC 7812-1"),
    Rule("iban", r"[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9])", lead_pattern=r"[A-Z]{2}[0-9]{2} ?[A-Z0-9]{4} ?[0-9]", category=PERSONAL, valid=iban, source="ISO 13616-1"),
    Rule("ip", r"(?<![.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9A-Za-z-]|\.[0-9])", lead_pattern=r"[1-9][0-9]{0,2}\.[0-9]{1,3}\.[0-9]{1,3}\.", category=PERSONAL, valid=client_address, source="RFC 791; RFC 6890"),
    Rule("ip", r"(?<![:.])[23][0-9a-fA-F]{3}(?::[0-9a-fA-F]{0,4}){2,7}(?![0-9A-Za-z:.])", lead_pattern=r"[23][0-9a-fA-F]{3}:[0-9a-fA-F]{0,4}:", category=PERSONAL, valid=client_address_v6, source="RFC 4291, 2.2 and 2.5.4"),
    Rule("user", r"(?:(?<=[\\/])Users|(?<![A-Za-z0-9._-][\\/])(?<=[\\/])home)[\\/]{1,2}(?P<secret>[A-Za-z0-9_.][A-Za-z0-9_. -]{0,31})(?=[\\/\"'\s:,;)\]]|\Z)", ("Users", "home"), category=PERSONAL, valid=person, loose=True, source="https://refspecs.linuxfoundation.org/FHS_3.0/fhs/ch03s08.html"),
    key("openai-user", "user-", r"[A-Za-z0-9]{24}", "https://platform.openai.com/docs/api-reference/users", category=PERSONAL, valid=random_looking),
]  # fmt: skip
