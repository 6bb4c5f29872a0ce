"""What the name of a key says about its value.

``phone`` holds a phone number however it is written, and ``session_id`` an identifier that no
pattern could tell from any other id. The last words of a name decide (``billing_phone`` is a
phone, ``phone_verified`` is not one), the longest known ending first (``mac_address`` is no street).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENDINGS: Final[Mapping[str, str]] = {
    "EMAIL_ADDRESS": """
        email, e mail, mail address, mailaddress, email address, mail id, email id, emails, correo,
        correo electronico, courriel, adresse mail, adresse email, e mail adresse, emailadresse,
        posta elettronica, e post, epost, sahkoposti""",
    "PHONE_NUMBER": """
        phone, phone no, phone number, phone num, phones, telephone, telephone number, tel, tel no,
        tel number, mobile number, mobile no, mobile phone, cell, cell number, cell phone, msisdn,
        fax, fax number, whatsapp, whatsapp number, contact number, telefono, numero telefono,
        numero de telefono, telefon, telefonnummer, handynummer, mobilnummer, rufnummer, celular,
        movil, telefone, telefoonnummer, numero de telephone, numero telephone, telefonnr, puhelin""",
    "PERSON": """
        first name, last name, full name, given name, family name, middle name, maiden name,
        fname, lname, fullname, legal name, real name, preferred name, display name, surname,
        forename, cardholder, cardholder name, card holder, name on card, account holder, vorname,
        nachname, familienname, prenom, nom de famille, nom complet, nombre completo, apellido,
        apellidos, primer apellido, nome completo, sobrenome, cognome, voornaam, achternaam,
        fornavn, etternavn, fornamn, efternamn, imie, nazwisko, etunimi, sukunimi""",
    "LOCATION": """
        address, addresses, addr, street, street name, street address, street number, house number,
        address line, line address, home address, shipping address, billing address, delivery address,
        postal address, zip, zip code, postal code, postal, postcode, post code, city, town, suburb,
        adresse, anschrift, strasse, hausnummer, plz, postleitzahl, wohnort, ort, rue, code postal,
        ville, direccion, calle, codigo postal, ciudad, indirizzo, codice postale, citta, endereco,
        rua, cidade, cep, adres, straat, postcode, woonplaats, adress, gata, postnummer, ulica,
        kod pocztowy, miasto, birthplace, place of birth, hometown""",
    "US_SSN": "ssn, social security, social security number, social security no, sin number",
    "US_PASSPORT": """
        passport, passport no, passport number, passport id, pasaporte, reisepass, passeport""",
    "US_DRIVER_LICENSE": """
        driver license, drivers license, driver licence, drivers licence, driving licence,
        driving license, license plate, licence plate, driver license number,
        drivers license number, fuhrerscheinnummer, permis de conduire""",
    "NATIONAL_ID": """
        national id, national id number, identity number, id card, id card number, id number,
        personal number, citizen id, tax id, tax number, tin, itin, nino, national insurance,
        national insurance number, nhs number, medicare number, dni, nie, nif, cpf, curp,
        pesel, aadhaar, aadhar, pan number, personnummer, fodselsnummer, henkilotunnus, bsn,
        steuer id, steuernummer, codice fiscale, numero de securite sociale, patient id, mrn,
        medical record number, health insurance number""",
    "DATE_OF_BIRTH": """
        dob, d o b, date of birth, birth date, birthdate, birthday, bday, birth day, birth year,
        year of birth, birth, geburtsdatum, geburtstag, fecha de nacimiento, fecha nacimiento,
        nacimiento, date de naissance, date naissance, naissance, data de nascimento, nascimento,
        data di nascita, nascita, geboortedatum, fodselsdato, fodelsedatum, data urodzenia""",
    "SECRET": """
        password, passwd, passphrase, passcode, pwd, secret, secrets, token, api key, apikey,
        access key, secret key, private key, signing key, encryption key, access token,
        refresh token, id token, auth token, bearer, bearer token, authorization, auth header,
        cookie, cookies, set cookie, jwt, credential, credentials, otp, one time password, totp,
        pin, pin code, mfa code, verification code, security code, security answer, cvv, cvc, cvv2,
        csrf, csrf token, xsrf token, webhook secret, client secret, connection string, dsn,
        recovery code, seed phrase, passwort, kennwort, contrasena, clave, mot de passe, senha,
        wachtwoord, losenord, haslo, salasana""",
    "IP_ADDRESS": """
        ip, ips, ip addr, ip address, ip addresses, ipv4, ipv6, client ip, remote ip, remote addr,
        remote address, forwarded for, real ip, user ip, adresse ip, direccion ip""",
    "MAC_ADDRESS": "mac address, mac addr, hardware address, bssid, wifi mac",
    "DEVICE_ID": """
        device id, device uuid, device token, device fingerprint, device serial, udid, idfa, idfv,
        gaid, aaid, adid, maid, advertising id, advertiser id, ad id, android id, imei,
        imsi, meid, iccid, serial number, push token, registration id, fcm token, gclid, fbclid, msclkid,
        dclid, ttclid, twclid, wbraid, gbraid, yclid, igshid, li fat id, sc click id, click id,
        clickid, fbp, fbc, ga client id, session id, sessionid, sid, visit id, visitor id,
        anonymous id, anonymousid, anon id, distinct id, cookie id, guest id, browser id,
        browser fingerprint, machine id, installation id, install id, instance uid, amp device id""",
    "USER_ID": """
        user id, userid, uid, user uuid, customer id, client user id, member id, account id,
        profile id, person id, contact id, subscriber id, employee id, student id, external user id,
        owner id, author id""",
    "GEO_COORDINATE": """
        lat, latitude, lon, lng, longitude, latlng, lat lng, lat lon, latlong, coordinates, coords,
        coordinate, geo point, geopoint, gps, gps location, geohash, breitengrad, laengengrad,
        latitud, longitud""",
    "CREDIT_CARD": """
        card number, card no, card num, credit card, credit card number, cc number, cc num, ccn,
        debit card, debit card number, card pan, kreditkarte, kreditkartennummer,
        numero de carte, tarjeta, numero de tarjeta""",
    "IBAN_CODE": "iban, iban code, iban number, bank iban, kontonummer",
    "US_BANK_NUMBER": """
        bank account, bank account number, account number, account no, acct number, acct no,
        routing number, sort code, numero de cuenta""",
    "CRYPTO": "wallet address, btc address, eth address, crypto address",
    "USERNAME": """
        username, user name, usernames, user handle, handle, login name, nickname, nick, nick name,
        screenname, twitter handle, instagram handle, github username, discord tag, gamertag,
        skype id, telegram username, benutzername, nom utilisateur, nom d utilisateur,
        nombre de usuario, usuario, nome de usuario, gebruikersnaam, anvandarnamn""",
}
"""Entity → endings of key names, comma-separated, each a sequence of words without accents."""

_WHOLE: Final[Mapping[str, str]] = {
    "USERNAME": "login, twitter, instagram, github, linkedin, facebook, telegram, discord, tiktok",
    "EMAIL_ADDRESS": "mail, mailto",
    "GEO_COORDINATE": "geo, loc",
    "DEVICE_ID": "fingerprint",
}
"""As above, where only the whole name says so (``last_login`` is a time)."""

_OF_A_PERSON: Final[Mapping[str, str]] = {
    "PERSON": "name, names, first, last, middle, nom, nombre, nome, naam, namn, navn, initials, alias",
    "PHONE_NUMBER": "mobile, contact, number, home, work, handy, portable",
    "DATE_OF_BIRTH": "born",
    "USER_ID": "id, uuid, guid",
}
"""As above, where the words before or the parents must speak of a person."""

_OF_A_PLACE: Final[Mapping[str, str]] = {
    "GEO_COORDINATE": "long, x, y",
    "LOCATION": "line, line 1, name, display, formatted",
}
"""As above, under parents that speak of a place."""

PEOPLE: Final = _words(
    """user users customer customers client person people persons contact contacts profile author
    owner sender recipient receiver patient employee employees member members student teacher
    guest subscriber buyer seller shopper passenger driver applicant candidate cardholder holder
    spouse partner mother father child parent relative manager assignee reporter requester invitee
    inviter referrer traits billing shipping delivery lead staff doctor tenant traveler visitor
    kunde kunden benutzer nutzer usuario cliente persona utilisateur personne klant gebruiker
    anvandare kund"""
)
"""Words that say that what follows belongs to a person."""

_SHIPMENTS: Final = frozenset({"billing", "shipping", "delivery", "traits"})
"""Of these, the ones whose ``id`` is not a person's."""

