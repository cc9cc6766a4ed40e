"""Secrets known by their place: the names of headers, query parameters, cookies and fields that hold them.

Names come from the vendors' documentation of their APIs and from counting what public recordings hold. As important
as the names that count are those that do not: `token` is a piece of text to a model, `max_tokens` a number.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from cassette_cli.redaction.rules import Category

CREDENTIALS, COOKIES, PERSONAL, ACCOUNT, NOISE = Category


class Place(NamedTuple):
    """What lies under a name. `sure`: whatever lies there is one; else only what looks drawn at random."""

    id: str
    category: Category
    sure: bool = True


def _under(place: Place, names: str) -> dict[str, Place]:
    return dict.fromkeys(names.split(), place)


HEADERS: dict[str, Place] = {
    **_under(Place("authorization", CREDENTIALS), "authorization proxy-authorization x-authorization x-forwarded-authorization"),
    **_under(
        Place("api-key", CREDENTIALS),
        "x-api-key api-key apikey x-goog-api-key xi-api-key x-subscription-token ocp-apim-subscription-key x-rapidapi-key "
        "x-functions-key x-portkey-api-key helicone-auth x-api-token dd-api-key dd-application-key x-honeycomb-team "
        "x-amz-security-token x-auth-key",
    ),
    **_under(
        Place("token", CREDENTIALS),
        "private-token job-token x-auth-token x-csrf-token x-xsrf-token x-session-token x-vault-token x-figma-token "
        "x-shopify-access-token x-access-token x-refresh-token x-id-token x-goog-iam-authorization-token x-github-token "
        "x-gitlab-token x-aws-ec2-metadata-token x-ms-authorization-auxiliary x-token",
    ),
    **_under(Place("cookie", COOKIES), "cookie set-cookie cookie2 set-cookie2"),
    **_under(
        Place("session-id", COOKIES),
        "x-session-id x-baseten-session-id azureml-model-session x-goog-upload-header-x-google-session-info",
    ),
    **_under(Place("ip", PERSONAL), "x-forwarded-for cf-connecting-ip x-real-ip x-client-ip true-client-ip x-cluster-client-ip forwarded"),
    **_under(Place("user-id", PERSONAL), "x-user-id x-wml-user-client openai-user-id"),
    **_under(Place("email", PERSONAL), "from x-goog-authenticated-user-email x-user-email"),
    **_under(Place("openai-organization", ACCOUNT), "openai-organization"),
    **_under(Place("openai-project", ACCOUNT), "openai-project"),
    **_under(Place("anthropic-organization", ACCOUNT), "anthropic-organization-id"),
    **_under(Place("anthropic-workspace", ACCOUNT), "anthropic-workspace-id"),
    **_under(
        Place("account-id", ACCOUNT),
        "openai-account-id x-account-id x-goog-user-project ml-instance-id x-amz-account-id x-ms-client-principal-id "
        "x-organization-id x-project-id x-workspace-id x-tenant-id x-goog-project-id",
    ),
    **_under(
        Place("request-id", NOISE),
        "x-request-id request-id cf-ray x-amzn-requestid x-amz-request-id x-amz-id-2 x-amz-cf-id x-ms-request-id apim-request-id "
        "x-ms-client-request-id x-groq-region traceparent traceresponse x-amzn-trace-id x-cloud-trace-context x-vercel-id "
        "x-correlation-id nel report-to etag x-oai-request-id x-typesense-request-id x-generation-id",
    ),
}  # fmt: skip
# Headers that no list knows, by how their names end.
HEADER_END = re.compile(r"(?:^|-)(?:api-?key|access-?key|secret|password|passwd|(?:auth|access|api|session|bearer|security)-?token)$")
RATE_LIMIT = re.compile(r"(?:^|-)ratelimit(?:-|$)")

QUERY: dict[str, Place] = {
    **_under(Place("signature", CREDENTIALS), "sig signature xamzsignature xgoogsignature ossaccesskeysignature hmac"),
    **_under(Place("aws-credential", CREDENTIALS), "xamzcredential xgoogcredential awsaccesskeyid googleaccessid"),
    **_under(Place("api-key", CREDENTIALS), "key apikey subscriptionkey accesskey"),
    **_under(Place("token", CREDENTIALS), "xamzsecuritytoken token accesstoken oauthtoken"),
    **_under(Place("oauth-code", CREDENTIALS, sure=False), "code state nonce codeverifier ticket"),
    **_under(Place("upload-id", CREDENTIALS), "uploadid uploadtoken"),
    **_under(Place("session-id", COOKIES, sure=False), "sessionid sid session"),
    **_under(Place("account-id", ACCOUNT), "projectid project userproject"),
}  # fmt: skip

PASSWORD = Place("password", CREDENTIALS)
# How names of fields end, letters and digits only; the first that fits counts.
FIELD_ENDS: list[tuple[re.Pattern[str], Place]] = [
    (re.compile(rf"(?:{ends})\d{{0,2}}\Z"), place)
    for ends, place in (
        (r"(?:password|passwd|passphrase|pwd)", PASSWORD),
        (r"(?:api|access|secret|account|subscription|encryption|signing|master|shared|deploy|service|ssh)keys?", Place("api-key", CREDENTIALS)),
        (r"(?:secretaccesskey|privatekey)", Place("secret-key", CREDENTIALS)),
        (r"accesskeyid", Place("aws-access-key-id", CREDENTIALS)),
        (r"(?:client|app|api|webhook|signing|consumer|shared|oauth)secret", Place("client-secret", CREDENTIALS)),
        (r"(?:proxy)?authorization", Place("authorization", CREDENTIALS)),
        (r"(?:access|refresh|id|auth|api|bearer|session|security|private|bot|user|csrf|xsrf|authorization|discord|slack|github|gitlab|hf|npm|pypi|device|vercel|grafana|jira|linear|notion)token", Place("token", CREDENTIALS)),
        (r"(?:xamz|xgoog)(?:signature)", Place("signature", CREDENTIALS)),
        (r"(?:xamz|xgoog)credential", Place("aws-credential", CREDENTIALS)),
        (r"(?:set)?cookies?", Place("cookie", COOKIES)),
        (r"session(?:id|key)", Place("session-id", COOKIES, sure=False)),
        (r"(?:token|secret|key|credentials?|jwt|sig|auth)", Place("token", CREDENTIALS, sure=False)),
        (r"e?mail(?:address)?", Place("email", PERSONAL)),
        (r"(?:phone|mobile|telephone)(?:number)?", Place("phone", PERSONAL)),
        (r"(?:cardnumber|pan)", Place("card-number", PERSONAL)),
        (r"iban", Place("iban", PERSONAL)),
        (r"(?:^ip|clientip|remoteaddr|ipaddress|ipaddr)", Place("ip", PERSONAL)),
        (r"(?:^|end|account|external)(?:userid|user)|safetyidentifier", Place("user-id", PERSONAL, sure=False)),
        (r"(?:organi[sz]ation|workspace|tenant|subscription|account|bssaccount)id|resourcekeycrn", Place("account-id", ACCOUNT, sure=False)),
    )
]  # fmt: skip
# Never by their name alone, whatever lies there.
NEVER = re.compile(
    r"tokens\Z|tokens?(?:count|type|usage|limit|budget|id|ids|ize|izer|details)|(?:page|next|continuation|sync|cursor|stop|bos|eos"
    r"|pad|mask|start|end|special|delta|resume|pagination|skip)token\Z|(?:cache|idempotency|public|primary|foreign|sort"
    r"|partition|group|order|routing|data|object|map|dict|hot|json|s3|lookup|dedup\w*|localstorage|sessionstorage|registry|issue|i18n|translation)key\Z|keyid\Z"
    r"|fingerprint|^key\Z|^keys\Z|^k\Z|keyword|encrypted|thought|thinking|^signature\Z|^usage|^tokens?id"
)
# What these hold is opaque, and harmed by any change: it is not even searched for shapes.
OPAQUE = frozenset(
    "encrypted_content encryptedContent signature thoughtSignature thought_signature thinking_signature "
    "redacted_content embedding b64_json audio image system_fingerprint encrypted_index obfuscation".split()
)
# Looks like the name of something, but what it names has another shape.
NOT_LETTERS = re.compile(r"[^a-z0-9]")


def header(name: str) -> Place | None:
    """What a header holds, by its name."""
    low = name.lower()
    found = HEADERS.get(low)
    if found is None and RATE_LIMIT.search(low):
        return Place("rate-limit", NOISE)
    return Place("token", CREDENTIALS) if found is None and HEADER_END.search(low) else found


@lru_cache(maxsize=4096)
def field(name: str) -> Place | None:
    """What a field of JSON, of a form or of a line of text holds, by its name."""
    low = NOT_LETTERS.sub("", name.lower())
    if low == "accesskeyid" or low.endswith("accesskeyid"):
        return Place("aws-access-key-id", CREDENTIALS)
    if NEVER.search(low):
        return None
    return next((place for ends, place in FIELD_ENDS if ends.search(low)), None)


@lru_cache(maxsize=4096)
def query(name: str) -> Place | None:
    """What a parameter of a URL holds, by its name."""
    return QUERY.get(NOT_LETTERS.sub("", name.lower())) or field(name)
