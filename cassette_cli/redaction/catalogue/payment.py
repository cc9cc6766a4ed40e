"""Keys of services that take payments, and of shops."""

# ruff: noqa: E501  (a rule is one line)
from cassette_cli.redaction.catalogue.base import UUID, key
from cassette_cli.redaction.rules import Category, Rule
from cassette_cli.redaction.validators import random_looking

PAYMENT: list[Rule] = [
    key("stripe-secret-key", "sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_ ek_live_ ek_test_", r"[A-Za-z0-9]{16,247}", "https://docs.stripe.com/keys; kingfisher: stripe-access-token"),
    key("webhook-secret", "whsec_", r"[A-Za-z0-9+/]{24,88}={0,2}", "https://docs.stripe.com/webhooks/signature; https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md", end="(?![A-Za-z0-9+/=_-])"),
    key("square-token", "EAAA", r"[A-Za-z0-9_-]{60}", "https://developer.squareup.com/docs/build-basics/access-tokens; kingfisher: square-access-token"),
    key("square-token", "sq0atp-", r"[A-Za-z0-9_-]{22}", "kingfisher: square-access-token"),
    key("square-token", "sq0csp-", r"[A-Za-z0-9_-]{43}", "detect-secrets: SquareOAuthDetector"),
    key("square-application", "sq0idp-", r"[A-Za-z0-9_-]{22}", "https://developer.squareup.com/docs/build-basics/access-tokens", category=Category.ACCOUNT),
    key("braintree-token", "access_token$", r"(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}", "https://developer.paypal.com/braintree/docs/guides/authorization/overview; gitleaks: paypal-braintree-access-token"),
    key("paypal-token", "A21AA", r"[A-Za-z0-9_-]{60,120}", "https://developer.paypal.com/api/rest/authentication/"),
    key("adyen-api-key", "AQE", r"[A-Za-z0-9+/]{40,160}={0,2}-[A-Za-z0-9+/]{30,60}=-[!#-%(-;=?-Z^-~]{7,23}[A-Za-z0-9#-%}~=+/-]", "https://docs.adyen.com/development-resources/api-credentials/", end=""),
    key("shopify-token", "shpat_ shpca_ shppa_ shpss_", r"[0-9a-fA-F]{32}", "https://shopify.dev/changelog/length-of-the-shopify-access-token-is-increasing; kingfisher: shopify-access-token"),
    key("paddle-api-key", "pdl_live_apikey_ pdl_sdbx_apikey_", r"[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}", "https://developer.paddle.com/api-reference/about/api-keys; kingfisher: paddle-live-api-key"),
    key("plaid-token", "access-sandbox- access-development- access-production-", UUID, "https://plaid.com/docs/quickstart/glossary/; kingfisher: plaid-api-token"),
    key("mollie-api-key", "live_", r"[A-Za-z0-9]{30}", "https://docs.mollie.com/reference/authentication", valid=random_looking),
    key("gocardless-token", "live_", r"[A-Za-z0-9_-]{40}", "kingfisher: gocardless-api-token", valid=random_looking),
    key("razorpay-key-id", "rzp_live_ rzp_test_", r"[A-Za-z0-9]{14}", "kingfisher: razorpay-key-id", category=Category.ACCOUNT),
    key("flutterwave-key", "FLWSECK- FLWSECK_TEST-", r"[0-9a-zA-Z]{32}-X", "kingfisher: flutterwave-secret-key"),
    key("mercury-token", "mercury_production_", r"[a-z]{3,6}_[A-Za-z0-9]{40,50}_yrucrem", "kingfisher: mercury-production-api-token"),
    key("xendit-key", "xnd_production_ xnd_development_", r"[A-Za-z0-9]{56,72}", "kingfisher: xendit-production-api-key"),
    key("shippo-token", "shippo_live_ shippo_test_", r"[0-9a-fA-F]{40}", "kingfisher: shippo-api-token"),
    key("easypost-key", "EZAK EZTK", r"[A-Za-z0-9]{54}", "kingfisher: easypost-api-token"),
    key("duffel-token", "duffel_live_ duffel_test_", r"[A-Za-z0-9_=-]{43}", "kingfisher: duffel-api-token"),
]  # fmt: skip