_PLACES: Final = _words(
    """address location geo position coords coordinates gps place point addr geolocation"""
)
_THINGS: Final = _words(
    """product event plan file page company organization organisation org team project campaign
    feature item app model class category brand store host domain screen group workspace flow
    variant experiment table database service queue function tool method template field column
    index bucket agent"""
)
"""What has a name as well: nearer than any word for a person, it decides."""

_QUALIFIERS: Final = _words(
    """value values text string raw hash hashed sha1 sha256 sha512 md5 encrypted encoded normalized
    normalised plain lower lowercase clean primary secondary current new old original 1 2 3 4 5 64
    256 512 sha md"""
)
"""Words at the end of a name that leave open what it holds: a hashed e-mail is still an e-mail."""

_OWNERS: Final = _words(
    """user customer client contact member owner admin home work billing shipping my your account
    personal sender recipient"""
)
"""Words that names are glued to: ``useremail``."""

_LONGEST_ENDING: Final = 4


def _table(blocks: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    table: dict[tuple[str, ...], str] = {}
    for entity, block in blocks.items():
        for phrase in block.split(","):
            words = tuple(phrase.split())
            table[words] = entity
            if len(words) > 1 and all(len(word) > 1 for word in words):
                table.setdefault(("".join(words),), entity)
    return table


_BY_ENDING: Final = _table(_ENDINGS)
_BY_WHOLE: Final = _table(_WHOLE)
_BY_PERSON: Final = _table(_OF_A_PERSON)
_BY_PLACE: Final = _table(_OF_A_PLACE)


@lru_cache(maxsize=8192)
def meaning(words: tuple[str, ...], parents: tuple[str, ...] = ()) -> str | None:
    """The entity that a key's name says its value is, or None.

    Args:
        words: The key's own words, lower case (`safetrack.detect.words.split_words`).
        parents: Words of the keys above it, and of whatever else tells what it belongs to.
    """
    own = _without_qualifiers(tuple(_plain(word) for word in words))
    above = tuple(_plain(word) for word in parents)
    if not own:
        return None
    return _BY_WHOLE.get(own) or _longest_ending(own) or _glued(own[-1]) or _in_company(own, above)


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.replace("ß", "ss").replace("ø", "o"))
    return "".join(c for c in decomposed.lower() if not unicodedata.combining(c))


