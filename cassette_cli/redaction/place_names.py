"""The names that secrets go by: of headers, query parameters and fields. Data; places.py looks names up.

From the vendors' documentation of their APIs, and from counting what public recordings hold.
"""

from typing import NamedTuple

from cassette_cli.header_classes import HeaderClass, names_of
from cassette_cli.redaction.rules import Category


class Place(NamedTuple):
    """What lies under a name. `sure`: whatever lies there is one; else only what looks drawn at random."""

    id: str
    category: Category
    sure: bool = True


CREDENTIALS, COOKIES, PERSONAL, ACCOUNT, NOISE = Category

AUTHORIZATION = Place("authorization", CREDENTIALS)
API_KEY = Place("api-key", CREDENTIALS)
TOKEN = Place("token", CREDENTIALS)
COOKIE = Place("cookie", COOKIES)
SESSION = Place("session-id", COOKIES)
IP = Place("ip", PERSONAL)
EMAIL = Place("email", PERSONAL)
USER = Place("user-id", PERSONAL)
ACCOUNT_ID = Place("account-id", ACCOUNT)
REQUEST_ID = Place("request-id", NOISE)
RATE_LIMIT = Place("rate-limit", NOISE)
SIGNATURE = Place("signature", CREDENTIALS)
AWS_KEY = Place("aws-access-key-id", CREDENTIALS)
AWS_SESSION = Place("aws-session-token", CREDENTIALS)
AWS_CREDENTIAL = Place("aws-credential", CREDENTIALS)

# Names of headers, in lower case.
HEADERS: list[tuple[Place, list[str]]] = [
    (
        AUTHORIZATION,
        ["authorization", "proxy-authorization", "x-authorization", "x-forwarded-authorization"],
    ),
    (
        API_KEY,
        [
            *(
                "x-api-key",
                "api-key",
                "apikey",
                "x-goog-api-key",
                "xi-api-key",
                "x-subscription-token",
                "x-rapidapi-key",
            ),
            *("ocp-apim-subscription-key", "x-functions-key", "x-portkey-api-key", "helicone-auth", "x-api-token"),
            *("dd-api-key", "dd-application-key", "x-honeycomb-team", "x-auth-key"),
        ],
    ),
    (
        TOKEN,
        [
            *(
                "private-token",
                "job-token",
                "x-auth-token",
                "x-csrf-token",
                "x-xsrf-token",
                "x-session-token",
                "x-token",
            ),
            *("x-vault-token", "x-figma-token", "x-shopify-access-token", "x-access-token", "x-refresh-token"),
            *("x-id-token", "x-goog-iam-authorization-token", "x-github-token", "x-gitlab-token"),
            *("x-aws-ec2-metadata-token", "x-ms-authorization-auxiliary"),
        ],
    ),
    (AWS_SESSION, ["x-amz-security-token"]),
    (COOKIE, ["cookie", "set-cookie", "cookie2", "set-cookie2"]),
    (
        SESSION,
        [
            # https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#session-management
            *("mcp-session-id", "x-session-id"),
        ],
    ),
    (
        IP,
        [
            *("x-forwarded-for", "cf-connecting-ip", "x-real-ip", "x-client-ip", "true-client-ip", "forwarded"),
            "x-cluster-client-ip",
        ],
    ),
    (USER, ["x-user-id", "x-wml-user-client", "openai-user-id"]),
    (EMAIL, ["from", "x-goog-authenticated-user-email", "x-user-email"]),
    (Place("openai-organization", ACCOUNT), ["openai-organization"]),
    (Place("openai-project", ACCOUNT), ["openai-project"]),
    (Place("anthropic-organization", ACCOUNT), ["anthropic-organization-id"]),
    (Place("anthropic-workspace", ACCOUNT), ["anthropic-workspace-id"]),
    (
        ACCOUNT_ID,
        [
            *("openai-account-id", "x-account-id", "x-goog-user-project", "ml-instance-id", "x-amz-account-id"),
            *("x-ms-client-principal-id", "x-organization-id", "x-project-id", "x-workspace-id", "x-tenant-id"),
            "x-goog-project-id",
        ],
    ),
    (
        REQUEST_ID,
        [
            *names_of(HeaderClass.REQUEST_ID),
            *names_of(HeaderClass.TRACING),
            *("cf-ray", "x-amz-cf-id", "x-vercel-id", "x-groq-region", "etag"),
            *("x-cache-key", "serpapi-search-id", "x-search-id"),
            # Those of Baseten are the numbers of requests, those of Azure the names of deployments, that of Google the
            # name of a service.
            *("x-baseten-session-id", "azureml-model-session", "x-goog-upload-header-x-google-session-info"),
        ],
    ),
]

