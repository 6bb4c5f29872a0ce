"""Keys whose values are named for the program, the shop or the world, not for people.

Under ``brand``, ``country`` or ``button_text`` a short text is a label: a language model takes it
for a person or a place all the same. Such a value is searched for patterns, not for names. What
users write themselves (titles, file names, comments) is not among them.
"""

from __future__ import annotations

from typing import Final

from safetrack.detect.words import word_set

_LABELS: Final = word_set("""country nation continent currency locale language lang timezone tz brand company organization
    organisation org vendor manufacturer maker merchant carrier isp provider gateway processor
    supplier retailer affiliation affiliate product category subcategory categories color colour size variant
    material fabric flavor flavour pattern plan tier package sku coupon promotion promo campaign source medium
    channel button cta element widget component section screen page tab view step stage feature flag
    tag experiment variation department industry sector vertical team squad guild role occupation
    profession seniority status type kind mode method platform os browser engine device model
    library lib sdk framework environment env version theme font format event action
    genre network error severity priority reason topic placement slot position layout
    template integration connector tool plugin extension app application service module
    runtime architecture arch cpu gpu chip resolution orientation connection
    courier shipping collection department segment cohort audience
    ingredient dish cuisine species breed sport league club
    course lesson subject_area skill certification badge achievement level game
    weekday month quarter season holiday unit dimension
    icon shape style taxonomy term nationality currency_code edition series model_name""")
"""Last words of such keys."""

_NAMED: Final = word_set("""product plan feature brand company organization organisation org team campaign app application
    model category store screen page button event experiment variant variation flag tool template
    library browser os device platform carrier network country currency language service module
    package plugin integration provider vendor merchant course level game
    coupon promotion promo tier role permission status metric funnel segment cohort
    color colour size tab section component element icon class method function
    step stage workflow industry department school university airline
    item sku method gateway isp publisher employer sdk collection promo widget form survey
    view route channel action link menu theme layout font region zone cluster region
    environment""")
"""What has a ``name`` (``title``, ``label``, ``text``) that is such a label."""

_HEADS: Final = word_set("name title label text code type id slug key value display")
_PHRASES: Final = frozenset(
    tuple(phrase.split())
    for phrase in """job title, job function, job role, job level, shipping method, payment method,
    delivery method, payment type, card brand, card type, time zone, mp lib, os name,
    user agent, raw user agent, el text, utm source, utm medium, utm campaign, utm term, utm content, event name, aria label""".replace(
        "\n", " "
    ).split(",")
)
_MEASURES: Final = word_set("""count counts total amount price cost value revenue tax shipping discount balance fee ms millis
    milliseconds second seconds sec minute minutes duration time size bytes byte kb mb width height
    depth length quantity qty score rate ratio percent percentage index rank limit offset
    latency views clicks users employees followers visits sessions timestamp ts at date created updated modified
    expires expiry sku upc ean gtin isbn asin barcode mpn version build revision epoch
    uptime memory heap disk usage tokens nonce seed crc checksum sequence seq
    subtotal profit margin budget spend impressions mileage population area volume
    weight distance steps calories points hits year month day hour""")
"""Last words of keys that hold numbers of things, and times."""

_THINGS_WITH_IDS: Final = word_set("""order product item cart checkout invoice transaction payment refund charge variant sku
    subscription plan campaign ad adset creative experiment feature flag event message request trace
    span job task build deployment commit release ticket issue page screen session template category collection
    store shop location warehouse shipment parcel tracking coupon promotion listing booking
    reservation article post video course lesson file document project workspace team
    organization organisation org company group tenant insert correlation parent root external
    batch run pipeline workflow conversation thread chat receipt purchase quote lead deal
    form survey question object entity record row resource""")
_NUMBERINGS: Final = word_set("id no number code ref reference uuid guid key sku")
_MOST_WORDS: Final = 3
"""More words are a sentence, which may name somebody."""
_LONGEST: Final = 64


def holds_labels(words: tuple[str, ...]) -> bool:
    """Whether a key of these canonical words holds labels."""
    if not words:
        return False
    if words[-2:] in _PHRASES or words[-1] in _LABELS:
        return True
    return len(words) > 1 and words[-1] in _HEADS and words[-2] in _NAMED


def is_short(text: str) -> bool:
    """Whether a text is short enough for a label, and not called after its owner."""
    if "'s " in text or "\u2019s " in text:
        return False
    return len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS


def measures(words: tuple[str, ...]) -> bool:
    """Whether a key of these canonical words holds measures, amounts, or times."""
    return bool(words) and words[-1] in _MEASURES


def counts_things(words: tuple[str, ...]) -> bool:
    """Whether a key of these canonical words holds numbers of things, times, or ids of things."""
    if measures(words):
        return True
    return len(words) > 1 and words[-1] in _NUMBERINGS and words[-2] in _THINGS_WITH_IDS
