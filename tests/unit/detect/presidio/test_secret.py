"""Keys and tokens in the real formats of their providers, put together here so that none is a key."""

from __future__ import annotations

import base64
import json

import pytest

from safetrack.detect.presidio.secret import SecretRecognizer

SECRETS = SecretRecognizer()

B62 = "4eC39HqLyjWDarjtT1zdp7dcR8xKw2VbNq5Ls0Tf9Gm3Yh6Uj1"
HEX = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
UUID = "3f2b8c1e-9d4a-4e7b-8a1c-5d6e7f809123"


def _b64url(data: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


JWT = ".".join((_b64url({"alg": "HS256"}), _b64url({"sub": "42"}), B62[:43]))

REAL = {
    "AWS access key": ("AK", "IA", "IOSFODNN7EXAMPLE"),
    "AWS temporary key": ("AS", "IA", "Y34FZKBOKMUTVV7A"),
    "AWS session token": ("IQoJb3JpZ2lu", "X2VjE", B62, "//////////wEaCXVzLWVhc3QtMSJ"),
    "Amazon MWS": ("amzn", ".mws.", UUID),
    "Google API": ("AI", "za", "SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"),
    "Google OAuth": ("ya", "29.", "a0AfH6SMBx-4eC39HqLyjWDarjtT1zdp7dc"),
    "Google client secret": ("GOC", "SPX-", B62[:28]),
    "Google refresh": ("1/", "/0", "gKz-", B62[:38]),
    "Firebase server": ("AAAA", "kYt3x9Q", ":APA91b", B62, B62),
    "Azure AD client": ("k7x", "8Q~", B62[:34]),
    "Alibaba": ("LT", "AI", "5tKw2VbNq5Ls0Tf9"),
    "DigitalOcean": ("dop", "_v1_", HEX),
    "Heroku": ("HR", "KU-", UUID),
    "Databricks": ("da", "pi", HEX[:32]),
    "PlanetScale": ("pscale", "_tkn_", B62[:43]),
    "Supabase": ("sbp", "_", HEX[:40]),
    "Terraform": (B62[:14], ".atlas", "v1.", B62, B62[:17]),
    "Vault": ("hv", "s.", B62[:24]),
    "Doppler": ("dp", ".pt.", B62[:43]),
    "Pulumi": ("pul", "-", HEX[:40]),
    "age": ("AGE-SECRET", "-KEY-1", "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE"),
    "1Password": ("ops", "_", _b64url({"signInAddress": "my.1password.com", "secretKey": "x"})),
    "Cloudflare origin": ("v1", ".0-", HEX[:24], "-", HEX, HEX, HEX[:18]),
    "GitHub": ("gh", "p_", B62[:36]),
    "GitHub fine-grained": ("github", "_pat_", B62[:22], "_", B62, B62[:9]),
    "GitLab": ("gl", "pat-", B62[:20]),
    "GitLab runner": ("GR", "1348941", B62[:20]),
    "Atlassian": ("ATA", "TT3", "xFfGF0", B62, B62, "=A1B2C3D4"),
    "Bitbucket": ("AT", "BB", B62[:32]),
    "npm": ("npm", "_", B62[:36]),
    "PyPI": ("pypi", "-AgEIcHlwaS5vcmcC", B62),
    "Docker": ("dckr", "_pat_", B62[:27]),
    "RubyGems": ("ruby", "gems_", HEX[:48]),
    "crates.io": ("ci", "o", B62[:32]),
    "SonarQube": ("sq", "p_", HEX[:40]),
    "Postman": ("PM", "AK-", HEX[:24], "-", HEX[:34]),
    "Figma": ("fig", "d_", B62[:40]),
    "Linear": ("lin", "_api_", B62[:40]),
    "Notion": ("sec", "ret_", B62[:43]),
    "Notion, new": ("nt", "n_", "303729", B62[:40]),
    "Slack bot": ("xo", "xb-", "2444333222111-2444333222112-", B62[:24]),
    "Slack app": ("xa", "pp-", "1-A012BCDEF-2444333222111-", HEX),
    "Discord bot": ("MTAx", "NzY0NTY0NzY1NDU2NzY1", ".GhYxQz.", B62[:38]),
    "Telegram bot": ("110201543", ":AA", "HdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"),
    "Twilio": ("S", "K", HEX[:32]),
    "SendGrid": ("S", "G.", B62[:22], ".", B62[:43]),
    "Mailgun": ("ke", "y-", HEX[:32]),
    "Mailchimp": (HEX[:32], "-us", "14"),
    "Brevo": ("xkey", "sib-", HEX, "-", B62[:16]),
    "Resend": ("r", "e_", B62[:8], "_", B62[10:34]),
    "Intercom": ("dG", "9r", "OmI1", B62, "TowOjA="),
    "Stripe": ("sk", "_live_", B62[:24]),
    "Stripe restricted": ("rk", "_test_", B62[:24]),
    "Stripe webhook": ("wh", "sec_", B62[:32]),
    "Stripe client secret": ("pi", "_3MtwBwLkdIwHu7ix28a3tqPa_sec", "ret_YrKJUKribcBjcG8HVhfZluoGH"),
    "Shopify": ("shp", "at_", HEX[:32]),
    "Square": ("sq0", "csp-", B62[:43]),
    "Square access": ("EA", "AA", B62, B62[:10]),
    "Braintree": ("access_token$", "production$", "xk9d2mq7r4n8s1tz$", HEX[:32]),
    "Plaid": ("access", "-sandbox-", UUID),
    "Razorpay": ("rzp", "_live_", B62[:14]),
    "Shippo": ("shippo", "_live_", HEX[:40]),
    "Bitcoin key": ("5", "HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"),
    "OpenAI": ("sk", "-", B62[:20], "T3BlbkFJ", B62[20:40]),
    "OpenAI project": ("sk", "-proj-", B62, "_", B62),
    "Anthropic": ("sk", "-ant-api03-", B62, "-", B62[:40], "AA"),
    "Groq": ("gs", "k_", B62),
    "Hugging Face": ("hf", "_", "sWhIDQgABAGSEOGBcAkAnCHnIeeJnoHbSb"),
    "Replicate": ("r", "8_", B62[:37]),
    "LangSmith": ("lsv2", "_pt_", HEX[:32], "_", HEX[:10]),
    "New Relic": ("NR", "AK-", "7K2M9Q4R8T1V6X3Z5B0C7D2F9G4"),
    "New Relic licence": (HEX[:36], "NR", "AL"),
    "Sentry": ("sn", "trys_", _b64url({"iat": 1700000000.5, "org": "acme"}), "_", B62[:43]),
    "Grafana": ("gl", "sa_", B62[:32], "_", HEX[:8]),
    "Dynatrace": ("dt0", "c01.", "ABCDEFGHIJKLMNOPQRSTUVWX", ".", "ABCDEFGH12345678" * 4),
    "PostHog": ("ph", "x_", B62[:43]),
    "LaunchDarkly": ("sd", "k-", UUID),
    "Mapbox": ("p", "k.", _b64url({"u": "acme", "a": "ck9x1"}), ".", B62[:22]),
    "Airtable": ("pa", "t", B62[:14], ".", HEX),
    "HubSpot": ("pa", "t-na1-", UUID),
    "Facebook": ("EA", "A", B62, B62),
    "Twitter bearer": ("A" * 21, "MLheAAAAAAA0%2BuSeid%2BULvsea4JtiGRiSDSJSI%3DEUifiRBkKG5E2XzMDjRfl"),
    "Dropbox": ("s", "l.", B62, B62),
    "Asana": ("1/", "1200123456789012", ":", HEX[:32]),
    "JWT": (JWT,),
    "Laravel cookie": ("eyJpdiI6", B62, B62, "In0%3D"),
    "PASETO": ("v4", ".local.", B62, B62),
    "Fernet": ("gAAA", "AABk", B62, B62, "=="),
    "Django session": (".eJ", "xVjDsOwiAQ", B62, ":1qK2xY:", B62[:43]),
    "Express session": ("s%3A", B62[:32], ".", B62[:43]),
    "Rails session": (B62, B62, "--", HEX[:40]),
    "unknown provider": ("acme", "_live_", B62[:32]),
}  # fmt: skip


def _found(text: str) -> list[str]:
    return [text[r.start : r.end] for r in SECRETS.analyze(text, [])]


@pytest.mark.parametrize("name", REAL)
def test_a_key_in_its_providers_format_is_found_whole(name: str) -> None:
    key = "".join(REAL[name])
    for text in (key, f"it says {key} here", f'{{"k": "{key}"}}', f"({key})."):
        covered = {
            position for one in SECRETS.analyze(text, []) for position in range(one.start, one.end)
        }
        start = text.index(key)
        assert covered >= set(range(start, start + len(key))), text


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("https://hooks.slack.com/services/T0123/B0456/" + B62[:24], "T0123/B0456/" + B62[:24]),
        ("https://discord.com/api/webhooks/123456789012345678/" + B62, "123456789012345678/" + B62),
        ("https://acme.webhook.office.com/webhookb2/" + UUID + "@x/1", UUID + "@x/1"),
        ("https://hooks.zapier.com/hooks/catch/123456/" + B62[:7], "123456/" + B62[:7]),
        ("https://maker.ifttt.com/trigger/x/with/key/" + B62[:22], B62[:22]),
        ("DefaultEndpointsProtocol=https;AccountKey=" + B62 + "==;x=1", B62 + "=="),
        ("//registry.npmjs.org/:_authToken=" + UUID, UUID),
        ("curl -H 'Authorization: Bearer " + B62[:12] + "'", B62[:12]),
        ("Basic " + base64.b64encode(b"ada:opensesame1").decode(), "YWRhOm9wZW5zZXNhbWUx"),
        ("authorization: SSWS " + B62[:42], B62[:42]),
    ],
)
def test_of_a_webhook_header_or_setting_the_secret_part_is_found(text: str, secret: str) -> None:
    assert secret in _found(text)


