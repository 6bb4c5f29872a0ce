"""Paths of URLs as templates: ``/users/4711/orders`` to ``/users/:id/orders``."""

from __future__ import annotations

import re
from typing import Final

from safetrack.transform.generalize.url_text import decoded

ID: Final = ":id"
"""Stands where an identifier was."""

_KNOWN: Final = frozenset({ID, "2fa", "b2b", "b2c", "i18n", "k8s", "l10n", "oauth2", "s3", "web3"})
"""Segments that stay although they have digits or signs."""
_API_VERSION: Final = re.compile(r"v[0-9]{1,3}")
_EXTENSION: Final = re.compile(
    r"\.(html?|php|aspx?|jsp|js|css|json|xml|pdf|png|jpe?g|svg|txt|csv)\Z"
)
_WORDS: Final = re.compile(r"[^\W\d_]+([-_][^\W\d_]+)*")
"""Letters of any script, joined by single hyphens or underscores."""
_HEX: Final = re.compile(r"[a-f]{8,}|[A-F]{8,}")
_LONGEST_WORD: Final = 24
_SHORTEST_RANDOM: Final = 16
_PEOPLE: Final = frozenset(
    {
        "account", "accounts", "author", "authors", "by", "companies", "company", "confirm",
        "contact", "contacts", "customer", "customers", "employee", "employees", "invitation",
        "invitations", "invite", "invites", "member", "members", "org", "organisation",
        "organisations", "organization", "organizations", "orgs", "patient", "patients", "people",
        "person", "profile", "profiles", "reset", "share", "t", "team", "teams", "tenant",
        "tenants", "token", "tokens", "u", "unsubscribe", "user", "users", "verify", "workspace",
        "workspaces",
    }
)  # fmt: skip
"""Segments after which a name of a person, an organisation or a secret stands."""
_PAGES: Final = frozenset(
    {
        "about", "admin", "all", "api", "api-keys", "billing", "blog", "careers", "confirm",
        "create", "dashboard", "delete", "docs", "edit", "export", "faq", "help", "home", "import",
        "index", "invite", "invites", "invoices", "jobs", "keys", "legal", "limits", "list",
        "login", "logout", "me", "members", "new", "news", "notifications", "overview", "password",
        "plans", "preferences", "press", "pricing", "privacy", "profile", "projects", "register",
        "reset", "roles", "sales", "search", "security", "self", "settings", "signin", "signup",
        "success", "support", "team", "teams", "terms", "usage", "users", "verify",
    }
)  # fmt: skip
"""Segments that are pages even there."""


def template(path: str) -> str:
    """`path` with ``:id`` for each segment that can identify, and without path parameters.

    A segment stays only if it is made of words: letters, hyphens, underscores, a well-known
    extension or API version. Digits, e-mail addresses, encoded signs, random-looking or overlong
    words, and whatever follows a word like ``users`` make it ``:id``.
    """
    segments: list[str] = []
    for raw in path.split("/"):
        segment = raw.partition(";")[0]
        if segment:
            segments.append(_segment(segment, segments[-1] if segments else ""))
    start = "/" if path.startswith("/") else ""
    end = "/" if path.endswith("/") and segments else ""
    return start + "/".join(segments) + end


def _segment(raw: str, parent: str) -> str:
    text = decoded(raw)
    if text is None or not _is_words(text):
        return ID
    if parent.lower() in _PEOPLE and text.lower() not in _PAGES:
        return ID
    return text


def _is_words(text: str) -> bool:
    if text in _KNOWN or _API_VERSION.fullmatch(text):
        return True
    stem = _EXTENSION.sub("", text)
    if not _WORDS.fullmatch(stem) or _HEX.fullmatch(stem):
        return False
    return not any(_is_random(word) for word in re.split(r"[-_]", stem))


def _is_random(word: str) -> bool:
    """Longer than words are, or changing case as often as random letters do."""
    changes = len(re.findall(r"[a-z](?=[A-Z])|[A-Z](?=[a-z])", word))
    return len(word) > _LONGEST_WORD or (len(word) >= _SHORTEST_RANDOM and changes * 3 > len(word))
