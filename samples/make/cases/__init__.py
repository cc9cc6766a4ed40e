"""All cases, by name. A module of cases has a list CASES and is named here."""

from samples.make.case import Case
from samples.make.cases import anthropic, bedrock, google, openai_chat, openai_responses, plain_http

MODULES = (openai_chat, openai_responses, anthropic, google, bedrock, plain_http)

CASES: dict[str, Case] = {case.name: case for module in MODULES for case in module.CASES}