_BODY = "\n".join((B62 * 2)[:64] for _ in range(12))
PEM = "-----BEGIN " + "RSA PRIVATE KEY-----\n" + _BODY + "\n-----END " + "RSA PRIVATE KEY-----"


@pytest.mark.parametrize(
    "pem", [PEM, PEM.replace("\n", "\\n"), PEM.replace("\n", " "), PEM.replace("RSA ", "")]
)
def test_a_private_key_is_found_from_its_first_line_to_its_last(pem: str) -> None:
    text = f"key: {pem} end"
    assert pem in _found(text)


def test_what_a_window_cuts_off_a_private_key_is_found_as_well() -> None:
    head, tail = PEM[: len(PEM) // 2], PEM[len(PEM) // 2 :]
    assert _found(f"see {head}")[0] == head
    assert tail in _found(tail)
    middle = PEM.partition("\n")[2].rpartition("\n")[0] + "\n"
    assert max(map(len, _found(middle))) > 700


@pytest.mark.parametrize(
    "text",
    [
        "Basic plan-subscription",
        "basic premium_features_available",
        "Token expired",
        "Bearer expired",
        "pk-checkout-button-primary",
        "sk_homepage_hero_banner",
        "test_button_primary_variant",
        "live_chat_support_opened",
        "secret_santa_campaign_landing",
        "asiapacificregionnorth",
        "550e8400-e29b-41d4-a716-446655440000",
        "d41d8cd98f00b204e9800998ecf8427e",
        "com.example.shop.checkout",
        "mozilla.components.concept.engine",
        "eyJhbGciOiJub25lIn0",
        "INV-2025-004417",
        "1Z999AA10123456784",
        "2025-11-25T18:26:39.123456+00:00",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)",
        "cus_NffrFeUfNV2Hib",
    ],
)
def test_what_only_resembles_a_key_is_none(text: str) -> None:
    assert _found(text) == []
