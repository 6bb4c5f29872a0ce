"""Words of keys that tell what other keys beside and below them mean.

Put together for safetrack from the field's tracking plans and public API references.
"""

from __future__ import annotations

from typing import Final

from safetrack.detect.words import word_set

PEOPLE: Final = word_set(
    """user customer people person contact profile author owner sender recipient receiver
    patient employee member student teacher guest subscriber buyer seller shopper passenger driver
    applicant candidate cardholder spouse mother father assignee reporter requester requestor
    reviewer approver invitee inviter attendee participant respondent collaborator follower friend
    traits lead staff doctor physician nurse traveler traveller visitor resident citizen caller
    creator beneficiary payee payer insured policyholder nominee guardian tutor mentor coach
    instructor volunteer donor player learner freelancer consultant recruiter supervisor
    manager colleague human individual consignee addressee signer signatory witness
    accountholder holder submitter opponent teammate broadcaster chatter gifter commenter committer streamer gamer rider courier csm impersonator summoner followee
    followed referee cardmember invitor renter borrower investor actor viewer personal"""
)
"""What is named like a person, and has a person's ids."""

PERSONAL_PLACES: Final = word_set("billing shipping delivery mailing")
"""Parents that hold a person's name and address, but whose ``id`` is not a person's."""

PLACES: Final = word_set(
    """address location geo position coordinate gps place point geolocation geoip whereabouts
    residence domicile geometry"""
)

NAMED_THINGS: Final = word_set(
    """product plan file page company organization organisation org team project campaign
    feature item app application model class category brand store host domain screen group workspace
    flow variant experiment table database service queue function tool method template field
    column index bucket agent sku package bundle subscription collection list board channel course
    lesson chapter video song track album playlist movie show episode game level article post blog
    story book document folder report dashboard chart widget button link menu tab section component
    element icon image photo banner ad adset creative keyword audience segment cohort tag label
    topic language currency country browser os library sdk device network carrier
    repository repo branch pipeline job workflow task step stage environment cluster node server
    instance region zone plugin extension integration connector provider vendor supplier merchant
    restaurant shop hotel venue clinic hospital school university bank airline institution
    department unit business enterprise tenant account site website portal platform program
    promotion coupon offer discount voucher reward badge achievement skill role permission license
    certificate policy rule event metric goal funnel theme font color size style
    material recipe ingredient dish medication drug exercise workout pet vehicle car flight train
    route hotelroom room property listing building asset stock coin nft wallet
    chain contract schema query prompt dataset notebook cell module crate
    bot assistant space form survey question poll quiz test suite webhook endpoint
    api key parameter header cookie city state province county district street town continent
    species breed league club sport attribute option setting partner affiliate publisher
    manufacturer employer competitor fund institution parent layer block
    design shape object slot placement ticket issue bug epic sprint milestone
    release version build error exception log process container cache
    notification alert trigger action command shortcut hotkey gesture"""
)
"""What has a name as well, and whose name is no person's."""

CONTAINERS: Final = word_set(
    """order booking reservation checkout cart request submission message conversation chat
    application appointment visit call meeting invitation invite payment transaction invoice
    claim quote inquiry enquiry rsvp registration signup signin login subscription purchase
    delivery shipment case donation review comment feedback response referral"""
)
"""What has ids of its own, but whose ``name`` beside an e-mail address is the person's."""

TRANSPARENT: Final = word_set(
    """properties property data payload detail details info param params body attributes fields
    values meta metadata context extra result results edge edges node nodes entity record records
    set once input output old new before after current previous first last primary secondary"""
)
"""Parents that say nothing: what is above them does."""

PERSON_EVIDENCE: Final = frozenset(
    tuple(phrase.split())
    for phrase in """
    email, email address, e mail, phone, phone number, mobile number, mobile phone, telephone,
    first name, last name, given name, family name, full name, surname, birth date, dob, birthday,
    username, user name, nickname, gender, sex, age, avatar, avatar url, picture, profile picture,
    ssn, user id, userid, uid, job title, occupation, marital status, password, email verified,
    twitter, linkedin, rsvp, pronouns, salutation, honorific, fn, ln, em, attending, email hash
    """.replace("\n", " ").split(",")
)
"""Beside these a ``name`` is a person's."""

THING_EVIDENCE: Final = frozenset(
    tuple(phrase.split())
    for phrase in """
    price, sku, quantity, qty, brand, variant, unit price, product id, product name, list price,
    currency, discount, category, slug, version, item id, size, color, colour, weight, stock, vendor,
    barcode, gtin, upc, ean, isbn, compare at price, inventory, manufacturer, model, image url,
    thumbnail, duration, genre, rating, employee count, industry, domain, website, plan, mrr, founded
    """.replace("\n", " ").split(",")
)
"""Beside these a ``name`` is a thing's."""

GOODS_EVIDENCE: Final = frozenset(
    tuple(phrase.split())
    for phrase in """price, sku, quantity, qty, brand, variant, unit price, product id,
    list price, barcode, gtin, upc, ean, isbn""".replace("\n", " ").split(",")
)
"""Of these, what no person has: it decides against an e-mail address beside it."""

PLACE_EVIDENCE: Final = frozenset(
    tuple(phrase.split())
    for phrase in """
    street, street address, address, address 1, address line 1, line 1, city, city name, town, zip,
    zip code, postal code, postcode, country, country code, country name, mp country code, house number,
    lat, latitude, lng, longitude, suburb, postal, geoip city name, geoip country code,
    geoip country name, po box, iso country code, country iso code, continent, continent code, timezone name, dma
    """.replace("\n", " ").split(",")
)
"""Beside these a ``state`` or ``region`` is part of a place."""

VERBS_OF_PEOPLE: Final = word_set(
    """created added updated invited registered signed subscribed unsubscribed joined imported
    merged deleted removed identified converted assigned onboarded verified activated deactivated
    enrolled hired edited changed enriched contacted submitted logged"""
)
"""What is done to people: an event of these and a person is about a person."""

TELLING: Final = PEOPLE | PERSONAL_PLACES | PLACES | NAMED_THINGS | CONTAINERS | frozenset({""})
"""First words of keys that say what the rest belongs to."""
