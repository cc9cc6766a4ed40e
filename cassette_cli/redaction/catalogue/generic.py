"""What many vendors share: private keys, JSON web tokens, passwords in URLs, schemes of HTTP authentication, signed URLs,
hashes of passwords, and keys of which only the first letters are known."""

# ruff: noqa: E501  (a rule is one line)
from cassette_cli.redaction.catalogue.base import B64, IN_URL, PADDING, key
from cassette_cli.redaction.rules import END, Category, Rule
from cassette_cli.redaction.validators import basic, drawn, jose, password, pem, random_looking

# A line end in a PEM file, which texts hold as such, as an escape, or as an escape of an escape.
LINE_END = r"(?:\s|\\{1,8}[nrt])"
# Lines of base64, to the last that is nothing else.
LINES = rf"[A-Za-z0-9+/=]{{16,}}+(?:{LINE_END}++[A-Za-z0-9+/=]{{4,}}+(?=[\s\\\"'<]|-----|\Z))*+"
# What stands in a URL between a name and a value.
IS = r"(?:=|%3[Dd])"
# RFC 3986, 3.2.1, and what people leave unescaped all the same.
USER = r"[^\s:/?#\[\]@\"'<>]"
WORD = r"[^\s/@\"<>`]"

GENERIC: list[Rule] = [
    Rule("private-key", rf"-----BEGIN (?:[A-Z0-9]{{1,16}} ){{0,3}}PRIVATE KEY(?: BLOCK)?-----(?:{LINE_END}++[A-Za-z-]{{4,20}}: [^\\\n]{{1,120}}){{0,4}}{LINE_END}*+(?P<secret>{LINES})", ("-----BEGIN ",), free=True, valid=pem, source="RFC 7468; RFC 1421; RFC 9580, 6.2"),
    Rule("putty-private-key", rf"Private-Lines: [0-9]{{1,3}}{LINE_END}++(?P<secret>{LINES})", ("Private-Lines: ",), valid=drawn, source="https://the.earth.li/~sgtatham/putty/latest/htmldoc/AppendixC.html"),
    Rule("jwt", r"eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,8000}\.[A-Za-z0-9_-]{10,8000}(?:\.[A-Za-z0-9_-]{1,8000}\.[A-Za-z0-9_-]{8,200})?", ("eyJ",), valid=jose, source="RFC 7519; RFC 7515, 3.1; RFC 7516, 3.1"),
    Rule("url-password", rf"://{USER}{{0,64}}:(?P<secret>{WORD}{{3,128}}(?:@{WORD}{{1,64}})?)@(?=[A-Za-z0-9\[])", lead_pattern=IN_URL, free=True, valid=password, source="RFC 3986, 3.2.1"),
    Rule("basic-credentials", r"Basic(?: |\+|%20){1,3}(?P<secret>[A-Za-z0-9+/]{8,512}={0,2})(?![A-Za-z0-9+/=])", ("Basic ", "Basic+", "Basic%20"), valid=basic, source="RFC 7617"),
    Rule("bearer-token", r"[Bb]earer(?: |\+|%20){1,3}(?P<secret>[A-Za-z0-9._~+/-]{16,4096}=*)", ("Bearer ", "bearer ", "Bearer+", "Bearer%20"), valid=random_looking, source="RFC 6750"),
    # Signed URLs.
    Rule("aws-signature", rf"X-Amz-Signature{IS}(?P<secret>[0-9a-f]{{64}}){END}", ("X-Amz-Signature",), loose=True, valid=drawn, source="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html"),
    Rule("aws-signature", r"AWS4-HMAC-SHA256 Credential=[^\n]{20,400}?Signature=(?P<secret>[0-9a-f]{64})(?![0-9A-Za-z])", ("AWS4-HMAC-SHA256 ",), valid=drawn, source="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html"),
    Rule("google-signature", rf"X-Goog-Signature{IS}(?P<secret>[0-9a-f]{{64,1024}}){END}", ("X-Goog-Signature",), loose=True, valid=drawn, source="https://cloud.google.com/storage/docs/authentication/signatures"),
    Rule("cloudfront-signature", rf"(?<=[?&;])Signature{IS}(?P<secret>[A-Za-z0-9~_+/%-]{{28,600}})(?=[&\s\"'<>)\\]|\Z)", ("Signature=", "Signature%3D"), loose=True, valid=random_looking, source="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html"),
    Rule("azure-signature", rf"sig{IS}(?P<secret>{B64}{{40,90}}{PADDING})(?![A-Za-z0-9+/=%])", ("sig=", "sig%3D", "sig%3d"), valid=random_looking, source="https://learn.microsoft.com/rest/api/storageservices/create-service-sas"),
    Rule("google-upload-id", rf"upload_id=(?P<secret>[A-Za-z0-9_-]{{40,400}}){END}", ("upload_id=",), valid=random_looking, source="https://cloud.google.com/storage/docs/resumable-uploads#session-uris"),
    # Cookies, in texts that quote them.
    key("cookie", "__cf_bm= _cfuvid= cf_clearance= __cfruid=", r"(?P<secret>[A-Za-z0-9_.-]{30,600})", "https://developers.cloudflare.com/fundamentals/reference/policies-compliances/cloudflare-cookies/", category=Category.COOKIES, end=""),
    key("cookie", "_gitlab_session= connect.sid= PHPSESSID= JSESSIONID= ASP.NET_SessionId= laravel_session= sessionid= session= _session_id= __Secure-next-auth.session-token= next-auth.session-token= __Secure-1PSID= __Secure-3PSID= sessionKey=", r"(?P<secret>[A-Za-z0-9_.%+/-]{20,1000}=*)", "the session cookies of common frameworks, by their documentation", category=Category.COOKIES, valid=random_looking, end=""),
    # Hashes of passwords.
    Rule("password-hash", r"\$2[abxy]\$[0-9]{2}\$[./A-Za-z0-9]{53}(?![./A-Za-z0-9])", ("$2a$", "$2b$", "$2x$", "$2y$"), valid=drawn, source="crypt(5)"),
    Rule("password-hash", r"\$argon2(?:id|i|d)\$v=[0-9]{1,2}\$[a-z0-9=,]{8,40}\$[A-Za-z0-9+/]{11,64}\$[A-Za-z0-9+/]{16,128}", ("$argon2",), valid=drawn, source="https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md"),
    Rule("password-hash", r"\$[56]\$(?:rounds=[0-9]{1,9}\$)?[./A-Za-z0-9]{1,16}\$(?:[./A-Za-z0-9]{43}|[./A-Za-z0-9]{86})(?![./A-Za-z0-9])", ("$5$", "$6$"), valid=drawn, source="crypt(5)"),
    # Of these the first letters say too little about the vendor.
    key("sk-api-key", "sk-", r"[A-Za-z0-9_-]{22,160}", "kingfisher: deepseek-api-key, kimi-api-key, stability-ai-api-key; https://docs.litellm.ai/docs/proxy/virtual_keys", valid=random_looking),
    key("sk-api-key", "sk_", r"(?:[A-Za-z0-9_-]{40,160}|[A-Za-z0-9]{22,39})", "https://novita.ai/docs/guides/quickstart; kingfisher: freemius-secret-key", valid=random_looking),
]  # fmt: skip
