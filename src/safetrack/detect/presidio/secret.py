"""Keys and tokens by the forms that their providers give them."""

from __future__ import annotations

from typing import Final

from safetrack.detect.presidio.form import Form, FormRecognizer
from safetrack.detect.presidio.randomness import is_random, is_token, is_wordless

_HEX_UUID: Final = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_START: Final = r"(?<![A-Za-z0-9])"


def _is_drawn(key: str) -> bool:
    return any(c.isdigit() for c in key) or is_random(key) or is_token(key)


def _after_prefix_random(key: str) -> bool:
    """``live_button_primary`` is a name; ``live_4eC39HqLyjWDar`` is not."""
    body = key.replace("-", "_").rpartition("_")[2]
    has_digit = any(c.isdigit() for c in key)
    return is_random(body) or is_token(body) or (has_digit and is_wordless(key))


_CLOUDS: Final = (
    Form(  # AWS access key ids: docs.aws.amazon.com, "IAM identifiers"
        ("akia", "asia", "agpa", "aida", "aroa", "aipa", "anpa", "anva", "abia", "acca", "a3t"),
        r"(?<![A-Z0-9])(?:A3T[A-Z0-9]|ABIA|ACCA|AGPA|AIDA|AIPA|AKIA|ANPA|ANVA|AROA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])"
        r"|(?i)(?<![a-z0-9])(?:akia|asia)(?=[a-z]*[0-9])[a-z0-9]{16}(?![a-z0-9])",
    ),
    Form(("fwogzxivyxdz", "iqojb3jpz2lu"), r"(?:FwoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9/+%]{40,}=*"),
    Form(("absk", "amzn.mws."), rf"ABSK[A-Za-z0-9+/]{{80,}}=*|amzn\.mws\.{_HEX_UUID}"),
    Form(("aiza",), r"AIza[\w-]{30,}"),  # Google API keys
    Form(("ya29.",), r"ya29\.[\w-]{16,}"),
    Form(("gocspx-",), r"GOCSPX-[\w-]{20,}"),
    Form(("1//0",), rf"{_START}1//0[\w-]{{20,}}"),
    Form(("aaaa",), r"(?<![\w-])AAAA[\w-]{7}:[\w-]{60,}"),  # Firebase server keys
    Form(
        ("accountkey=", "sharedaccesskey="),
        r"(?i:Account|SharedAccess)[Kk]ey=(?P<value>[\w+/-]{20,}=*)",
    ),
    Form(("q~",), r"(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}"),  # Entra ID client secrets
    Form(
        ("ltai", "akid"),
        rf"{_START}(?:LTAI[A-Za-z0-9]{{12,24}}|AKID[A-Za-z0-9]{{32}})",
        is_right=_is_drawn,
    ),
    Form(("doo_v1_", "dop_v1_", "dor_v1_", "dot_v1_"), r"do[oprt]_v1_[\w-]{16,}"),
    Form(("hrku-",), r"HRKU-[\w-]{16,}"),
    Form(("dapi",), rf"{_START}dapi[0-9a-f]{{32}}(?:-\d)?"),
    Form(("pscale_",), r"pscale_(?:tkn|pw|oauth)_[\w.=-]{16,}"),
    Form(
        ("sbp_", "sb_secret_", "sb_publishable_"),
        r"sbp_[0-9a-f]{32,}|sb_(?:secret|publishable)_[\w-]{16,}",
    ),
    Form(("fo1_", "fm1", "fm2_"), rf"{_START}fo1_[\w-]{{40,}}|fm[12][ar]?_[\w+/=-]{{40,}}"),
    Form(("atlasv1.",), r"[A-Za-z0-9]{14}\.atlasv1\.[\w-]{40,}"),
    Form(("hvs.", "hvb.", "hvr."), rf"{_START}hv[sbr]\.[\w-]{{20,}}"),  # HashiCorp Vault
    Form(("dp.",), rf"{_START}dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.]{{20,}}"),  # Doppler
    Form(("pul-",), rf"{_START}pul-[0-9a-f]{{40}}"),
    Form(("age-secret-key-",), r"(?i)AGE-SECRET-KEY-1[a-z0-9]{20,}"),
    Form(("ops_eyj",), r"ops_eyJ[\w+/=-]{40,}"),  # 1Password service accounts
    Form(
        ("a3-",),
        rf"{_START}A3-[A-Z0-9]{{6}}-(?:[A-Z0-9]{{11}}|[A-Z0-9]{{6}}-[A-Z0-9]{{5}})(?:-[A-Z0-9]{{5}}){{3}}",
    ),
    Form(("v1.0-",), rf"{_START}v1\.0-[0-9a-f]{{24}}-[0-9a-f]{{100,}}"),  # Cloudflare origin CA
)

