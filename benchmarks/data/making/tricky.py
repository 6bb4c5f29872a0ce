"""Families that lead astray: harmless values that look personal, personal ones under poor keys."""

from __future__ import annotations

from typing import Any

from making.numbers import card
from making.scene import Scene, message
from making.template import no, online, secret, text, yes


def poor_keys(s: Scene) -> dict[str, Any]:
    """Identifiers under keys that say nothing, where their form must tell."""
    p = s.person()
    lat, lng = s.ids.position()
    key = s.ids.api_key()
    properties = s.some(
        4,
        value=s.pick(yes("email", p.email), yes("phone", p.phone) if p.phone.startswith("+") else yes("email", p.email)),
        label=yes("person", p.name),
        data=s.pick(yes("email", p.email), online("ip", s.ids.ipv4()), secret("api key", key)),
        field_1=yes("person", p.written_name),
        field_2=yes("email", p.email),
        detail=yes("card number", card(s.rng)),
        param=secret("jwt", s.ids.jwt(p.user_id)),
        who=yes("person", p.name),
        q=s.pick(yes("email", p.email), yes("person", p.name), s.h("query")),
        search_query=s.pick(yes("person", p.name), s.h("query"), yes("email", p.email)),
        input=s.pick(yes("address", p.address), s.h("sentence")),
        payload=yes("email", f'{{"user":{{"email":"{p.email}"}},"n":1}}', p.email),
        raw=yes("email", f"name=x&email={p.email.replace('@', '%40')}&plan=pro", p.email),
        extra=online("coordinates", f"{lat}, {lng}"),
        result=s.h("status"),
        type=s.h("enum"),
        n=s.h.count(),
        path=s.pick(yes("email", f"/users/{p.email}/edit", p.email), s.h("path"), yes("handle", f"/u/{p.handle.strip('@')}/posts", p.handle.strip("@"))),
        url=s.pick(yes("email", f"https://app.vela.app/reset?email={p.email.replace('@', '%40')}&step=2", p.email),
                   secret("password in text", f"https://admin:{(w := s.ids.password().replace(' ', ''))}@intranet.example.com/", w), s.h("url")),
        distinct_id=s.pick(yes("email", p.email), online("visitor id", s.ids.visitor())),
    )  # fmt: skip
    return message(
        "track",
        s.pick("Custom Event", "form_field_changed", "Search"),
        p.user_id,
        properties=properties,
    )


def named_things(s: Scene) -> dict[str, Any]:
    """Things with names, ids and addresses of their own: all harmless."""
    properties = s.some(
        10,
        name=s.h("product"),
        product_name=s.h("product"),
        event_name=s.h("event"),
        campaign_name=s.h("campaign"),
        feature={"name": s.h("feature"), "id": s.h.thing_id(), "type": s.h("enum")},
        plan={"id": s.h.thing_id(), "name": s.h("plan")},
        experiment={"name": s.h("experiment"), "variant": s.h("enum")},
        organization_name=s.h("company"),
        app_name=no("product", s.pick("Vela", "Initech Global", "Calm", "Robinhood")),
        host_name=no("domain", s.pick("web-01", "api.northwind.io", "edge-fra-7")),
        file_name=s.h("file name"),
        page_title=s.h("page"),
        title=s.h("title"),
        city_tier=s.h("enum"),
        email_template=no("feature", s.pick("Welcome Mail", "invoice_reminder")),
        email_verified=s.h.flag(),
        email_count=s.h.count(),
        has_phone=s.h.flag(),
        phone_verified=s.h.flag(),
        address_count=s.rng.randint(0, 5),
        password_strength=s.pick("strong", "weak"),
        token_count=s.h.count(),
        tokens_used=s.h.large(),
        session_count=s.h.count(),
        session_duration=s.h.large(),
        user_count=s.h.count(),
        user_type=s.pick("admin", "trial"),
        user_agent=s.h("user agent"),
        ip_version=s.pick("v4", "v6"),
        device_type=s.h("device type"),
        name_length=s.rng.randint(1, 40),
        first_seen=s.h.time(),
        last_name_changed=s.h.flag(),
        contact_method=s.pick("email", "phone"),
        location_type=s.pick("store", "warehouse"),
        store_name=no("company", s.pick("Nordstrom Downtown", "MediaMarkt Alexanderplatz", "Target #2041")),
        card_type=s.pick("visa", "gift card"),
        key=s.pick("Enter", "theme", "ArrowLeft"),
        secret_santa=s.h.flag(),
        author_count=s.rng.randint(1, 9),
    )  # fmt: skip
    return message("track", s.h("event").value, s.ids.uuid(), properties=properties)


