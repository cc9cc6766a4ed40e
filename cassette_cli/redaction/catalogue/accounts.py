"""What says whose account it is, and what merely numbers a request."""

# ruff: noqa: E501  (a rule is one line)
from cassette_cli.redaction.catalogue.base import UUID, key
from cassette_cli.redaction.rules import Category, Rule
from cassette_cli.redaction.validators import own_name, own_number, random_looking

ACCOUNT, NOISE = Category.ACCOUNT, Category.NOISE

ACCOUNTS: list[Rule] = [
    key("openai-organization", "org-", r"[A-Za-z0-9]{24}", "https://platform.openai.com/docs/api-reference/authentication", category=ACCOUNT, valid=random_looking),
    key("openai-project", "proj_", r"[A-Za-z0-9]{24}", "https://platform.openai.com/docs/api-reference/authentication", category=ACCOUNT, valid=random_looking),
    key("anthropic-workspace", "wrkspc_", r"[A-Za-z0-9]{20,32}", "https://docs.anthropic.com/en/api/admin-api/workspaces/get-workspace", category=ACCOUNT),
    Rule("aws-account", r"arn:aws[a-z-]{0,16}:[a-z0-9-]{1,40}:[a-z0-9-]{0,24}:(?P<secret>[0-9]{12})(?=:)", ("arn:aws",), category=ACCOUNT, valid=own_number, source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"),
    Rule("aws-account", r"(?P<secret>[0-9]{12})\.dkr\.ecr\.", lead_pattern=r"[0-9]{12}\.dkr\.", category=ACCOUNT, valid=own_number, source="https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html"),
    Rule("google-project", r"projects/(?P<secret>[a-z][a-z0-9-]{4,28}[a-z0-9]|[0-9]{8,14})/(?=locations|global|zones|regions|serviceAccounts|secrets|databases|buckets|topics|subscriptions|datasets|models|publishers)", ("projects/",), category=NOISE, valid=own_name, source="https://cloud.google.com/resource-manager/docs/creating-managing-projects"),
    Rule("google-service-account", r"[a-z0-9][a-z0-9-]{3,61}@[a-z][a-z0-9-]{4,28}[a-z0-9]\.iam\.gserviceaccount\.com", lead_pattern=r"[a-z0-9][a-z0-9-]{3,61}@", category=ACCOUNT, source="https://cloud.google.com/iam/docs/service-account-types"),
    Rule("azure-subscription", rf"subscriptions/(?P<secret>{UUID})(?=/|\Z)", ("subscriptions/",), category=ACCOUNT, valid=own_number, source="https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules"),
    Rule("cloudflare-account", r"(?:client/v4/accounts|gateway\.ai\.cloudflare\.com/v1)/(?P<secret>[0-9a-f]{32})(?=/)", ("client/v4/accounts/", "gateway.ai.cloudflare.com/v1/"), category=ACCOUNT, source="https://developers.cloudflare.com/fundamentals/account/find-account-and-zone-ids/"),
    Rule("databricks-workspace", r"(?P<secret>adb-[0-9]{12,20}\.[0-9]{1,2}|dbc-[0-9a-f]{8}-[0-9a-f]{4})(?=\.(?:cloud\.databricks\.com|azuredatabricks\.net|gcp\.databricks\.com))", ("adb-", "dbc-"), category=ACCOUNT, source="https://docs.databricks.com/workspace/workspace-details"),
    # Names of hosts that are someone's own, numbers of requests.
    Rule("azure-resource", r"(?P<secret>[a-z0-9][a-z0-9-]{1,62})(?=\.(?:openai|cognitiveservices|services\.ai|inference\.ml)\.azure\.com)", lead_pattern=r"[a-z0-9][a-z0-9-]{1,62}\.(?:openai|cognitiveservices|services\.ai|inference\.ml)\.azure", category=NOISE, valid=own_name, source="https://learn.microsoft.com/azure/ai-services/cognitive-services-custom-subdomains"),
    Rule("request-id", r"req_(?:[0-9A-Za-z]{24}|[0-9a-f]{32})(?![A-Za-z0-9_-])", ("req_",), category=NOISE, source="https://docs.anthropic.com/en/api/errors#request-id; https://platform.openai.com/docs/api-reference/debugging-requests"),
    Rule("request-id", r"[0-9a-f]{16}-[A-Z]{3}(?![A-Za-z0-9_-])", lead_pattern=r"[0-9a-f]{16}-[A-Z]{3}", category=NOISE, source="https://developers.cloudflare.com/fundamentals/reference/cloudflare-ray-id/"),
    Rule("host", r"ip-(?:[0-9]{1,3}-){3}[0-9]{1,3}\.(?:[a-z0-9-]{1,30}\.)?(?:compute\.)?internal", ("ip-",), category=NOISE, source="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html"),
]  # fmt: skip