_CODE: Final = (
    Form(("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"gh[pousr]_[A-Za-z0-9_]{20,}"),
    Form(("github_pat_",), r"github_pat_\w{20,}"),
    Form(
        (
            "glpat-",
            "gldt-",
            "glrt-",
            "glft-",
            "glptt-",
            "glsoat-",
            "glcbt-",
            "glimt-",
            "glagent-",
            "gloas-",
            "glffct-",
        ),
        r"gl(?:pat|dt|rt|rtr|ft|ptt|soat|cbt|imt|agent|oas|ffct)-[\w.-]{16,}",
    ),
    Form(("gr1348941",), r"GR1348941[\w-]{20,}"),
    Form(("atatt3", "atctt3", "atbb"), rf"AT[AC]TT3[\w=-]{{30,}}|{_START}ATBB[A-Za-z0-9]{{24,}}"),
    Form(("npm_",), rf"{_START}npm_[A-Za-z0-9]{{30,}}"),
    Form(("_authtoken=",), r"_authToken=\s*(?P<value>[^\s\"']{8,})"),
    Form(("pypi-",), rf"{_START}pypi-[\w-]{{16,}}", is_right=_is_drawn),
    Form(("dckr_",), r"dckr_[po]at_[\w-]{20,}"),
    Form(("rubygems_", "clojars_"), r"rubygems_[0-9a-f]{40,}|CLOJARS_[a-z0-9]{50,}"),
    Form(
        ("cio", "oy2"),
        rf"{_START}(?:cio[A-Za-z0-9]{{32}}|oy2[a-z0-9]{{43}})(?![A-Za-z0-9])",
        is_right=_is_drawn,
    ),
    Form(("akc", "cmvmdgtu"), rf"{_START}AKC[A-Za-z0-9]{{50,}}|cmVmdGtu[A-Za-z0-9]{{40,}}"),
    Form(("squ_", "sqp_", "sqa_"), rf"{_START}sq[upa]_[0-9a-f]{{40}}"),
    Form(("pmak-",), r"PMAK-[0-9a-f]{24}-[0-9a-f]{30,}"),
    Form(("sgp_", "bkua_", "ccipat_"), rf"{_START}(?:sgp|bkua|CCIPAT)_[\w-]{{20,}}"),
    Form(("figd_", "figo_", "figu_", "figr_"), rf"{_START}fig[dour]_[\w-]{{20,}}"),
    Form(("lin_api_", "lin_oauth_"), r"lin_(?:api|oauth)_[A-Za-z0-9]{20,}"),
    Form(("secret_", "ntn_"), rf"{_START}(?:secret_[A-Za-z0-9]{{40,}}|ntn_[A-Za-z0-9]{{30,}})"),
    Form(("vcp_", "vci_", "vca_", "nfp_", "rnd_"), rf"{_START}(?:vc[pia]|nfp|rnd)_[\w-]{{20,}}"),
)

_MESSAGES: Final = (
    Form(
        ("xoxa", "xoxb", "xoxe", "xoxo", "xoxp", "xoxr", "xoxs", "xoxd", "xapp-"),
        r"xox[abeoprsd](?:\.xox[bp])?-[\w%-]{8,}|xapp-\d-[\w-]{8,}",
    ),
    Form(
        ("hooks.slack.com/",),
        r"hooks\.slack\.com/(?:services|workflows|triggers)/(?P<value>[\w/-]{8,})",
    ),
    Form(
        ("/webhooks/",),
        r"discord(?:app)?\.com/api/(?:v\d+/)?webhooks/(?P<value>\d{5,20}/[\w-]{8,})",
    ),
    Form(("webhook.office.com/",), r"webhook\.office\.com/webhookb2/(?P<value>[\w@/-]{20,})"),
    Form(
        ("hooks.zapier.com/",), r"hooks\.zapier\.com/hooks/(?:catch|standard)/(?P<value>[\w/-]{8,})"
    ),
    Form(
        (".make.com/", "ifttt.com/"),
        r"hook\.[\w.]+\.make\.com/(?P<value>\w{16,})|ifttt\.com/trigger/[\w-]+/(?:json/)?with/key/(?P<value>[\w-]{10,})",
    ),
    Form(
        (),
        r"(?<![\w.-])[MNO][A-Za-z\d_-]{23,27}\.[\w-]{6}\.[\w-]{27,40}(?![\w-])",
        is_right=_is_drawn,
    ),  # Discord bots
    Form((), r"(?<![\w])(?:bot)?\d{8,10}:[\w-]{32,38}(?![\w-])"),  # Telegram bots
    Form((), rf"{_START}(?:AC|SK)[0-9a-f]{{32}}(?![A-Za-z0-9])"),  # Twilio
    Form(("sg.",), rf"{_START}SG\.[\w-]{{16,}}(?:\.[\w-]{{16,}})?"),
    Form(("key-",), rf"{_START}key-[0-9a-f]{{32}}"),  # Mailgun
    Form(
        (), rf"{_START}[0-9a-f]{{32}}-(?:us\d{{1,2}}|[0-9a-f]{{8}}-[0-9a-f]{{8}})(?![0-9A-Za-z])"
    ),  # Mailchimp, Mailgun
    Form(("xkeysib-", "xsmtpsib-"), r"x(?:key|smtp)sib-[\w-]{30,}"),
    Form(("re_",), rf"{_START}re_[A-Za-z0-9]{{6,12}}_[A-Za-z0-9]{{16,}}"),  # Resend
    Form(("dg9r",), rf"{_START}dG9r[A-Za-z0-9+/]{{40,}}=*"),  # Intercom
)

_MONEY: Final = (
    Form(
        ("sk_", "pk_", "rk_", "ek_", "sk-", "pk-", "rk-"),
        rf"(?i){_START}[sprek]k[_-][\w-]{{16,}}",
        is_right=_after_prefix_random,
    ),
    Form(("whsec_",), r"whsec_[\w+/-]{16,}=*"),
    Form(("_secret_",), rf"{_START}(?:pi|seti|cs|src)_\w{{6,80}}_secret_[A-Za-z0-9]{{6,}}"),
    Form(
        ("shpat_", "shpca_", "shppa_", "shpss_", "shpua_"),
        r"shp(?:at|ca|pa|ss|ua)_[0-9a-fA-F]{16,}",
    ),
    Form(
        ("sq0atp-", "sq0csp-", "sq0idp-", "eaaa"),
        rf"sq0(?:atp|csp|idp)-[\w-]{{20,}}|{_START}EAAA[\w-]{{50,}}",
    ),
    Form(("access_token$",), r"access_token\$(?:production|sandbox)\$[0-9a-z]{10,}\$[0-9a-f]{20,}"),
    Form(
        ("access-sandbox-", "access-development-", "access-production-"),
        rf"access-(?:sandbox|development|production)-{_HEX_UUID}",
    ),
    Form(
        ("rzp_", "flwseck", "flwpubk"),
        r"rzp_(?:live|test)_\w{10,}|FLW(?:SEC|PUB)K(?:_TEST)?-\w{16,}",
    ),
    Form(("shippo_", "duffel_"), r"(?:shippo|duffel)_(?:live|test)_[\w=-]{16,}"),
    Form(
        (),
        rf"{_START}(?:xprv[1-9A-HJ-NP-Za-km-z]{{90,}}|[5KL][1-9A-HJ-NP-Za-km-z]{{50,51}})(?![A-Za-z0-9])",
        is_right=_is_drawn,
    ),
)

_MODELS_AND_MEASURES: Final = (
    Form(
        ("gsk_", "xai-", "pplx-", "r8_", "hf_", "pcsk_", "tvly-", "fw_"),
        rf"{_START}(?:gsk_|xai-|pplx-|r8_|hf_|pcsk_|tvly-|fw_)[A-Za-z0-9_-]{{16,}}",
        is_right=_is_drawn,
    ),
    Form(("lsv2_",), r"lsv2_(?:pt|sk)_[0-9a-f]{20,}(?:_[0-9a-f]{8,})?"),
    Form(
        ("nrak-", "nrjs-", "nrii-", "nriq-", "nral"),
        rf"NR(?:AK|JS|II|IQ)-[\w-]{{16,}}|{_START}[0-9a-f]{{36}}NRAL",
    ),
    Form(("sntrys_", "sntryu_"), r"sntry[su]_[\w+/=-]{20,}"),
    Form(
        ("glsa_", "glc_", "eyjrijoi"),
        r"glsa_[A-Za-z0-9]{20,}(?:_[0-9a-f]{8})?|glc_[\w+/=-]{20,}|eyJrIjoi[\w+/=-]{20,}",
    ),
    Form(("dt0",), rf"{_START}dt0[a-z]\d{{2}}\.[A-Z0-9]{{20,}}\.[A-Z0-9]{{40,}}"),
    Form(("phc_", "phx_", "phs_"), rf"{_START}ph[cxs]_[A-Za-z0-9]{{20,}}"),
    Form(("sdk-", "api-", "mob-"), rf"{_START}(?:sdk|api|mob)-{_HEX_UUID}"),  # LaunchDarkly
    Form(
        ("pk.eyj", "sk.eyj", "tk.eyj"), rf"{_START}[pst]k\.eyJ[\w-]{{10,}}\.[\w-]{{10,}}"
    ),  # Mapbox
    Form(
        ("pat",),
        rf"{_START}pat[A-Za-z0-9]{{14}}\.[0-9a-f]{{40,}}|{_START}pat-(?:na|eu)\d-{_HEX_UUID}",
    ),
    Form(("cfpat-", "tfp_", "cfpat_"), rf"CFPAT[-_][\w-]{{30,}}|{_START}tfp_[\w-]{{30,}}"),
    Form(("eaa",), rf"{_START}EAA[A-Za-z0-9]{{50,}}"),  # Facebook
    Form(("aaaaaaaaaaaaaaaa",), r"AAAAAAAAAAAAAAAA[\w%+/=-]{40,}"),  # Twitter
    Form(("sl.",), rf"{_START}sl\.(?:u\.)?[\w-]{{80,}}"),  # Dropbox
    Form(("y0_", "y1_", "y2_", "y3_"), rf"{_START}y[0-3]_[\w-]{{50,}}"),
    Form((), rf"{_START}\d/\d{{12,20}}(?:/\d{{12,20}})?:[0-9a-f]{{32}}"),  # Asana
)

_TOKENS: Final = (
    Form(("eyj",), r"eyJ[\w-]{8,}\.[\w-]{2,}(?:\.[\w-]*){0,3}"),  # JWT, JWE (RFC 7519, 7516)
    Form(("eyjpdii6",), r"eyJpdiI6[\w+/%=-]{20,}"),  # Laravel
    Form(
        ("v1.", "v2.", "v3.", "v4."),
        rf"{_START}v[1-4]\.(?:local|public)\.[\w-]{{20,}}(?:\.[\w-]+)?",
    ),
    Form(("gaaaaa",), rf"{_START}gAAAAA[\w-]{{40,}}=*"),  # Fernet
    Form(("ej",), r"(?<![\w-])\.?eJ[\w-]{20,}[:.][\w-]{5,8}[:.][\w-]{20,}"),  # itsdangerous, Django
    Form(("s:", "s%3a"), rf"{_START}s(?::|%3[Aa])[\w-]{{16,}}\.[\w%+/]{{20,}}=*"),  # Express
    Form(("--",), rf"{_START}[A-Za-z0-9%+/=]{{40,}}--[0-9a-f]{{40,64}}(?![0-9A-Za-z])"),  # Rails
    Form(
        ("live_", "test_", "prod_", "secret_", "pat_", "token_", "live-", "secret-", "token-"),
        r"(?i)(?<![a-z0-9])(?:[a-z0-9]{2,12}[_-])?(?:live|test|prod|secret|pat|token)[_-][A-Za-z0-9]{20,}(?![\w-])",
        is_right=_after_prefix_random,
    ),
    Form(("bearer ",), r"(?i)\bBearer +(?P<value>[\w.~+/-]{8,}=*)", is_right=is_wordless),
    Form(
        ("basic ",),
        r"\b[Bb]asic +(?P<value>[\w.~+/-]{12,}=*)",
        is_right=lambda run: is_wordless(run) and not run.islower(),
    ),
    Form(
        ("token ", "ssws ", "bot ", "apikey "),
        r"(?i)(?<![a-z])(?:Token|SSWS|Bot|ApiKey) +(?P<value>[\w.~+/-]{16,}=*)",
        is_right=is_random,
    ),
)

_PRIVATE_KEYS: Final = (
    # RFC 7468, also escaped or in one line, and what a window left of it.
    Form(
        ("private key",),
        r"(?s)-{2,5} ?BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?.{0,20000}?(?:END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)? ?-{0,5}|\Z)",
    ),
    Form(
        ("private key",),
        r"(?s)\A(?:(?!BEGIN).){0,20000}?END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)? ?-{0,5}",
    ),
    Form(("putty-user-key-file",), r"(?s)PuTTY-User-Key-File-\d.*"),
    Form(("mii",), rf"{_START}MII[A-Za-z0-9][A-Za-z0-9+/]{{100,}}={{0,2}}"),
    Form((), r"(?:[A-Za-z0-9+/]{64}(?:\\r)?(?:\\n|\r?\n)[ \t]{0,8}){4,}[A-Za-z0-9+/]{0,64}={0,2}"),
)


class SecretRecognizer(FormRecognizer):
    """API keys, tokens and private keys by their own forms."""

    TRIGGER = r"[\w+/=%.~-]{12}|(?i:bearer |private key)"
    FORMS = (
        *_CLOUDS,
        *_CODE,
        *_MESSAGES,
        *_MONEY,
        *_MODELS_AND_MEASURES,
        *_TOKENS,
        *_PRIVATE_KEYS,
    )
