"""Names of people in paths: ``/users/jane``, ``/Users/jane/``, ``linkedin.com/in/jane``.

Only the segment that names somebody is found; the rest of the URL or path stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from presidio_analyzer import EntityRecognizer, RecognizerResult

from safetrack.detect.presidio.guard import check_time
from safetrack.detect.presidio.randomness import is_token
from safetrack.detect.presidio.result import result_of
from safetrack.detect.vocabulary import is_known
from safetrack.detect.words import split_words, word_set

SCORE: Final = 0.8

_SEGMENT: Final = r"[^/?#\s\"'<>&,;|\\(){}\[\]]{1,128}"

_OF_PEOPLE: Final = re.compile(
    r"(?i)(?P<collection>/(?:users?|u|profiles?|people|persons?|members?|accounts?|customers?|clients?|patients?"
    r"|employees?|contacts?|authors?|students?|subscribers?|usuarios?|benutzer|utilisateurs?|nutzer)/|/~)"
    rf"(?P<value>{_SEGMENT})"
)
_AT_HANDLE: Final = re.compile(r"(?<=/)@(?P<value>[A-Za-z_][\w.-]{0,60})(?!/[\w.-]+@|[\w.-]*@)")
_PACKAGES: Final = re.compile(
    r"(?:node_modules|npm|package|packages|unpkg\.com|jsdelivr\.net|esm\.sh|skypack\.dev|scope)/\Z"
)

_HOME: Final = re.compile(
    r"(?P<root>(?:(?<![\w.~%/-])|(?<=file:/)|(?<=file://)|(?<=/mnt/[a-z])|(?<=/[a-zA-Z])|(?<=[A-Za-z]:))"
    r"(?:[/\\]{1,4}(?:Users|home|Documents and Settings|export/home|Home)[/\\]{1,4}))"
    r"(?P<value>[^/\\:*?\"<>|\r\n]{1,64}(?=[/\\])|[^\s/\\:*?\"<>|;,)'\]}&#]{1,64})"
)
_NOBODY: Final = word_set("""public default shared all-users allusers guest runner runneradmin root ubuntu ec2-user ec2user
    debian centos fedora pi node app apps deploy deployer vagrant circleci travis jenkins www-data www web git
    docker nobody user users admin administrator build builder ci buildkite gitlab-runner vsts azureuser
    containeradministrator sbx_user1051 webapp django python ruby nginx postgres mysql redis linuxbrew coder
    codespace vscode gitpod jovyan airflow hadoop spark appuser nonroot expo container runtime server""")
"""Home folders that belong to no person."""

_PROFILE_HOSTS: Final[Mapping[str, str]] = {
    "linkedin.com": r"(?:in|pub|profile/view\?id=)/?",
    "github.com": "",
    "gitlab.com": "",
    "bitbucket.org": "",
    "twitter.com": "(?:intent/user\\?screen_name=|@)?",
    "x.com": "@?",
    "facebook.com": r"(?:profile\.php\?id=|people/[^/\s]{1,64}/)?",
    "fb.com": "",
    "fb.me": "",
    "m.me": "",
    "instagram.com": "(?:stories/|_u/)?",
    "threads.net": "@?",
    "threads.com": "@?",
    "t.me": "(?:s/)?",
    "telegram.me": "",
    "tiktok.com": "@",
    "youtube.com": "(?:@|user/|c/|channel/)",
    "reddit.com": "(?:u|user)/",
    "medium.com": "@",
    "pinterest.com": "",
    "snapchat.com": "(?:add/|@)",
    "bsky.app": "profile/",
    "twitch.tv": "",
    "discord.com": "users/",
    "wa.me": r"\+?",
    "keybase.io": "",
    "about.me": "",
    "linktr.ee": "",
    "gravatar.com": "(?:avatar/)?",
    "stackoverflow.com": r"users/\d+/",
    "quora.com": "profile/",
    "vk.com": "",
    "ok.ru": "(?:profile/)?",
    "venmo.com": "(?:u/)?",
    "paypal.me": "",
    "paypal.com": "paypalme/",
    "cash.app": r"\$",
    "calendly.com": "",
    "behance.net": "",
    "dribbble.com": "",
    "soundcloud.com": "",
    "spotify.com": "user/",
    "steamcommunity.com": "(?:id|profiles)/",
    "flickr.com": "(?:people|photos)/",
    "patreon.com": "",
    "buymeacoffee.com": "",
    "ko-fi.com": "",
    "kaggle.com": "",
    "huggingface.co": "",
    "dev.to": "",
    "producthunt.com": "@",
    "xing.com": "profile/",
    "strava.com": "athletes/",
    "goodreads.com": r"user/show/",
    "orcid.org": "",
    "codepen.io": "",
    "replit.com": "@",
    "mastodon.social": "@",
    "last.fm": "user/",
    "letterboxd.com": "",
    "onlyfans.com": "",
    "tumblr.com": "(?:blog/)?",
    "weibo.com": "(?:u/)?",
    "line.me": r"ti/p/(?:~|%40|@)?",
}
"""Host → what stands in a path of it between the host and somebody's name, a regular expression."""

