"""What the last words of a key's name claim: entity, and the shape that its values have.

A claim is not believed without its shape (`safetrack.detect.fit`): ``phone`` may hold a phone
number, or the word ``verified``. Sources of the vendors' parameter names: the public references of
Google Analytics and Ads, Meta's Conversions API, Microsoft, TikTok, X, LinkedIn, Snap, Pinterest,
Reddit, Mixpanel, PostHog, Segment, Amplitude, Braze, Intercom, HubSpot, Marketo, Mailchimp,
Klaviyo, AppsFlyer, Adjust, Branch, Snowplow, Adobe.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Claim(NamedTuple):
    """What a key says of its value.

    Attributes:
        entity: What it is (`safetrack.detect.entities`).
        shape: What such a value looks like: a key of `safetrack.detect.fit.SHAPES`.
    """

    entity: str
    shape: str


_ENDINGS: Final = (
    ("EMAIL_ADDRESS", "email", "email, e mail, email address, mail address, electronic mail"),
    (
        "EMAIL_ADDRESS",
        "at",
        "e postal, electronic postal, email id, mail, mailto, mail id, reply to, cc email, bcc email",
    ),
    (
        "PHONE_NUMBER",
        "phone",
        """phone, phone no, phone number, telephone, telephone no, telephone number,
        mobile number, mobile no, mobile phone, cell number, cell no, cell phone, cellphone,
        cellular, landline, landline number, msisdn, fax, fax no, fax number, whatsapp,
        whatsapp number, contact number, contact no, sms number, caller id, caller number,
        called number, dialed number, phone e164""",
    ),
    ("PHONE_NUMBER", "dialled", "mobile, cell, handy, caller, callee, sms, sms to, ani"),
    (
        "PERSON",
        "text",
        """from name, to name, first name, last name, given name, family name, middle name, maiden name, fullname,
        full name, legal name, real name, preferred name, surname, forename, second name,
        cardholder, cardholder name, card holder, card holder name, name on card, account holder,
        account holder name, holder name, mother name, father name, spouse name, firstname,
        lastname, patronymic, middle initial, birth name""",
    ),
    ("PERSON", "full name", "display name, sales rep, rep name, account manager, csm, agent name"),
    (
        "LOCATION",
        "address",
        """address, street, street name, street address, street number, house number, address line,
        home address, mailing address, postal address, po box, apartment number, apt number,
        flat number, suite number, street line, birth place, line address, geocoded address,
        formatted address, thoroughfare""",
    ),
    (
        "LOCATION",
        "zip",
        """zip, zip code, zipcode, postal code, postcode, post code, postal, pincode, pin code,
        eircode, cep, zip4""",
    ),
    (
        "LOCATION",
        "place",
        """city, city name, town, town name, suburb, suburb name, hometown, home town, locality,
        neighborhood, neighbourhood, village, municipality, birth city, dma, dma name, metro area,
        metro, admin area, current city""",
    ),
    (
        "US_SSN",
        "digits",
        "ssn, social security, social security number, social security no, sin number",
    ),
    (
        "US_PASSPORT",
        "code",
        "passport, passport no, passport number, passport id",
    ),
    (
        "US_DRIVER_LICENSE",
        "code",
        """driver license, driver license number, driver license no, license plate, plate number,
        license plate number, number plate, registration plate, dl number, license number""",
    ),
    (
        "NATIONAL_ID",
        "code",
        """national id, national id number, national identity number, identity number, identity no,
        identity card, identity card number, id card, id card number, id card no, id number, id no,
        personal number, personal code, citizen id, citizen number, tax id, tax number, tax no,
        tax payer id, taxpayer id, tax code, tin, itin, nino, ni number, national insurance,
        national insurance number, nhs number, nhs no, medicare number, medicare no, medicaid id,
        dni, nie, nif, cpf, rg number, curp, rfc, nss, pesel, aadhaar, aadhar, aadhaar number,
        aadhar number, pan number, pan card, bsn, fiscal code, codice fiscal, oib, jmbg, cnp, egn,
        amka, afm, ahv, ahv number, avs number, nino number, rut, cuil, cuit, cedula, inn, snils,
        ppsn, pps number, mrn, medical record number, patient number, health insurance number, insurance number, insurance no, insurance member number,
        insurance member id, health card number, social insurance number, voter id, ssid number,
        national number, hkid, nric, fin number, resident id, residence permit, green card number,
        emirates id, iqama, alien number, vat number, vat id, vat no, vin, vin number, nir,
        health id, medical id""",
    ),
    (
        "DATE_OF_BIRTH",
        "date",
        """dob, d o b, birth date, birthdate, birthday, birth day, birth year, birthyear,
        birth month, year birth, month birth, birth, birth data, birth dt, date birth, day birth""",
    ),
    (
        "SECRET",
        "secret",
        """password, pass mot, db pass, database pass, user pass, admin pass, root pass, login pass, smtp pass,
        mysql pass, redis pass, proxy pass, auth pass, ftp pass, mail pass, api pass, passphrase, passcode, password confirmation, password again, new password,
        password confirm, confirm password, repeat password, api key, apikey, secret key, private key, signing key,
        encryption key, master key, secret access key, client secret, webhook secret,
        shared secret, app secret, consumer secret, api secret, aws secret, otp secret, totp secret,
        seed phrase, recovery phrase, mnemonic, recovery code, backup code, security answer,
        secret answer, cvv, cvc, cvv2, cvc2, csc, card security code, storage key, account key,
        service key, license key, activation key, deploy key, access key, access key id, ssh key""",
    ),
    (
        "SECRET",
        "token",
        """token, secret, access token, refresh token, id token, auth token, session token, bearer,
        bearer token, csrf, csrf token, xsrf token, jwt, auth, authorization, auth header, cookie,
        set cookie, credential, otp, one time password, one time code, totp, mfa code, 2fa code,
        sms code, verification code, security code, confirmation code, auth code,
        authorization code, login code, access code, reset code, activation code, device code,
        connection string, connection uri, connection url, database url, db url, dsn, mongo uri,
        redis url, passkey, session cookie, phpsessid, jsessionid, aspsessionid, connect sid,
        asp net session id, laravel session, auth key, session secret, signature, x signature,
        hmac, sig, magic token, invite token, reset token, verifier, code verifier, assertion,
        saml response, sas token, private token, webhook url, slack webhook, client key,
        user hash, identity token, password hash, password salt, password digest, http basic,
        x api key""",
    ),
    ("SECRET", "pin", "pin, pin number, atm pin, user pin, security pin"),
    (
        "SECRET",
        "secret url",
        """reset url, reset link, magic link, magic url, login link, login url, invite url,
        invite link, invitation url, invitation link, verification url, verification link,
        verify url, confirmation url, confirmation link, activation url, activation link,
        unsubscribe url, unsubscribe link, recovery url, recovery link, signed url, presigned url,
        one time link, action url, callback url""",
    ),
    (
        "IP_ADDRESS",
        "ip",
        """ip, ip address, ipv4, ipv6, ip v4, ip v6, ipv4 address, ipv6 address, client ip, remote ip,
        remote address, remote host, forwarded for, x forwarded for, forwarded, real ip, user ip, host ip, ip hash,
        connecting ip, peer address, source address, ip raw, last ip""",
    ),
    (
        "MAC_ADDRESS",
        "code",
        "mac address, mac, hardware address, bssid, wifi mac, bluetooth address",
    ),
    (
        "DEVICE_ID",
        "id",
        """device id, device uuid, device guid, device token, device fingerprint, device serial,
        device serial number, device hash, udid, idfa, idfv, gaid, aaid, adid, maid, oaid, ifa, ifv,
        rida, tifa, afai, vaid, waid, advertising id, advertising identifier, mobile ad id, mobile
        advertising id, identifier vendor, id for vendor, id for advertisers, android id, ios ifa,
        ios ifv, ios idfa, ios idfv, imei, imsi, meid, iccid, esn, eid, sim serial, serial number,
        serial no, hardware id, hwid, machine id, push token, push id, push subscription id,
        fcm token, gcm token, apns token, apn token, expo token, expo push token, onesignal id,
        player id, registration token, firebase instance id, app instance id, installation id,
        install id, instance uid, session id, session uuid, session guid, session key, sessionid,
        sid, asid, visit id, visit token, visitor id, visitor uuid, visitor token, visitor,
        anonymous id, anonymous uuid, anonymous user id, anonymous distinct id, anonymousid,
        distinct id, distinct id before identity, cookie id, guest id, browser id,
        browser fingerprint, fingerprint, fingerprint id, canvas hash, window id, tab id, replay id,
        session replay id, recording id, click id, clickid, gclid, gclsrc id, dclid, wbraid, gbraid,
        fbclid, fbc, fbp, msclkid, ttclid, ttp, twclid, li fat id, lifatid, yclid, ymclid, igshid,
        igsh, hj session user, sccid, sc click id, scclid, rdt cid, rdt uuid, epik, vmcid, irclickid, irgwc id,
        tblci, obclid, outbrain click id, taboola click id, impact click id, mkt tok, mc eid, hsenc, hsmi, hsutk,
        hubspotutk, hstc, hssc, hsfp, vero id, oly enc id, oly anonymous id, klaviyo exchange id,
        ga, gid, gcl au, gcl aw, gcl dc, ga client id, ga cid, ga session id, user pseudo id,
        pseudo id, ajs anonymous id, ajs user id, amplitude id, amplitude device id, amp device id,
        amp id, mixpanel id, mp distinct id, braze id, appboy id, intercom id, adobe mcid, mcid,
        mcmid, ecid, marketing cloud id, marketing cloud visitor id, experience cloud id,
        appsflyer id, appsflyer device id, af id, adjust id, adjust adid, branch id, kochava id,
        kochava device id, singular id, domain userid, domain user id, network userid,
        network user id, domain sessionid, domain session id, duid, nuid, tnuid, heap id,
        heap user id, fullstory id, clarity id, uet vid, muid, cuid, uuid2, ssid, wifi ssid, netbios name,
        computer name, pseudonymous id, sub id hash, unified id, uid2, id5, liveramp id, ramp id,
        lotame id, tapad id, household id, ctv id, psid, igsid, vid""",
    ),
    (
        "DEVICE_ID",
        "uuid",
        "ad id, advertiser id, vendor id, vendor identifier, instance id, tracking id",
    ),
    ("DEVICE_ID", "client id", "cid, clid, ti, scid, fid, ga4 client id, identifier"),
    ("DEVICE_ID", "opaque", "session"),
    (
        "DEVICE_ID",
        "url",
        "session url, replay url, session replay url, session recording url, fullstory url",
    ),
    (
        "USER_ID",
        "id",
        """user id, userid, uid, user uuid, user guid, user key, customer id, customer uuid,
        customer guid, customer number, customer no, customer key, client user id, member id,
        member number, member no, membership id, membership number, account id, account uuid,
        account guid, profile id, person id, person uuid, contact id, contact vid, subscriber id,
        subscriber key, employee id, employee number, employee no, staff id, badge number, personnel number,
        student id, student number, external user id, external customer id, owner id, author id,
        party id, individual id, principal id, actor id, subject id, loyalty id, loyalty number,
        loyalty card, loyalty card number, frequent flyer, frequent flyer number, crm id,
        hubspot contact id, shopify customer id, stripe customer id, zendesk user id, slack user id,
        facebook id, google id, github id, twitter id, apple id, linkedin id, discord id,
        telegram id, chat user id, twitter user id, patient id, insured id, policyholder id, cognito sub,
        oid, prolific pid, worker id, identified id, mixpanel distinct id, alias id, previous id,
        wa id, whatsapp id, openid, open id, unionid, union id, xuid, puuid, who id, whoid,
        contact key, user ref, customer ref, customer reference, user reference, braze external id,
        auth 0 id, auth 0 sub, okta id, azure oid, identity id, idp id, idp user id, operator id,
        referrer id, referral user, uuid user, id user, u id, rep id, sales rep id,
        from user, to user, target user, real user, acting user, on behalf,
        behalf of, client id, client number, client no, client ref, client reference, client code""",
    ),
    (
        "GEO_COORDINATE",
        "geo",
        """lat, latitude, lon, lng, longitude, latlng, latlon, lat lng, lat lon, lat long, latlong,
        lng lat, coordinate, coordinates, coords, coord, geo point, geopoint, geo location, gps, gps location, geohash,
        plus code, lat rad, lon rad, gps coordinates, geo coordinates, what3words, h3 index""",
    ),
    (
        "CREDIT_CARD",
        "digits",
        """card number, card no, credit card, credit card number, credit card no, cc number, cc no,
        ccn, debit card, debit card number, card pan, pan, bank card, bank card number,
        gift card number, primary account number""",
    ),
    ("IBAN_CODE", "code", "iban, iban code, iban number, bank iban"),
    (
        "US_BANK_NUMBER",
        "digits",
        """bank account, bank account number, account number, account no, account nr,
        routing number, aba number, sort code, bsb, clabe, ifsc account, upi""",
    ),
    (
        "CRYPTO",
        "code",
        "wallet address, btc address, eth address, crypto address, wallet id, wallet",
    ),
    (
        "USERNAME",
        "id",
        """username, user name, user handle, login name, nickname, nick, nick name, screenname,
        gamertag, gamer tag, login id, user login, samaccountname, upn, user principal name,
        account name login, os user, unix user, windows user, steam id""",
    ),
    (
        "USERNAME",
        "handle",
        """player name, gamer name, chat user, chat name, persona name, ign, ig handle, character name, alias name, channel owner, broadcaster login, broadcaster name, streamer name, player tag, in game name, summoner name, twitter handle, twitter username, twitter name, twitter screen name, instagram handle,
        instagram username, github username, github handle, github login, github user, gitlab username,
        gitlab user, discord tag, discord name, discord handle, discord username, discord user,
        slack handle, slack username, slack name, slack user, skype id, skype, skype name,
        telegram username, telegram handle, telegram user, tiktok username, tiktok handle,
        youtube handle, reddit username, mastodon handle, bluesky handle, wechat, wechat id, line id, handle name,
        x handle, x username, social handle, kik, snapchat username, twitch username, psn id,
        linkedin handle, linkedin username, medium username, hacker news username""",
    ),
    (
        "USERNAME",
        "url",
        """profile url, profile link, profile page, linkedin url, linkedin profile, github url,
        github profile, twitter url, twitter profile, facebook url, facebook profile,
        instagram url, instagram profile, social url, social link, social profile, avatar,
        avatar url, avatar image, profile picture, profile picture url, profile photo,
        profile photo url, profile image, profile image url, profile pic, profile pic url, user picture, user photo,
        user avatar, user image, gravatar, gravatar url, headshot, headshot url, photo url,
        picture url, user url, author url, vcard, calendly link, calendly url""",
    ),
)
"""Entity, shape, and endings of names: comma-separated, each of canonical words."""

_WHOLE: Final = (
    ("SECRET", "token", "pass"),
    (
        "USERNAME",
        "handle",
        """login, twitter, instagram, github, gitlab, linkedin, facebook, telegram, discord, slack,
        tiktok, youtube, reddit, mastodon, bluesky, twitch, snapchat, handle, whois, alias""",
    ),
    ("GEO_COORDINATE", "geo", "geo, loc, ll, latlng, x lat, x lng"),
    ("LOCATION", "spot", "location, whereabouts, place, loc, geo, where, geo name, location name"),
    ("DEVICE_ID", "hash", "thumbprint, visitor hash, device"),
    ("DEVICE_ID", "opaque", "session, visitor, kx, ke, did"),
    (
        "DEVICE_ID",
        "opaque",
        # Cookies by which vendors know a browser again, from their cookie policies.
        """utma, utmb, utmc, utmz, utmv, pk id, pk ses, s vi, amcv, li at, bcookie, bscookie, lidc,
        user match history, qca, clck, clsk, uetsid, uetvid, scid, sctr, pin unauth,
        pinterest session, cf bm, cf clearance, nid, dsid, guest id ads, personalization id,
        muc ads, kuid, shopify y, shopify s, kla id, vwo uuid, ki t, drift aid, driftt aid, lfa,
        vuid, cb, chartbeat, sp id, sp ses, permutive id, lc 2 fpi, adroll, fpid, fplc, datr,
        ds user id, ig did, mkto trk, stripe mid, stripe sid, gads, gpi, eoi, hsid, apisid,
        sapisid, mbox, s fid, s ecid, demdex, anj, tdid, tuuid, cmid, obuid, cto bundle, zitok,
        sailthru hid, iterable end user id, zlcmid, zendesk aid, wcsid, hblid, okdetect, okbk,
        tawk uuid, gorgias guid, posthog id, rudder id, hp 2 id, hjid, hj id, rxvt, rx visitor,
        nreum, insp uid, awsalb, awselb, visid incap, incap ses, nlbi, ak bmsc, bm sz, abck,
        datadome, pxvid, kameleoon visitor code, ab tasty, dyid, dy id, dycst, attentive id,
        br uid, conv v, sfmc uuid, yandexuid, ym uid, cfuvid, muidb, srm b, cjevent, awc, tduid,
        dd s, exponea etc, fs lua, visitor code, amp""",
    ),
    ("EMAIL_ADDRESS", "hash", "em, hem, emh"),
    ("PHONE_NUMBER", "hash", "ph"),
    ("PERSON", "hash", "fn, ln, f name, l name"),
    ("LOCATION", "hash", "ct, st, zp"),
    ("DATE_OF_BIRTH", "hash", "db, doby, dobm, dobd"),
    ("USER_ID", "hash", "external id, user data"),
    ("USER_ID", "opaque", "sub, by"),
)
"""As above, where only the whole name says so (``last_login`` is a time)."""

NEUTRAL: Final = frozenset(
    tuple(phrase.split())
    for phrase in """
    user agent, page token, next page token, previous page token, continuation token, sync token,
    cursor token, design token, contract address, memory address, web address, url address,
    site address, product handle, collection handle, variant handle, event handle, map pin,
    smart city, utm id, campaign id, ga tracking id, property tracking id, parcel tracking id,
    order tracking id, shipment tracking id, app client id, oauth client id, azure client id,
    method signature, function signature, event signature, email signature, phone signature,
    software license key id, server session, training session, study session, workout session
    """.replace("\n", " ").split(",")
)
"""Endings that sound like a claim and make none."""


def _table(blocks: tuple[tuple[str, str, str], ...]) -> dict[tuple[str, ...], Claim]:
    table: dict[tuple[str, ...], Claim] = {}
    for entity, shape, block in blocks:
        for phrase in block.split(","):
            table.setdefault(tuple(phrase.split()), Claim(entity, shape))
    return table


BY_ENDING: Final = _table(_ENDINGS)
BY_WHOLE: Final = _table(_WHOLE)
LONGEST_ENDING: Final = max(map(len, (*BY_ENDING, *NEUTRAL)))
