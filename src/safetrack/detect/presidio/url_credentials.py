"""Who logs in with what, written in front of a URL's host."""

from __future__ import annotations

from safetrack.detect.presidio.form import Form, FormRecognizer


class UrlCredentialsRecognizer(FormRecognizer):
    """``postgres://ada:pw@db/x``: user name and password, also a password that holds an ``@`` or ``/``."""

    TRIGGER = r"://[^@\n]{0,512}@|jdbc:oracle|\s-u\s|--user\s"
    FORMS = (
        Form(
            ("://",),
            r"://(?P<value>[^\s/?#@:\"'<>]{0,128}:[^\s/?#@\"'<>]{1,512}(?:@[^\s/?#@\"'<>]{0,128})?)@(?=[\w\[.*%-])",
        ),
        Form(
            ("://",),
            r"://(?P<value>[^\s/?#@:\"'<>]{1,128}:[^\s@\"'<>]{1,256})@(?=[\w.-]+[:/])",
            score=0.6,
        ),
        Form(("://",), r"://(?P<value>[0-9a-f]{32})@", score=0.95),  # a Sentry DSN
        Form(("jdbc:oracle",), r"jdbc:oracle:\w+:(?P<value>[^\s/@]{1,128}/[^\s@]{1,256})@"),
        Form(
            (" -u ", "--user "),
            r"(?:\s-u|--user)\s+['\"]?(?P<value>[^\s:'\"]{1,128}:[^\s'\"]{1,256})",
        ),
    )