def _without_qualifiers(words: tuple[str, ...]) -> tuple[str, ...]:
    end = len(words)
    while end > 1 and words[end - 1] in _QUALIFIERS:
        end -= 1
    return words[:end]


def _longest_ending(words: tuple[str, ...]) -> str | None:
    for length in range(min(_LONGEST_ENDING, len(words)), 0, -1):
        entity = _BY_ENDING.get(words[-length:])
        if entity is not None:
            return entity
    return None


def _glued(word: str) -> str | None:
    for owner in _OWNERS:
        rest = word.removeprefix(owner)
        if rest != word and (rest,) in _BY_ENDING:
            return _BY_ENDING[(rest,)]
    return None


def _in_company(own: tuple[str, ...], above: tuple[str, ...]) -> str | None:
    """What a word means that says nothing alone; the nearest word that tells decides."""
    if len(own) > 1:
        return _of_a_person(own[-1], own[-2])
    for word in reversed(above):
        if word in _THINGS:
            return None
        if word in PEOPLE:
            return _of_a_person(own[0], word)
        if word in _PLACES:
            return _BY_PLACE.get(own)
    return None


def _of_a_person(word: str, owner: str) -> str | None:
    entity = _BY_PERSON.get((word,)) if owner in PEOPLE else None
    return None if entity == "USER_ID" and owner in _SHIPMENTS else entity
