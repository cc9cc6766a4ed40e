"""Tokens of services that carry messages, and of those where people work together."""

# ruff: noqa: E501  (a rule is one line)
from cassette_cli.redaction.catalogue.base import B64, PADDING, UUID, key
from cassette_cli.redaction.rules import END, Category, Rule
from cassette_cli.redaction.validators import discord, drawn, random_looking

CHAT: list[Rule] = [
    key("slack-token", "xoxb- xoxp- xoxa- xoxo- xoxr- xoxs- xoxc- xoxe- xoxe.xoxp- xoxe.xoxb-", r"[A-Za-z0-9-]{20,255}", "https://docs.slack.dev/authentication/tokens; kingfisher: slack-bot-token, slack-user-token, slack-config-access-token", valid=random_looking),
    key("slack-token", "xapp-", r"[0-9]{1,10}-[A-Z0-9]{9,14}-[0-9]{10,16}-[0-9a-f]{64}", "https://docs.slack.dev/authentication/tokens; kingfisher: slackappleveltoken"),
    key("slack-cookie", "xoxd-", rf"{B64}{{60,400}}{PADDING}", "kingfisher: slack-session-cookie", end="(?![A-Za-z0-9+/=])"),
    Rule("slack-webhook", r"hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/(?:[A-Za-z0-9]{1,80}/){0,4}(?P<secret>[A-Za-z0-9]{16,80})", ("hooks.slack.com/", "hooks.slack-gov.com/"), valid=drawn, source="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks; kingfisher: slack-webhook-url"),
    Rule("discord-bot-token", rf"[MNO][A-Za-z0-9_-]{{23,27}}\.[A-Za-z0-9_-]{{6}}\.[A-Za-z0-9_-]{{27,38}}{END}", lead_pattern=r"[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.", valid=discord, source="https://discord.com/developers/docs/reference#authentication; detect-secrets: DiscordBotTokenDetector"),
    Rule("discord-webhook", r"discord(?:app)?\.com/api/(?:v[0-9]{1,2}/)?webhooks/[0-9]{17,20}/(?P<secret>[A-Za-z0-9_-]{60,80})", ("discord.com/api/", "discordapp.com/api/"), valid=drawn, source="https://discord.com/developers/docs/resources/webhook"),
    Rule("telegram-bot-token", rf"(?:bot)?(?P<secret>[0-9]{{8,10}}:AA[A-Za-z0-9_-]{{33}}){END}", lead_pattern=r"(?:bot)?[0-9]{8,10}:AA", valid=drawn, source="https://core.telegram.org/bots/api#authorizing-your-bot; detect-secrets: TelegramBotTokenDetector"),
    Rule("teams-webhook", rf"webhook\.office\.com/webhookb2/(?P<secret>{UUID}@{UUID}/IncomingWebhook/[0-9a-zA-Z]{{32}}/[0-9a-zA-Z/-]{{36,90}})", ("webhook.office.com/",), valid=drawn, source="kingfisher: microsoft-teams-webhook"),
    Rule("zapier-webhook", r"hooks\.zapier\.com/hooks/catch/(?P<secret>[0-9]{5,10}/[a-z0-9]{5,10})", ("hooks.zapier.com/",), valid=drawn, source="https://help.zapier.com/hc/en-us/articles/8496288690317"),
    key("twilio-api-key", "SK", r"[0-9a-f]{32}", "https://www.twilio.com/docs/iam/api-keys; kingfisher: twilio-api-key"),
    key("twilio-account", "AC", r"[0-9a-f]{32}", "https://www.twilio.com/docs/iam/api/account; detect-secrets: TwilioKeyDetector", category=Category.ACCOUNT),
    key("sendgrid-api-key", "SG.", r"[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}", "https://docs.sendgrid.com/ui/account-and-settings/api-keys; detect-secrets: SendGridDetector"),
    key("mailgun-key", "key-", r"[0-9a-f]{32}", "kingfisher: mailgun-private-api-token"),
    Rule("mailgun-key", rf"[0-9a-f]{{32}}-[0-9a-f]{{8}}-[0-9a-f]{{8}}{END}", lead_pattern=r"[0-9a-f]{32}-[0-9a-f]{8}-", valid=drawn, source="kingfisher: mailgun-signing-key"),
    Rule("mailchimp-key", rf"[0-9a-f]{{32}}-us[0-9]{{1,2}}{END}", lead_pattern=r"[0-9a-f]{32}-us[0-9]", valid=drawn, source="https://mailchimp.com/developer/marketing/guides/quick-start/; detect-secrets: MailchimpDetector"),
    key("mandrill-key", "md-", r"[A-Za-z0-9_-]{22}", "https://mailchimp.com/developer/transactional/guides/quick-start/", valid=random_looking),
    key("brevo-key", "xkeysib- xsmtpsib-", r"[0-9a-f]{64}-[A-Za-z0-9]{16}", "kingfisher: sendinblue-api-token"),
    key("resend-key", "re_", r"[1-9A-HJ-NP-Za-km-z]{8}_[1-9A-HJ-NP-Za-km-z]{24}", "kingfisher: resend-api-key"),
    key("mailersend-token", "mlsn.", r"[0-9A-Za-z]{30,100}", "kingfisher: mailersend-api-token"),
    # Working together.
    key("notion-token", "ntn_", r"[0-9]{11}[A-Za-z0-9]{35}", "https://developers.notion.com/docs/authorization; kingfisher: notion-api-token"),
    key("notion-token", "secret_", r"[A-Za-z0-9]{43}", "https://developers.notion.com/docs/authorization, before 2024-09-25", valid=random_looking),
    key("linear-key", "lin_api_", r"[A-Za-z0-9]{40}", "https://linear.app/developers/graphql; kingfisher: linear-api-key"),
    key("linear-key", "lin_oauth_", r"[0-9a-f]{64}", "https://linear.app/developers/oauth-2-0-authentication"),
    key("hubspot-token", "pat-na1- pat-na2- pat-eu1- pat-ap1-", UUID, "https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview"),
    Rule("airtable-token", rf"pat[A-Za-z0-9]{{14}}\.[0-9a-f]{{64}}{END}", lead_pattern=r"pat[A-Za-z0-9]{14}\.", valid=drawn, source="https://airtable.com/developers/web/api/authentication; kingfisher: airtable-personnal-access-token"),
    Rule("asana-token", rf"[12]/[0-9]{{13,19}}(?:/[0-9]{{13,19}})?:[0-9a-f]{{32}}{END}", lead_pattern=r"[12]/[0-9]{13}", valid=drawn, source="https://developers.asana.com/docs/personal-access-token"),
    key("typeform-token", "tfp_", r"[A-Za-z0-9_.=-]{39,59}[A-Za-z0-9_=-]", "kingfisher: typeform-api-token"),
    key("dropbox-token", "sl.", r"(?:u\.)?[A-Za-z0-9_=-]{130,2000}", "https://www.dropbox.com/developers/documentation/http/documentation; kingfisher: dropbox-short-lived-api-token"),
    key("contentful-token", "CFPAT-", r"[A-Za-z0-9_-]{43}", "https://www.contentful.com/developers/docs/references/authentication/"),
    key("mapbox-token", "sk.", r"eyJ[A-Za-z0-9_-]{40,120}\.[A-Za-z0-9_-]{22}", "https://docs.mapbox.com/help/dive-deeper/access-tokens/"),
    key("facebook-token", "EAAC EAAM EAAG EAAB", r"[A-Za-z0-9]{100,400}", "kingfisher: facebook-page-access-token"),
    key("salesforce-token", "00D", r"[A-Za-z0-9]{12}![A-Za-z0-9._-]{79,259}[A-Za-z0-9_-]", "kingfisher: salesforce-access-token"),
    key("frameio-token", "fio-u-", r"[A-Za-z0-9_=-]{64}", "kingfisher: frameio-api-token"),
    key("nylas-key", "nyk_", r"[A-Za-z0-9]{67}", "kingfisher: nylas-api-key"),
]  # fmt: skip
