"""Addresses that the demo's browsers report: pages of the platform, and where people came from."""

from __future__ import annotations

import base64
import json
import random
from typing import Final
from urllib.parse import quote

from safetrack.cli.demo.people import Person, draw_text, draw_uuid
from safetrack.cli.demo.planted import Planted

SITE: Final = "https://platform.demo.example"
PAGES: Final = {
    "Playground": "/playground",
    "Docs": "/docs/quickstart",
    "API keys": "/settings/keys",
    "Usage": "/usage",
    "Billing": "/settings/billing",
    "Pricing": "/pricing",
    "Models": "/docs/models",
}
"""Pages people open, and their paths."""
CAMPAIGNS: Final = ("launch", "devday", "autumn", "newsletter")

_REFERRERS: Final = (
    # share, address; the gaps hold what really stands in referrers
    (30, "https://www.google.com/search?q=cheap+llm+api&ei={secret}"),
    (14, "https://github.com/{login}/agents/pull/{number}"),
    (12, "https://news.ycombinator.com/item?id={number}"),
    (9, "https://stackoverflow.com/questions/{number}/rate-limit-errors"),
    (8, "https://mail.example/u/0/inbox?user={email}&msg={secret}"),
    (6, "https://login.sso-portal.example/callback?login_hint={email}&code={secret}"),
    (6, "https://www.bing.com/search?q=gpt+api+pricing&cvid={secret}"),
    (5, "https://duckduckgo.com/?q=llm+api"),
    (5, "https://www.linkedin.com/feed/update/{number}?trk={secret}"),
    (3, "https://chat.example/client/{secret}/messages?token={secret}"),
    (2, "https://wiki.{domain}/teams/ml?editor={email}"),
)


def draw_referrer(rng: random.Random, person: Person, planted: Planted) -> str:
    """Where a person came from, with all that such an address gives away."""
    written = rng.choices([row[1] for row in _REFERRERS], [row[0] for row in _REFERRERS])[0]
    referrer = _fill(rng, written, person, planted)
    if referrer != written:
        planted.add("referrer", referrer)
    return referrer


def draw_url(rng: random.Random, page: str, person: Person, planted: Planted) -> str:
    """A page's address; about one in four carries a session, a campaign or an e-mail address."""
    path = PAGES[page]
    draw = rng.random()
    if draw < 0.10:  # noqa: PLR2004
        written = f"{path}?session={{secret}}"
    elif draw < 0.16:  # noqa: PLR2004
        written = (
            f"{path}?utm_source=email&utm_campaign={rng.choice(CAMPAIGNS)}&recipient={{email}}"
        )
    elif draw < 0.20:  # noqa: PLR2004
        written = f"{path}/org/{{organisation}}#access_token={{secret}}"
    elif draw < 0.23:  # noqa: PLR2004
        written = f"{path}?invite={{jwt}}"
    else:
        written = path
    return SITE + _fill(rng, written, person, planted)


def _fill(rng: random.Random, written: str, person: Person, planted: Planted) -> str:
    secret = draw_text(rng, 24)
    if "{secret}" in written:
        planted.add("url_secret", secret)
    jwt = _draw_jwt(rng, person)
    if "{jwt}" in written:
        planted.add("url_secret", jwt)
    return written.format(
        secret=secret,
        jwt=jwt,
        email=quote(person.email, safe=""),
        login=person.email.partition("@")[0].replace(".", "-"),
        domain=person.organisation.domain,
        organisation=person.organisation.id,
        number=rng.randrange(1_000_000, 9_999_999),
    )


def _draw_jwt(rng: random.Random, person: Person) -> str:
    """A signed token as invitations carry it: anyone can read what it says."""
    claims = {"email": person.email, "sub": person.id, "jti": draw_uuid(rng)}
    return ".".join((_segment({"alg": "HS256"}), _segment(claims), draw_text(rng, 43)))


def _segment(part: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