_PROFILE: Final = re.compile(
    r"(?i)(?<![\w@-])(?:[a-z0-9-]{1,20}\.){0,2}(?:"
    + "|".join(
        f"{re.escape(host)}/{before}"
        for host, before in sorted(_PROFILE_HOSTS.items(), reverse=True)
    )
    + r")(?P<value>[\w.%+~-]{1,100})(?P<rest>/[^\s?#\"'<>]{0,200})?"
)
_PAGES: Final = word_set("""about ads api app apps blog business careers collections company contact copyright create dashboard
    developers directory discover dialog docs download events explore features feed following followers
    groups hashtag help home i intent jobs join l legal login logout marketplace messages notifications
    oauth orgs p page pages plugins policies popular posts premium press pricing privacy pulls issues
    reel reels r settings share sharer sharer.php sponsors shorts signup signin stories search status
    support terms topics topic trending tv user users video videos watch wall we widgets enterprise team
    models datasets spaces playlist gaming games pulse learning school posts.php photo photo.php story.php
    permalink.php tr tr.php v2 v3 embed integrations security customer-stories readme new organizations
    codespaces gist raw joinchat addstickers newsletter tags t site sites dir opensource""")
"""First segments of paths of these hosts that are nobody's name."""

_REPOSITORIES: Final = re.compile(
    r"(?i)(?:github\.com|gitlab\.com|bitbucket\.org|huggingface\.co|kaggle\.com)/"
)


class UrlPathRecognizer(EntityRecognizer):
    """Finds the segments of URLs and file paths that name somebody."""

    TRIGGER: Final = r"[/\\][\w~@$(.%]"

    def __init__(self, supported_language: str = "en") -> None:
        super().__init__(
            supported_entities=["SECRET", "USERNAME", "USER_ID"],
            supported_language=supported_language,
        )

    def load(self) -> None:
        """Nothing to load."""

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002
        nlp_artifacts: Any = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """All such segments in `text`."""
        if "/" not in text and "\\" not in text:
            return []
        check_time()
        return [
            result_of(self, entity, start, end, SCORE)
            for find in (_in_collections, _in_handles, _in_homes, _in_profiles, _in_links)
            for entity, start, end in find(text)
        ]


def _in_collections(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _OF_PEOPLE.finditer(text):
        value = match["value"]
        if _names_somebody(value) and not _is_file(value):
            entity = "USER_ID" if any(c.isdigit() for c in value) else "USERNAME"
            yield entity, *match.span("value")


_SHORTEST_ID: Final = 2


def _names_somebody(segment: str) -> bool:
    """Whether a segment is an id or a name, not a page: ``settings``, ``new``, ``{id}``, ``index.html``."""
    if segment[0] in ":$*." or len(segment) < _SHORTEST_ID:
        return False
    words = [word for word in split_words(segment) if len(word) > 1 and not word.isdigit()]
    if segment.isdigit() or not words:
        return any(c.isdigit() for c in segment)
    return not all(is_known(word) or word in _PAGES for word in words)


def _in_handles(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _AT_HANDLE.finditer(text):
        if not _PACKAGES.search(text, max(match.start() - 24, 0), match.start()):
            yield "USERNAME", *match.span("value")


def _in_homes(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _HOME.finditer(text):
        value = match["value"].strip()
        if value.lower() in _NOBODY or value[0] in "<$%{.~" or not _names_somebody(value):
            continue
        yield "USERNAME", match.start("value"), match.start("value") + len(match["value"].rstrip())


def _in_profiles(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _PROFILE.finditer(text):
        value = match["value"].rstrip(".")
        if value.lower() in _PAGES or _is_file(value):
            continue
        rest = (match["rest"] or "").strip("/")
        if rest and _REPOSITORIES.search(match.group()):
            continue  # somebody's code, which is mostly a company's
        start = match.start("value")
        yield "USERNAME", start, start + len(value)


_FILE: Final = re.compile(
    r"(?i).*\.(?:php|html?|js|css|png|jpe?g|gif|svg|ico|xml|json|txt|pdf|aspx?)"
)


def _is_file(segment: str) -> bool:
    return bool(_FILE.fullmatch(segment))


_LINK: Final = re.compile(
    r"(?i)/(?P<page>[\w-]{0,30}(?:invit|reset|verif|confirm|magic|activat|unsubscrib|recover|token|one-?time|password"
    r"|auth|login|log-in|signin|sign-in|accept|join|shared?|private|secret|approve|opt-?in|callback|unlock|claim"
    r"|access|hooks?)[\w-]{0,30})/(?:[a-z]{2,12}/)?(?P<value>[\w.~%=+-]{8,512})"
)
"""A page that a token opens, and the segment behind it."""
_STRONG: Final = re.compile(r"(?i)invit|reset|verif|confirm|magic|activat|unsubscrib|recover|token")
_UUID: Final = re.compile(r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _in_links(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _LINK.finditer(text):
        value = match["value"]
        is_uuid = _UUID.fullmatch(value) is not None
        if (is_uuid and _STRONG.search(match["page"])) or (not is_uuid and is_token(value)):
            yield "SECRET", *match.span("value")