# Names of query parameters, letters and digits only. Those of fields count, too.
QUERY: list[tuple[Place, list[str]]] = [
    (SIGNATURE, ["sig", "signature", "xamzsignature", "xgoogsignature", "hmac"]),
    (AWS_CREDENTIAL, ["xamzcredential", "xgoogcredential", "awsaccesskeyid", "googleaccessid"]),
    (API_KEY, ["key", "apikey", "subscriptionkey", "accesskey"]),
    (AWS_SESSION, ["xamzsecuritytoken"]),
    (TOKEN, ["token", "accesstoken", "oauthtoken"]),
    (Place("oauth-code", CREDENTIALS, sure=False), ["code", "state", "nonce", "codeverifier", "ticket"]),
    (Place("upload-id", CREDENTIALS), ["uploadid", "uploadtoken"]),
    (SESSION._replace(sure=False), ["sessionid", "sid", "session"]),
    (ACCOUNT_ID, ["projectid", "project", "userproject"]),
]

KEYS = "api|access|secret|account|subscription|encryption|signing|master|shared|deploy|service|ssh"
TOKENS = (
    "access|refresh|id|auth|api|bearer|session|security|private|bot|user|csrf|xsrf|authorization|device"
    "|discord|slack|github|gitlab|hf|npm|pypi|vercel|grafana|jira|linear|notion"
)

# How names of fields end, letters and digits only; the first that fits counts.
FIELDS: list[tuple[Place, str]] = [
    # http://www.softwareishard.com/blog/har-12-spec/#entries; https://curl.se/libcurl/c/CURLINFO_PRIMARY_IP.html
    (Place("host", NOISE), r"serveripaddress|primaryip"),
    (AWS_KEY, r"accesskeyid"),
    (Place("password", CREDENTIALS), r"password|passwd|passphrase|pwd"),
    (API_KEY, rf"(?:{KEYS})keys?"),
    (Place("secret-key", CREDENTIALS), r"secretaccesskey|privatekey"),
    (Place("client-secret", CREDENTIALS), r"(?:client|app|api|webhook|signing|consumer|shared|oauth)secret"),
    (AUTHORIZATION, r"(?:proxy)?authorization"),
    (TOKEN, rf"(?:{TOKENS})token"),
    (SIGNATURE, r"(?:xamz|xgoog)signature"),
    (AWS_CREDENTIAL, r"(?:xamz|xgoog)credential"),
    (COOKIE, r"(?:set)?cookies?"),
    (SESSION._replace(sure=False), r"session(?:id|key)"),
    (TOKEN._replace(sure=False), r"token|secret|key|credentials?|jwt|sig|auth"),
    (EMAIL, r"e?mail(?:address)?"),
    (Place("phone", PERSONAL), r"(?:phone|mobile|telephone)(?:number)?"),
    (Place("card-number", PERSONAL), r"cardnumber|^pan"),
    (Place("iban", PERSONAL), r"iban"),
    (IP, r"^ip|clientip|remoteaddr|ipaddress|ipaddr"),
    (USER._replace(sure=False), r"(?:^|end|account|external)(?:userid|user)|safetyidentifier"),
    (
        ACCOUNT_ID._replace(sure=False),
        r"(?:organi[sz]ation|workspace|tenant|subscription|account)id|resourcekeycrn",
    ),
]

# Never by their name alone, whatever lies there: numbers, cursors, keys that are names, signatures of models.
NEVER = [
    r"tokens\Z",
    r"tokens?(?:count|type|usage|limit|budget|id|ids|ize|izer|details)",
    r"(?:page|next|continuation|sync|cursor|stop|bos|eos|pad|mask|start|end|special|delta|resume|pagination|skip)token\Z",
    r"(?:cache|idempotency|public|primary|foreign|sort|partition|group|order|routing|data|object|map|dict|hot)key\Z",
    r"(?:json|s3|lookup|dedup\w*|localstorage|sessionstorage|registry|issue|i18n|translation)key\Z",
    r"^data(?:store|promo|analytics|sort|filter|product|item|route|menu|nav|tab)key\Z",
    r"(?<!access)keyid\Z",
    r"^(?:keys?|k|signature)\Z|keyword|fingerprint|encrypted|thought|thinking|^usage",
]

# What these hold is opaque, and harmed by any change: it is not even searched for shapes.
OPAQUE = frozenset(
    {
        *("encrypted_content", "encryptedContent", "redacted_content", "encrypted_index"),
        *("signature", "thoughtSignature", "thought_signature", "thinking_signature"),
        *("embedding", "b64_json", "audio", "image", "system_fingerprint", "obfuscation"),
    }
)
