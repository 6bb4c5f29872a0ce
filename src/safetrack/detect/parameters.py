"""What the name of a URL parameter, cookie or form field says about its value.

Key names of properties are read by `safetrack.detect.keynames`; parameters have short names of their
own (``u``, ``sig``, ``_ga``), which as names of properties would say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from safetrack.detect.keynames import meaning
from safetrack.detect.words import split_words, word_set

LONGEST_NAME: Final = 64
"""Characters; no real parameter has a longer name."""

_EXACT: Final[Mapping[str, frozenset[str]]] = {
    # Click ids of advertisers, and the first-party cookies and parameters of vendors' libraries.
    "DEVICE_ID": word_set(
        """
        gclid gbraid wbraid dclid fbclid msclkid ttclid twclid li_fat_id yclid ymclid igshid igsh
        sccid sc_cid rdt_cid epik irclickid irgwc_id cjevent clickid click_id tduid awc vmcid
        mc_eid _hsenc _hsmi __hstc __hssc __hsfp hubspotutk hsctatracking mkt_tok _mkto_trk
        vero_id vero_conv oly_enc_id oly_anon_id _kx __s ef_id s_kwcid wickedid dm_i ml_subscriber
        ml_subscriber_hash rb_clickid trk_contact trk_msg trk_module trk_sid _branch_match_id
        _ga _gid _gl _gac _gcl_au _gcl_aw _gcl_dc __utma __utmb __utmc __utmz __utmv _fbp _fbc fbp fbc
        _pk_id _pk_ses pk_vid _uetsid _uetvid muid _ttp _tt_sid _scid _scid_r _sctr _clck _clsk
        ajs_anonymous_id ajs_user_id amp_device_id amp_cookie_test _derived_epik _pin_unauth
        optimizelyenduserid _vwo_uuid _vwo_uuid_v2 _rdt_uuid li_gc bcookie bscookie dsid
        __cf_bm cf_clearance __cfduid demdex s_vi s_ecid mboxpc _hjid _hjsessionid _cfuvid
        datr anonchk muidb srm_b ouid tuuid uuid2 anj yandexuid _ym_uid _ym_d ymex
        deviceid device udid idfa idfv gaid aaid adid advertisingid visitorid visitor
        anonid anon sessionid sess sid jsessionid phpsessid aspsessionid asp.net_sessionid
        cfid cftoken distinct_id insert_device msisdn_hash"""
    ),
    "SECRET": word_set(
        """
        pass passwd pw pwd passwort kennwort token tok tkn accesstoken access_token id_token
        refresh_token authtoken auth_token authorization bearer jwt assertion samlresponse
        samlrequest saml_response id_token_hint login_token logintoken reset_token
        resettoken confirmation_token confirm_token verification_token verify_token invite_token
        invitation_token invitation unlock_token magic magic_token magiclink otp ott
        oobcode oob_code hmac sig signature x-amz-signature x-amz-credential
        x-amz-security-token x-goog-signature x-goog-credential x-ms-signature api_key apikey
        appkey app_key app_secret appsecret secret client_secret clientsecret subscription-key
        accountkey sharedaccesskey sharedaccesssignature storagekey csrf csrftoken csrf_token
        csrfmiddlewaretoken xsrf-token _csrf _token authenticity_token __requestverificationtoken
        remember_token remember_user_token connect.sid laravel_session session_token sessiontoken
        session_key sessionkey next-auth.session-token next-auth.csrf-token __session .aspxauth
        .aspnetcore.identity.application sess_token code_verifier nonce_secret recaptcha_token
        g-recaptcha-response captcha_token unsubscribe_token hash_key privatekey passphrase pin cvv
        cvc"""
    ),
    "EMAIL_ADDRESS": word_set("e em mail emailaddress e-mail email_hash emailhash recipient_email"),
    "PHONE_NUMBER": word_set("ph tel phonenumber mobile msisdn cell"),
    "PERSON": word_set(
        "fn ln fname lname firstname lastname fullname realname displayname surname"
    ),
    "LOCATION": word_set("zp zip zipcode postal postcode city ct addr address street"),
    "DATE_OF_BIRTH": word_set("db dob birthday birthdate"),
    "GEO_COORDINATE": word_set(
        "lat lng lon latitude longitude ll latlng latlon geo geohash sll cbll near_ll"
    ),
    "IP_ADDRESS": word_set("ip ipaddress client_ip remote_addr userip"),
    "USERNAME": word_set(
        """
        user usr uname username user_name login loginname handle nick nickname screenname screen_name
        account acct member owner author assignee invited_by referred_by referrer_user by_user"""
    ),
    "USER_ID": word_set(
        """
        uid user_id userid u_id member_id memberid customer customer_id customerid client_user
        account_id accountid contact_id contactid person_id patient patient_id employee_id student_id
        subscriber subscriber_id profile_id external_id sender recipient_id"""
    ),
    "US_SSN": word_set("ssn"),
}
"""Entity → names, compared whole and in lower case.

``em``, ``ph``, ``fn``, ``ln``, ``ct``, ``zp``, ``db`` are the names of Meta's advanced matching
(developers.facebook.com, "Customer information parameters")."""

_PATTERNS: Final = re.compile(
    r"(?P<DEVICE_ID>_ga_\w+|_gac?_.+|_gat?_uid.*|_dc_gtm_.+|_hj(?:session|incl|first|user|abs).*|amp_[0-9a-f]{6}"
    r"|amp-.+|amplitude_id.*|mp_.+_mixpanel|ph_.+_posthog|intercom-(?:id|session|device-id)-.+"
    r"|amcvs?_.+|_pk_(?:id|ses)\..+|_sp_(?:id|ses)\..+|optimizely.+id|x-ga-.+|\w+clid|\w+_click_?id)"
    r"|(?P<SECRET>_.{1,40}_session|.{1,40}_(?:session|sessid|sessionid)|.{0,40}sess(?:ion)?_?(?:id|token|key)"
    r"|__(?:secure|host)-.+|wordpress_(?:logged_in|sec)_.+|sb-.+-auth-token(?:\.\d)?|\.aspnet(?:core)?\..+"
    r"|aspsessionid.+|(?:x-)?.{0,40}[-_.]?(?:auth|access|api|session|security|csrf|xsrf)[-_.]?(?:token|key|secret)"
    r"|.{0,40}(?:password|passwd|secret|signature|credential))"
)
"""Whole names in lower case, for vendors that put an id into the name of their cookie."""

_ENTITY: Final = {name: entity for entity, names in _EXACT.items() for name in names}

AMBIGUOUS: Final = word_set("code state key t k h hash s ticket sign session auth reset")
"""Names that may stand for a token or for a word or number; the value decides."""


@lru_cache(maxsize=4096)
def parameter_meaning(name: str) -> str | None:
    """The entity that a parameter's name says its value is, or None.

    Args:
        name: As written: ``email``, ``user[email]``, ``_ga``, ``X-Amz-Signature``.
    """
    lower = name.lower()
    known = _ENTITY.get(lower)
    if known is not None:
        return known
    match = _PATTERNS.fullmatch(lower)
    if match is not None:
        return match.lastgroup
    return meaning(split_words(name)) if lower not in AMBIGUOUS else None
