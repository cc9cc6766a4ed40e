"""All cases, by name. A module of cases has a list CASES and is named here."""

from samples.make.case import Case
from samples.make.cases import (
    anthropic,
    bedrock,
    cohere,
    dialects,
    google,
    hosts,
    ollama,
    openai_chat,
    openai_others,
    openai_responses,
    plain_http,
)

MODULES = (
    openai_chat,
    openai_responses,
    openai_others,
    anthropic,
    google,
    bedrock,
    cohere,
    ollama,
    hosts,
    dialects,
    plain_http,
)

CASES: dict[str, Case] = {case.name: case for module in MODULES for case in module.CASES}
