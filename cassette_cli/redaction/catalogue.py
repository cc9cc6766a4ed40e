"""The catalogue of secrets known by their shape: one line per rule. Order counts: the first rule that fits names it.

Facts are from the vendors' documentation of their keys; "observed" says that the vendor documents none.
"""

# ruff: noqa: E501  (a rule is one line)
from cassette_cli.redaction.rules import END, Category, Rule
from cassette_cli.redaction.validators import basic, card, client_address, iban, mail, person, phone, random_looking, varied

PERSONAL, ACCOUNT = Category.PERSONAL, Category.ACCOUNT
UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
# What a password or a user name in a URL is made of: RFC 3986, 3.2.1, and what people put there all the same.
USERINFO = r"[^\s:/?#\[\]@\"<>]"

RULES: list[Rule] = [
    # Structures that many vendors share.
    Rule("private-key", r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?P<secret>(?:[^-]|-(?!-----)){64,}?)\s*(?:\\r)?(?:\\n)?-----END", ("-----BEGIN ",), free=True, source="RFC 7468"),
    Rule("jwt", r"eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}", ("eyJ",), loose=True, source="RFC 7519"),
    Rule("url-password", rf"://{USERINFO}{{0,64}}:([^\s/@\"<>]{{3,128}})@(?=[A-Za-z0-9\[])", ("://",), valid=varied, free=True, source="RFC 3986, 3.2.1"),
    Rule("basic-credentials", r"Basic[ +](?P<secret>[A-Za-z0-9+/]{8,}={0,2})(?![A-Za-z0-9+/=])", ("Basic ",), valid=basic, source="RFC 7617"),
    Rule("bearer-token", r"[Bb]earer[ +](?P<secret>[A-Za-z0-9._~+/-]{16,}=*)", ("Bearer ", "bearer "), valid=random_looking, source="RFC 6750"),
    # Model providers.
    Rule("anthropic-api-key", r"sk-ant-[a-z]{2,8}[0-9]{2}-[A-Za-z0-9_-]{24,}", ("sk-ant-",), source="https://docs.anthropic.com/en/api/admin-api/apikeys/get-api-key"),
    Rule("openrouter-api-key", rf"sk-or-v1-[0-9a-f]{{64}}{END}", ("sk-or-v1-",), source="https://openrouter.ai/docs/api-reference/authentication"),
    Rule("langfuse-secret-key", rf"sk-lf-{UUID}{END}", ("sk-lf-",), source="https://langfuse.com/docs/api"),
    Rule("openai-api-key", r"sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,}", ("sk-proj-", "sk-svcacct-", "sk-admin-", "sk-None-"), valid=varied, source="https://platform.openai.com/docs/api-reference/authentication"),
    Rule("openai-api-key", rf"sk-[A-Za-z0-9]{{20}}T3BlbkFJ[A-Za-z0-9]{{20}}{END}", ("sk-",), source="observed"),
    Rule("sk-api-key", rf"sk-[A-Za-z0-9]{{32,64}}{END}", ("sk-",), valid=random_looking, source="DeepSeek, Moonshot, Qwen and others; observed"),
    Rule("google-api-key", rf"AIza[A-Za-z0-9_-]{{35}}{END}", ("AIza",), source="https://cloud.google.com/docs/authentication/api-keys"),
    Rule("groq-api-key", rf"gsk_[A-Za-z0-9]{{52}}{END}", ("gsk_",), source="https://console.groq.com/docs/quickstart"),
    Rule("xai-api-key", rf"xai-[A-Za-z0-9]{{80}}{END}", ("xai-",), source="https://docs.x.ai/docs/tutorial"),
    Rule("huggingface-token", rf"hf_[A-Za-z]{{34}}{END}", ("hf_",), source="https://huggingface.co/docs/hub/security-tokens"),
    Rule("replicate-token", rf"r8_[A-Za-z0-9]{{37}}{END}", ("r8_",), source="https://replicate.com/docs/topics/security/api-tokens"),
    Rule("perplexity-api-key", rf"pplx-[A-Za-z0-9]{{48}}{END}", ("pplx-",), source="https://docs.perplexity.ai/guides/getting-started"),
    # Clouds.
    Rule("aws-access-key-id", r"(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])", ("AKIA", "ASIA", "ABIA", "ACCA"), source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"),
    Rule("aws-session-token", r"(?:IQoJb3JpZ2lu|FwoGZXIvYXdz)[A-Za-z0-9+/]{80,}={0,2}", ("IQoJb3JpZ2lu", "FwoGZXIvYXdz"), source="observed"),
    Rule("google-access-token", r"ya29\.[A-Za-z0-9_-]{20,}", ("ya29.",), source="https://cloud.google.com/docs/authentication/token-types"),
    # Forges, chat, payment.
    Rule("github-token", rf"gh[pousr]_[A-Za-z0-9]{{36,251}}{END}", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), valid=varied, source="https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/"),
    Rule("github-token", rf"github_pat_[A-Za-z0-9]{{22}}_[A-Za-z0-9]{{59}}{END}", ("github_pat_",), source="https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github"),
    Rule("slack-token", r"xox[abeoprs]-[A-Za-z0-9-]{20,}", ("xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-"), source="https://docs.slack.dev/authentication/tokens"),
    Rule("slack-webhook", r"hooks\.slack\.com/(?:services|workflows|triggers)/(?P<secret>[A-Za-z0-9_/-]{20,})", ("hooks.slack.com/",), source="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks"),
    Rule("stripe-secret-key", rf"[sr]k_(?:live|test)_[A-Za-z0-9]{{16,247}}{END}", ("sk_live_", "sk_test_", "rk_live_", "rk_test_"), valid=varied, source="https://docs.stripe.com/keys"),
    # Persons.
    Rule("email", r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,18}(?![A-Za-z0-9@-])", lead_pattern=r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@", category=PERSONAL, valid=mail, source="RFC 5321, 4.1.2, as people use it"),
    Rule("phone", r"\+[1-9](?:[ .-]?[0-9]|[ .-]?\([0-9]{1,4}\)){7,14}(?![0-9A-Za-z])", lead_pattern=r"\+[1-9][0-9 .(-]", category=PERSONAL, valid=phone, source="ITU-T E.164, E.123"),
    Rule("phone", r"(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}-)[2-9][0-9]{2}-[0-9]{4}(?![0-9A-Za-z-])", lead_pattern=r"\(?[2-9][0-9]{2}(?:\) ?|-)[2-9][0-9]{2}-", category=PERSONAL, valid=phone, source="NANPA numbering plan"),
    Rule("card-number", r"[2-6][0-9]{3}([ -]?)[0-9]{4}\1[0-9]{4}\1[0-9]{1,7}(?![0-9A-Za-z.-])", lead_pattern=r"[2-6][0-9]{3}[ -]?[0-9]{4}[ -]?[0-9]{4}", category=PERSONAL, valid=card, source="ISO/IEC 7812-1"),
    Rule("iban", r"[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9])", lead_pattern=r"[A-Z]{2}[0-9]{2} ?[A-Z0-9]{4} ?[0-9]", category=PERSONAL, valid=iban, source="ISO 13616-1"),
    Rule("client-ip", r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9A-Za-z]|\.[0-9])", lead_pattern=r"[1-9][0-9]{0,2}\.[0-9]{1,3}\.[0-9]{1,3}\.", category=PERSONAL, valid=client_address, source="RFC 5735"),
    Rule("user-name", r"(?<=[\\/])(?:Users|home)[\\/]{1,2}(?P<secret>[A-Za-z0-9_.][A-Za-z0-9_. -]{0,31})(?=[\\/\"'\s:,;)\]]|\Z)", ("Users", "home"), category=PERSONAL, valid=person, loose=True, source="https://refspecs.linuxfoundation.org/FHS_3.0/fhs/ch03s08.html"),
    # Accounts.
    Rule("openai-organization", rf"(?:org|user)-[A-Za-z0-9]{{24}}{END}", ("org-", "user-"), category=ACCOUNT, valid=random_looking, source="https://platform.openai.com/docs/api-reference/authentication"),
    Rule("openai-project", rf"proj_[A-Za-z0-9]{{24}}{END}", ("proj_",), category=ACCOUNT, valid=random_looking, source="https://platform.openai.com/docs/api-reference/authentication"),
    Rule("anthropic-workspace", rf"wrkspc_[A-Za-z0-9]{{20,32}}{END}", ("wrkspc_",), category=ACCOUNT, source="https://docs.anthropic.com/en/api/admin-api/workspaces/get-workspace"),
]  # fmt: skip
