"""All cases, by name. To add a protocol: a module here, its list below, and its rows in table.py."""

from samples.make.case import Case
from samples.make.cases import anthropic, openai_chat, plain_http

CASES: dict[str, Case] = {
    case.name: case for module in (openai_chat, anthropic, plain_http) for case in module.CASES
}