def numbers(s: Scene) -> dict[str, Any]:
    """Ids, sums and codes of things that have as many digits as a phone or a card."""
    properties = s.some(
        10,
        order_id=s.h.thing_id(),
        order_number=s.h.number_id(),
        cart_id=s.h.thing_id(),
        invoice_id=s.h.thing_id(),
        transaction_id=s.h.thing_id(),
        product_id=s.h.number_id(),
        sku=s.h.thing_id(),
        ean=no("id of a thing", f"40{s.rng.randrange(10**10, 10**11)}"),
        isbn=no("id of a thing", f"978-3-16-{s.rng.randrange(10**5, 10**6)}-0"),
        tracking_number=no("id of a thing", f"1Z{s.ids.chars('ABCDEFGH0123456789', 16)}"),
        bytes=s.h.large(),
        memory_used=s.h.large(),
        views=s.h.large(),
        revenue_cents=s.h.large(),
        population=s.h.large(),
        views_text=no("large number", f"{s.rng.randrange(10**6, 10**9):,}"),
        timestamp=s.h.time(),
        ts=no("timestamp", 1_760_000_000 + s.rng.randrange(10**7)),
        started_at=s.h.time(),
        updated=s.h.time(),
        duration=no("large number", f"{s.rng.randrange(10**6)}.{s.rng.randrange(10**6)}"),
        version=s.h("version"),
        build=no("version number", f"{s.rng.randrange(10**7, 10**8)}"),
        commit=s.h.hash(),
        checksum=s.h.hash(),
        etag=no("hash", f'W/"{s.ids.hex(16)}"'),
        color=s.h("colour"),
        ratio=s.h.share(),
        score=s.h.share(),
        model_number=no("id of a thing", s.pick("WH-1000XM5", "RTX 4090", "A2342")),
        error_code=no("error", s.pick("0x80070005", "E-10423", "HTTP 503")),
        dimension=no("size", s.pick("1920x1080", "210 x 297 mm", "12.5 in")),
        range=no("size", s.pick("10-20", "2024-2025", "1-100")),
        quarter=s.pick("Q3 2025", "2025-Q1", "FY26"),
        flight=no("id of a thing", s.pick("LH 2034", "UA1178")),
        build_id=s.h.uuid(),
        request_id=s.h.uuid(),
        correlation_id=s.h.uuid(),
        insert_id=s.h.uuid(),
        percent=no("large number", f"{s.rng.randint(1, 99)}.{s.rng.randint(0, 9)}%"),
    )  # fmt: skip
    return message("track", s.pick("Report Viewed", "export.finished", "Inventory Synced"), s.ids.uuid(),
                   properties=properties)  # fmt: skip


def chat(s: Scene) -> dict[str, Any]:
    """Open text in several voices, with and without people."""
    p, o = s.person(), s.person()
    b = p.born
    patterns = (
        lambda: text("hey its {} from apt 4, lost my key again", yes("first name", p.first.lower()), keep=("lost my key again",)),
        lambda: text("{} told {} to reset the router", yes("first name", p.first), yes("first name", o.first), keep=("reset the router",)),
        lambda: text("My SSN is {}, is that enough?", yes("national id", f"{s.rng.randint(100, 665)}-{s.rng.randint(10, 99)}-{s.rng.randint(1000, 9999)}"), keep=("is that enough?",)),
        lambda: text("born {} in {}", yes("birth date", s.pick(f"{b:%d/%m/%Y}", f"{b:%B %d, %Y}", b.isoformat())), yes("city", p.city)),
        lambda: text("ship it to {} please", yes("address", p.address), keep=("please",)),
        lambda: text("username {} cannot log in since the update", yes("handle", p.handle), keep=("cannot log in since the update",)),
        lambda: text("Request from {} blocked by rule 12", online("ip", s.ids.ipv4()), keep=("blocked by rule 12",)),
        lambda: text("pw: {} and the login is {}", secret("password", s.ids.chars("abcdefghjkmnpqrstuvwxyzABCDEFGH23456789", 12) + "!"), yes("email", p.email)),
        lambda: text("token={} expired", secret("api key", s.ids.api_key()), keep=("expired",)),
        lambda: text("Mrs. {} would like an invoice for May", yes("person", p.last), keep=("would like an invoice for May",)),
        lambda: text("Herr {} hat angerufen, bitte Rückruf", yes("person", p.last), keep=("hat angerufen",)),
        lambda: text("ask @{} on slack", yes("handle", p.handle.strip("@")), keep=("on slack",)),
        lambda: text("meet me at {} ({}, {})", yes("street", p.street), *(online("coordinates", x) for x in s.ids.position())),
        lambda: text("IBAN {} ist falsch", yes("iban", s.pick("DE89 3704 0044 0532 0130 00", "FR1420041010050500013M02606"))),
        lambda: no("plain text", "The new dashboard loads in 2.3 seconds, nice work team!"),
        lambda: no("plain text", "Upgrade from Basic to Premium saved us 40% in March."),
        lambda: no("plain text", "Error 0x80070005 when opening report.pdf on Windows 11"),
        lambda: no("plain text", "what's the difference between Pro and Enterprise?"),
        lambda: no("plain text", "Add 2 cups of flour, bake at 180 degrees for 35 minutes"),
        lambda: s.h("sentence"),
        lambda: s.h("sentence"),
    )  # fmt: skip
    properties = {
        s.pick("message", "text", "note", "transcript", "question", "content"): s.rng.choice(patterns)(),
        s.pick("reply", "answer", "details", "reason"): s.rng.choice(patterns)(),
        **s.some(2, channel=s.h("utm medium"), sentiment=s.pick("positive", "neutral"), bot=s.h.flag(),
                 length=s.h.count(), locale=s.h("locale"), topic=s.h("feature"), thread_ts=no("timestamp", f"17{s.rng.randrange(10**7, 10**8)}.{s.rng.randrange(10**5, 10**6)}")),
    }  # fmt: skip
    return message("track", s.pick("Message Sent", "note_added"), p.user_id, properties=properties)


FAMILIES = (poor_keys, poor_keys, named_things, named_things, numbers, chat, chat, chat)
