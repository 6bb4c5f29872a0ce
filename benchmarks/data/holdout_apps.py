# ruff: noqa: D103 - the name of a family says whose events it makes
"""Holdout events shaped like what applications send: plain calls, free text, and hard cases."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from holdout_labels import Leaf, direct, harmless, online, secret
from holdout_maker import (
    AGENTS,
    BUTTONS,
    CAMPAIGNS,
    CATEGORIES,
    COLOURS,
    COMPANIES,
    COUNTRY_VALUES,
    CURRENCIES,
    FEATURES,
    PAGES,
    PATHS,
    PLANS,
    ROLES,
    TITLES,
    VENDORS,
    Maker,
    named,
)
from holdout_people import Person, ascii_of, card, iban, national_id

Json = dict[str, Any]


def prose(kind: str, template: str, *items: str | Person) -> Leaf:
    """A text with people's data in its gaps; a person stands for the full name.

    `kind` is that of the gaps which are neither persons nor mail addresses nor numbers.
    """
    found: dict[str, list[str]] = {}
    for item in items:
        if isinstance(item, Person):
            found.setdefault("text.person", []).extend(
                named("", item.full, item.first, item.last).parts
            )
        else:
            found.setdefault(_kind_in_text(kind, item), []).append(item)
    whole = template.format(*(item.full if isinstance(item, Person) else item for item in items))
    (first, parts), *others = ((one, tuple(dict.fromkeys(texts))) for one, texts in found.items())
    return Leaf(whole, first, "direct", parts, tuple(others))


def _kind_in_text(kind: str, item: str) -> str:
    if "@" in item:
        return "text.email"
    if kind in {"text.person", "text.prompt", "text.search"}:
        return "text.phone" if sum(char.isdigit() for char in item) > 6 else "text.person"
    return kind


def track(m: Maker, event: str, properties: Json, context: Json | None = None) -> Json:
    """A track call."""
    made: Json = {
        "type": "track",
        "event": event,
        "userId": m.raw_user_id(),
        "properties": properties,
    }
    if context is not None:
        made["context"] = context
    return made


def message(m: Maker) -> Leaf | str:
    """A short text as people type it into chats and forms; about half name or reach somebody."""
    a, b = m.who, m.other()
    return m.pick(
        (
            prose("text.person", "hey {} can you call me back? {}", b.first, a.phone),
            prose("text.person", "Hello, my name is {} and my order has not arrived yet.", a),
            prose("text.email", "please change the login to {} asap", a.email),
            direct(
                "text.address",
                f"I moved. New address is {a.address}, please update before shipping",
                *m.address().parts,
            ),
            prose("text.person", "Spoke with {} from accounting, she will pay on Friday.", b),
            prose("text.phone", "ring me on {} after 6", a.phone),
            prose(
                "text.person",
                "Sehr geehrte Frau {}, anbei die Rechnung. Mit freundlichen Grüßen, {}",
                b.last,
                a,
            ),
            prose(
                "text.person",
                "Bonjour, je m'appelle {} et je n'arrive pas à me connecter avec {}",
                a,
                a.email,
            ),
            prose("text.person", "Hola, soy {}, mi teléfono es {}", a, a.phone),
            prose("text.person", "thanks {}!! see you at the demo", b.first.lower()),
            prose(
                "text.person", "Dzień dobry, nazywam się {} i proszę o fakturę na {}", a, a.email
            ),
            prose("text.person", "Buongiorno, sono {}, potete chiamarmi al {}?", a, a.phone),
            prose("text.person", "{}です。注文の変更をお願いします。", a.native)
            if a.native != a.full
            else prose("text.person", "Olá, sou {} e perdi o acesso", a),
            prose("text.card", "my card {} got charged twice!", card(m.rng)),
            prose(
                "text.person", "{} asked {} to review the budget before Monday", b.first, m.other()
            ),
            prose("text.address", "pls ship to {} instead", a.line),
            prose("text.handle", "my username is {} and I can't get in", a.handle),
            prose("text.national_id", "the number you need is {}", national_id(m.rng)[1]),
            spoken_password(m),
            "Great, thank you! That fixed it.",
            "Works now, thanks",
            "Bardzo dobra aplikacja, polecam",
            "Muito bom, recomendo!",
            "Please add support for webhooks.",
            "5 stars",
            "The export has been stuck at 90% since this morning.",
            "Come posso cambiare la lingua?",
            "error 502 again, third time this week",
            "Ça marche, merci beaucoup",
            "The app keeps crashing when I open settings.",
            "Wo finde ich meine Rechnungen?",
            "Love the new design, much faster now",
            "Is there a discount for annual plans?",
            "¿Cuándo llega mi pedido?",
            "It would be nice to have a dark mode.",
            "Too expensive for what it does",
            "Can I pay by invoice?",
            "How many seats are included in the Pro plan?",
        )
    )


def spoken_password(m: Maker) -> Leaf:
    """A password told in a chat."""
    word = m.password().value
    template = m.pick(
        (
            "login works with {} on my phone but not on the laptop",
            "the password is {}, please check it yourself",
            "user is admin, pw: {}",
        )
    )
    return secret("text.secret", template.format(word), word)


def support_ticket(m: Maker) -> Json:
    agent = m.other()
    properties: Json = {
        "ticket_id": m.number(1000, 99999),
        "subject": m.pick(
            (
                "Refund request",
                "Cannot log in",
                "Invoice question",
                prose("text.person", "Call back {} re: contract", m.who),
            )
        ),
        "description": message(m),
        "status": m.pick(("new", "open", "pending", "solved")),
        "priority": m.pick(("low", "normal", "high")),
        "channel": m.pick(("web", "email", "chat")),
        "tags": ["billing", "refund"],
        "satisfaction_score": m.number(1, 5),
        "first_reply_minutes": m.number(1, 400),
        "created_at": m.time(),
    }
    properties |= m.pick(
        (
            {
                "requester": {"name": m.full(), "email": m.email(), "locale": "en"},
                "assignee": {"name": m.full(agent), "group": "Tier 2"},
            },
            {"requester_id": m.user_id(), "assignee_id": m.user_id(), "group": "Billing"},
            {
                "requester_name": m.full(),
                "assigned_to_name": m.full(agent),
                "assigned_to": m.user_id(),
            },
            {"assignee": m.last(agent), "reporter": m.last(), "team": "Payments"},
            {"agent": m.full(agent), "customer": m.full(), "customer_phone": m.phone()},
        )
    )
    return track(m, "Ticket Created", properties, m.context() if m.chance(0.4) else None)


def crm_task(m: Maker) -> Json:
    other = m.other()
    properties: Json = {
        "task_id": f"TASK-{m.number(1, 9999)}",
        "title": m.pick(
            (
                "Prepare quarterly review",
                "Send proposal",
                prose("text.person", "Follow up with {}", other),
            )
        ),
        "stage": m.pick(("Discovery", "Proposal", "Closed Won")),
        "deal_value": m.number(1000, 90000),
        "currency": m.pick(CURRENCIES),
        "due_date": m.day(),
        "pipeline": "Enterprise",
        "company_name": harmless("company", m.pick(COMPANIES)),
        "labels": ["upsell", "q3"],
    }
    properties |= m.pick(
        (
            {"owner": m.full(other), "created_by": m.email()},
            {"ownerName": m.full(other), "contactName": m.full(), "contactEmail": m.email()},
            {"sales_rep": m.last(other), "lead_name": m.full(), "lead_phone": m.phone()},
            {
                "assignees": [m.full(other), m.full(m.other())],
                "watchers": [m.handle(), m.handle(other)],
            },
            {
                "createdByName": m.full(),
                "approvedBy": m.full(other),
                "approver_email": m.email(other),
            },
            {"technician_name": m.full(other), "technician_phone": m.phone(other)},
        )
    )
    return track(m, m.pick(("task_assigned", "Deal Stage Changed", "lead.converted")), properties)


def chat(m: Maker) -> Json:
    properties: Json = {
        "conversation_id": m.uuid(),
        "channel": m.pick(("general", "support", "sales-eu")),
        "message": message(m),
        "message_length": m.number(5, 300),
        "has_attachment": m.chance(0.3),
        "sentiment": m.pick(("positive", "neutral", "negative")),
        "language": "en",
        "bot_confidence": round(m.rng.random(), 2),
    }
    if m.chance(0.5):
        properties |= {"sender_name": m.full(), "sender_type": "visitor"}
    if m.chance(0.3):
        properties["history"] = [
            {"role": "user", "text": message(m)},
            {"role": "bot", "text": "Happy to help! What is your order number?"},
        ]
    return track(m, "chat_message_sent", properties)


def llm(m: Maker) -> Json:
    asked = m.pick(
        (
            prose(
                "text.place",
                "Write a birthday card for my colleague {} who lives in {}.",
                m.other(),
                m.who.city,
            ),
            prose(
                "text.prompt",
                "Summarise this mail: From: {} <{}> Subject: Contract. Dear team, please find attached the draft.",
                m.who,
                m.who.email,
            ),
            prose(
                "text.birth_date",
                "Extract the fields from: {}, born {}, mail {}",
                m.who,
                f"{m.who.born[2]:02d}.{m.who.born[1]:02d}.{m.who.born[0]}",
                m.who.email,
            ),
            prose(
                "text.address",
                "Draft a reply to {} who complained about late delivery to {}",
                m.other(),
                m.who.line,
            ),
            prose(
                "text.prompt",
                "What should I text my landlord {}? His number is {}",
                m.other().last,
                m.other().phone,
            ),
            prose(
                "text.prompt", "rewrite: hi im {}, ping me at {}", m.who.first.lower(), m.who.email
            ),
            "Summarize the following article in three bullet points.",
            "Suggest five names for a coffee shop",
            "Write a SQL query that counts orders by month",
            "Explain recursion like I am five",
            "Translate to French: where is the train station?",
        )
    )
    properties: Json = {
        "$ai_model": m.pick(
            ("gpt-4o-mini", "claude-3-5-sonnet", "mistral-large", "gemini-1.5-pro")
        ),
        "$ai_provider": m.pick(("openai", "anthropic", "google")),
        "$ai_trace_id": m.uuid(),
        "$ai_span_name": "summarize_text",
        "$ai_input": [
            {"role": "system", "content": "You are a helpful assistant."},
            {"role": "user", "content": asked},
        ],
        "$ai_input_tokens": m.number(10, 900),
        "$ai_output_choices": [{"role": "assistant", "content": "Sure, here is a first draft."}],
        "$ai_output_tokens": m.number(10, 900),
        "$ai_latency": 1.5,
        "$ai_stream": True,
        "$ai_temperature": 0.7,
        "$ai_http_status": 200,
        "$ai_base_url": "https://api.openai.com/v1",
    }
    return track(m, "$ai_generation", properties)


def cli_telemetry(m: Maker) -> Json:
    user = ascii_of(m.who.first)
    if m.chance(0.4):
        user = ascii_of(m.who.first)[0] + ascii_of(m.who.last)
    home = m.pick((f"/Users/{user}", f"/home/{user}", f"C:\\Users\\{user}"))
    gap = "\\" if home.startswith("C:") else "/"
    project = home + gap + gap.join(("projects", "webshop"))
    properties: Json = {
        "command": m.pick(("build", "init --template react", "deploy --prod", "migrate")),
        "exit_code": m.number(0, 2),
        "duration_ms": m.number(20, 90_000),
        "cli_version": "4.12.0",
        "node_version": "v20.11.1",
        "os": m.pick(("darwin", "linux", "win32")),
        "arch": "arm64",
        "ci": False,
        "package": "@acme/ui@2.3.1",
        "flags": ["--verbose", "--no-cache"],
        "cwd": direct("path.user", project, user),
    }
    properties |= m.pick(
        (
            {
                "error_message": direct(
                    "path.user",
                    f"ENOENT: no such file or directory, open '{project}{gap}package.json'",
                    user,
                )
            },
            {
                "error": direct(
                    "path.user",
                    f"PermissionError: [Errno 13] Permission denied: '{home}{gap}.cache{gap}tool.lock'",
                    user,
                )
            },
            {
                "username": direct("handle", user),
                "hostname": direct("device_name", f"{user}s-MacBook-Pro.local", user),
            },
            {
                "git_user_email": m.email(),
                "git_remote": "git@github.com:vercel/next.js.git",
                "git_branch": "feature/checkout-v2",
            },
            {
                "error_message": "Module not found: Can't resolve './components/Header'",
                "stack": "at Object.<anonymous> (/app/src/index.js:14:9)",
            },
        )
    )
    return track(m, "command_executed", properties)


def exception(m: Maker) -> Json:
    user = ascii_of(m.who.first)
    value: Any = m.pick(
        (
            prose(
                "text.email",
                'IntegrityError: duplicate key value violates unique constraint "users_email_key" DETAIL: Key (email)=({}) already exists.',
                m.who.email,
            ),
            prose(
                "text.email", "SMTPRecipientsRefused: {{'{}': (550, b'User unknown')}}", m.who.email
            ),
            direct("path.user", f"FileNotFoundError: '/home/{user}/app/config.yml'", user),
            prose("text.handle", "User {} is not part of group docker", m.who.handle),
            "TypeError: Cannot read properties of undefined (reading 'map')",
            "Timeout of 30000ms exceeded",
            "KeyError: 'shipping_address'",
            "ResizeObserver loop completed with undelivered notifications.",
        )
    )
    frames = [
        {
            "filename": "/app/node_modules/express/lib/router.js",
            "function": "Layer.handle",
            "lineno": m.number(1, 900),
            "in_app": False,
        },
        {
            "filename": "https://cdn.brightloom.app/static/js/main.8f3c2a1b.js",
            "function": "onSubmit",
            "lineno": 1,
            "colno": m.number(100, 90_000),
            "in_app": True,
        },
    ]
    properties: Json = {
        "$exception_list": [
            {
                "type": "Error",
                "value": value,
                "mechanism": {"handled": False, "type": "onerror"},
                "stacktrace": {"type": "raw", "frames": frames},
            }
        ],
        "$exception_level": "error",
        "$lib": "posthog-node",
        "release": "web@2025.6.1",
        "environment": "production",
        "server_name": f"web-{m.number(1, 9)}-7d9f{m.hex(6)}",
        "level": "error",
        "fingerprint": ["{{ default }}", "payment-timeout"],
        "transaction": m.pick(PATHS),
    }
    if m.chance(0.3):
        properties["user"] = {"id": m.user_id(), "email": m.email(), "ip_address": m.ip()}
    if m.chance(0.4):
        word = m.chars(18)
        url = m.pick(
            (
                f"postgres://app:{word}@db.internal:5432/shop",
                f"https://deploy:{word}@registry.solvantis.eu/v2/",
                f"redis://:{word}@cache-1:6379/0",
            )
        )
        properties[m.pick(("database_url", "endpoint", "upstream"))] = secret(
            "basic_auth_url", url, word
        )
    return track(m, "$exception", properties)


def auth_flow(m: Maker) -> Json:
    token = m.chars(43)
    properties: Json = m.pick(
        (
            {"method": "password", "email": m.email(), "password": m.password(), "remember": True},
            {
                "email": m.email(),
                "reset_url": secret(
                    "url.token", f"https://app.kestrel-analytics.io/reset?token={token}", token
                ),
                "expires_in": 3600,
                "template": "password_reset",
            },
            {
                "provider": "google",
                "access_token": m.opaque(),
                "refresh_token": m.opaque(),
                "id_token": m.jwt(),
                "scope": "email profile",
            },
            {
                "username": m.handle(),
                "success": False,
                "reason": "invalid_credentials",
                "attempt": m.number(1, 5),
                "password_strength": "weak",
                "ip": m.ip(),
            },
            {
                "link": secret(
                    "url.token",
                    f"https://www.brightloom.app/auth/verify/{token}?utm_source=email",
                    token,
                ),
                "recipient": m.email(),
                "otp_length": 6,
            },
            {
                "login_method": "sso",
                "idp": "Okta",
                "saml_response_status": "Success",
                "user": {
                    "sub": m.user_id(),
                    "preferred_username": m.handle(),
                    "given_name": m.first(),
                    "family_name": m.last(),
                },
            },
        )
    )
    properties |= {
        "screen": "login",
        "password_reset_requested": m.chance(0.5),
        "two_factor_enabled": m.chance(0.5),
        "auth_provider": "email",
        "session_count": m.number(1, 30),
    }
    return track(
        m,
        m.pick(("login_attempt", "password_reset_requested", "oauth_callback")),
        properties,
        m.web_context() if m.chance(0.4) else None,
    )


def api_request(m: Maker) -> Json:
    headers: Json = {
        "host": "api.kestrel-analytics.io",
        "accept": "application/json",
        "user-agent": m.pick(AGENTS),
        "content-type": "application/json",
        "x-request-id": m.uuid(),
    }
    headers |= m.pick(
        (
            {"authorization": m.jwt("Bearer ")},
            {"x-api-key": m.api_key()},
            {"cookie": m.cookie()},
            {"Authorization": opaque_bearer(m)},
        )
    )
    if m.chance(0.5):
        headers["x-forwarded-for"] = m.ip()
    uid = m.digits(6)
    properties: Json = {
        "method": m.pick(("GET", "POST", "PATCH")),
        "path": m.pick(
            (
                direct("url.user_id", f"/api/v2/users/{uid}/orders", uid),
                "/api/v2/orders",
                "/healthz",
            )
        ),
        "status": m.pick((200, 201, 404, 500)),
        "latency_ms": m.number(3, 900),
        "trace_id": m.hex(32),
        "span_id": m.hex(16),
        "region": "eu-central-1",
        "headers": headers,
        "response_bytes": m.number(100, 90000),
        "cache": "MISS",
        "api_version": "2024-11-01",
        "token_count": m.number(10, 900),
    }
    return track(m, "api_request", properties)


def opaque_bearer(m: Maker) -> Leaf:
    """A bearer header with an opaque token."""
    token = m.opaque().value
    return secret("token", f"Bearer {token}", token)


def integration_config(m: Maker) -> Json:
    vendor = m.pick(VENDORS)
    properties: Json = {
        "integration": harmless("company", vendor),
        "connected": True,
        "sync_interval_min": 15,
        "config": {
            "api_key": m.api_key(),
            "region": "eu-west-1",
            "retries": 3,
            "webhook_url": "https://hooks.kestrel-analytics.io/in",
        },
        "api_key_created": True,
        "features": [m.pick(FEATURES), m.pick(FEATURES)],
        "key": "Enter",
    }
    if m.chance(0.4):
        body = "".join(m.chars(64) + "\n" for _ in range(3))
        properties["config"]["private_key"] = secret(
            "private_key",
            "-----BEGIN " + "PRIVATE KEY-----\n" + body + "-----END " + "PRIVATE KEY-----",
            *body.split(),
        )
    if m.chance(0.4):
        key = m.api_key().value
        properties["snippet"] = secret(
            "text.secret",
            f"curl -H 'X-Api-Key: {key}' https://api.kestrel-analytics.io/v1/events",
            key,
        )
    if m.chance(0.4):
        properties["connected_by"] = m.pick((m.full(), m.email()))
    return track(m, "Integration Connected", properties)


def appointment(m: Maker) -> Json:
    doctor = m.other()
    properties: Json = {
        "appointment_id": m.uuid(),
        "service": m.pick(("Dental cleaning", "Eye exam", "Physiotherapy")),
        "start": m.time(),
        "duration_min": 30,
        "reminder": "sms",
        "location_type": "in_person",
        "patient_name": m.full(),
        "date_of_birth": m.birth(),
        "phone_number": m.phone(),
        "provider": m.pick((direct("name", f"Dr. {doctor.last}", doctor.last), m.full(doctor))),
        "insurance_plan": "Gold PPO",
        "is_first_visit": m.chance(0.5),
    }
    if m.chance(0.4):
        properties |= {"patient_id": m.user_id(), "notes": message(m)}
    if m.chance(0.3):
        properties["guardian"] = {
            "fullName": m.full(m.other()),
            "relation": "mother",
            "contact": m.phone(),
        }
    return track(m, "Appointment Booked", properties)


def delivery(m: Maker) -> Json:
    driver = m.other()
    properties: Json = {
        "shipmentId": m.uuid(),
        "orderNumber": m.digits(10),
        "carrier": "DHL",
        "weight_kg": 2.4,
        "recipientName": m.full(),
        "recipientEmail": m.email(),
        "eta": m.time(),
        "status": "out_for_delivery",
        "stops": m.number(1, 30),
        "driver": {
            "name": m.full(driver),
            "driver_id": m.user_id(),
            "rating": 4.9,
            "vehicle": "Renault Kangoo",
        },
    }
    properties |= m.pick(
        (
            {"delivery_address": m.address()},
            {
                "dropoff": {
                    "lat": m.latitude(),
                    "lng": m.longitude(),
                    "formatted_address": m.address(),
                }
            },
            {
                "destination": {
                    "addressLine1": m.street(),
                    "addressLine2": "",
                    "town": m.city(),
                    "postCode": m.postcode(),
                    "countryCode": m.who.country.code,
                }
            },
            {
                "pickup_lat": m.latitude(),
                "pickup_lng": m.longitude(),
                "instructions": prose("text.person", "leave it with {} next door", m.other()),
            },
        )
    )
    return track(m, m.pick(("Shipment Created", "ride_completed", "delivery.updated")), properties)


def identity_documents(m: Maker) -> Json:
    key, value = national_id(m.rng)
    properties: Json = {
        "step": m.pick(("document_upload", "selfie", "review")),
        "provider": "in-house",
        "document_type": "passport",
        "result": m.pick(("clear", "consider")),
        "attempts": m.number(1, 3),
        "passport_scan_status": "approved",
        key: direct("national_id", value),
        "birthDate": m.birth(),
        "fullName": m.full(),
        "nationality": m.who.country.name,
        "risk": "low",
    }
    if m.chance(0.5):
        properties["comment"] = prose(
            "text.national_id", "Applicant gave number {} over the phone", national_id(m.rng)[1]
        )
    return track(m, "kyc_step_completed", properties)


def transfer(m: Maker) -> Json:
    other = m.other()
    properties: Json = {
        "transfer_id": f"tr_{m.chars(16)}",
        "amount": m.price(4000),
        "currency": m.pick(CURRENCIES),
        "scheme": "SEPA",
        "fee": 0.35,
        "beneficiary_name": m.full(other),
        "iban": direct("iban", iban(m.rng)),
        "bic": "COBADEFFXXX",
        "reference": m.pick(
            ("Invoice 2025-0417", "Rent June", prose("text.person", "gift for {}", m.other()))
        ),
        "status": "settled",
        "card_type": "visa",
        "instant": True,
    }
    if m.chance(0.5):
        properties |= {"card_number": direct("card", card(m.rng)), "cardholder": m.full()}
    if m.chance(0.3):
        properties["memo"] = prose("text.iban", "please refund to {} thanks", iban(m.rng))
    return track(m, "transfer_completed", properties)


def search_query(m: Maker) -> Json:
    term = m.pick(
        (
            named(
                "text.search",
                f"{m.who.first} {m.who.last}".lower(),
                m.who.first.lower(),
                m.who.last.lower(),
            ),
            direct("text.search", m.who.email),
            prose("text.search", "orders {}", m.who.email),
            direct("text.search", m.who.phone),
            harmless("search_query", "red wine under 20"),
            harmless("search_query", "how to cancel subscription"),
            harmless("search_query", "size chart"),
            harmless("search_query", "amber necklace"),
            harmless("search_query", "jordan 1 low size 9"),
            harmless("search_query", "status:open priority:high"),
            harmless("search_query", "laptop stand aluminium"),
        )
    )
    properties: Json = {
        "query": term,
        "results_count": m.number(0, 400),
        "filters": {"category": m.pick(CATEGORIES), "min_price": 10, "in_stock": True},
        "sort": "relevance",
        "page": m.number(1, 5),
        "position_clicked": m.number(1, 20),
        "search_type": "typeahead",
        "took_ms": m.number(3, 200),
        "index": "products_v7",
        "query_length": m.number(3, 30),
    }
    return track(m, "Search Performed", properties, m.context() if m.chance(0.4) else None)


def json_string(m: Maker) -> Json:
    inner: Json = {
        "user": {"email": m.who.email, "name": m.who.full, "phone": m.who.phone},
        "plan": "pro",
        "seats": 4,
    }
    ascii_only = m.chance(0.3)
    body = json.dumps(inner, ensure_ascii=ascii_only)
    inside = tuple(
        json.dumps(part, ensure_ascii=ascii_only)[1:-1]
        for part in (m.who.email, m.who.last, m.who.phone)
    )
    quiet = json.dumps(
        {"items": [{"sku": m.digits(6), "qty": 2}], "currency": "EUR", "gift": False}
    )
    properties: Json = {
        "endpoint": m.pick(PATHS),
        "payload": Leaf(
            body,
            "json.email",
            "direct",
            inside[:1],
            (("json.person", inside[1:2]), ("json.phone", inside[2:])),
        ),
        "response": quiet,
        "status_code": 200,
        "retry": 0,
        "form_data": direct(
            "query.email",
            f"email={m.who.email.replace('@', '%40')}&newsletter=on&plan=team",
            m.who.email.replace("@", "%40"),
        ),
        "schema_version": "1-0-3",
        "content_length": m.number(50, 900),
        "queue": "webhooks-high",
        "attempt": m.number(1, 5),
    }
    return track(m, "webhook_delivered", properties)


def local_keys(m: Maker) -> Json:
    who = m.who
    born = f"{who.born[2]:02d}/{who.born[1]:02d}/{who.born[0]}"
    traits: Json = m.pick(
        (
            {
                "nombre": m.first(),
                "apellidos": m.last(),
                "correo": m.email(),
                "telefono": m.phone(),
                "direccion": m.address(),
                "ciudad": m.city(),
                "codigo_postal": m.postcode(),
                "idioma": "es",
                "moneda": "EUR",
            },
            {
                "vorname": m.first(),
                "nachname": m.last(),
                "strasse": m.street(),
                "plz": m.postcode(),
                "ort": m.city(),
                "telefonnummer": m.phone(),
                "geburtsdatum": direct("birth_date", born),
                "kundennummer": m.user_id(),
                "sprache": "Deutsch",
                "tarif": "Premium",
            },
            {
                "prenom": m.first(),
                "nom": m.last(),
                "courriel": m.email(),
                "adresse": m.street(),
                "ville": m.city(),
                "code_postal": m.postcode(),
                "date_naissance": direct("birth_date", born),
                "abonnement": "annuel",
            },
            {
                "nome": m.first(),
                "sobrenome": m.last(),
                "celular": m.phone(),
                "endereco": m.street(),
                "cidade": m.city(),
                "cep": m.postcode(),
                "plano": "pro",
                "valor": m.price(),
            },
            {
                "imie": m.first(),
                "nazwisko": m.last(),
                "telefon": m.phone(),
                "miasto": m.city(),
                "kod_pocztowy": m.postcode(),
                "zgoda_marketing": True,
                "jezyk": "pl",
            },
            {
                "姓名": direct("name", who.native),
                "手机": m.phone(),
                "邮箱": m.email(),
                "城市": m.city(),
                "会员等级": "gold",
                "积分": m.number(1, 900),
            },
        )
    )
    traits |= {"created_at": m.time(), "version": "2.4.1", "active": True}
    return {"type": "identify", "userId": m.raw_user_id(), "traits": traits}


def glued_ids(m: Maker) -> Json:
    who = m.who
    slug = f"{ascii_of(who.first)}_{ascii_of(who.last)}"
    properties: Json = {
        "actor": direct("glued", f"user:{who.email}", who.email),
        "cache_key": m.pick(
            (direct("glued", f"profile/{slug}/{who.born[0]}", slug), f"catalog:v3:{m.hex(8)}")
        ),
        "dedupe": direct("glued", f"{who.email}|signup|{m.epoch()}", who.email),
        "storage_key": direct("glued", f"uploads/{who.handle}/avatar.png", who.handle),
        "attachment": m.pick(
            (
                direct("file_name", f"CV_{who.first}_{who.last}_2025.pdf", who.last),
                "invoice_2025_03.pdf",
                "IMG_2041.HEIC",
            )
        ),
        "topic": "orders.created.v2",
        "partition": m.number(0, 11),
        "event_key": f"order#{m.digits(8)}",
        "bucket": "s3://brightloom-exports/daily/2025-06-01/part-0001.parquet",
        "etag": m.hex(32),
        "git_sha": m.hex(40),
        "checksum": m.hex(64),
    }
    return track(m, "object_stored", properties)


def form(m: Maker) -> Json:
    fields = [
        ("first_name", m.first()),
        ("last_name", m.last()),
        ("email", m.email()),
        ("phone", m.phone()),
        ("company", harmless("company", m.pick(COMPANIES))),
        ("message", message(m)),
        ("country", m.pick(COUNTRY_VALUES)),
        ("newsletter", "yes"),
        ("budget", "10-50k"),
        ("job_title", m.pick(TITLES)),
    ]
    chosen = m.rng.sample(fields, 6)
    properties: Json = {
        "form_id": "contact-us",
        "form_name": "Contact sales",
        "fields_filled": 6,
        "validation_errors": ["email is required", "phone is invalid"],
        "missing_fields": ["first_name", "email"],
        "time_to_complete_s": m.number(5, 300),
        "submit_label": m.pick(BUTTONS),
    }
    style = m.number(0, 2)
    if style == 0:
        properties["values"] = dict(chosen)
    elif style == 1:
        properties["fields"] = [{"name": name, "value": value} for name, value in chosen]
    else:
        properties |= {f"field_{name}": value for name, value in chosen}
    return track(m, "Form Submitted", properties, m.web_context() if m.chance(0.5) else None)


def social(m: Maker) -> Json:
    other = m.other()
    at = f"@{other.handle}"
    properties: Json = {
        "action": m.pick(("follow", "mention", "share", "comment")),
        "post_id": m.digits(12),
        "network": m.pick(("instagram", "mastodon", "x")),
        "likes": m.number(0, 900),
        "author": m.handle(),
        "target_user": direct("handle", at, other.handle),
        "hashtags": ["#hiking", "#slowfood"],
        "profile": online(
            "profile_url", f"https://www.instagram.com/{m.who.handle}/", m.who.handle
        ),
        "is_verified": False,
        "media_type": "video",
        "followers_count": m.number(3, 9000),
    }
    properties["text"] = m.pick(
        (
            direct("text.handle", f"thanks {at} for the tip!", other.handle),
            "what a sunset",
            "new recipe is up, link in bio",
        )
    )
    if m.chance(0.4):
        properties |= {
            "displayName": m.full(),
            "telegram": m.handle(prefix="@"),
            "discord": direct("handle", f"{m.who.handle}#{m.digits(4)}", m.who.handle),
        }
    return track(m, "social_action", properties)


def meeting(m: Maker) -> Json:
    people = [m.other() for _ in range(2)]
    properties: Json = {
        "meeting_id": m.digits(11),
        "platform": "zoom",
        "duration_min": m.number(15, 90),
        "recurring": m.chance(0.4),
        "recording": False,
        "timezone": m.who.country.zone,
        "title": m.pick(
            (
                "Weekly sync",
                "Design review",
                prose("text.person", "1:1 {} / {}", people[0].first, m.who.first),
                prose("text.person", "Interview with {}", people[1]),
            )
        ),
        "organizer": m.email(),
        "attendees": [
            {
                "email": m.email(p),
                "displayName": m.full(p),
                "responseStatus": "accepted",
                "optional": False,
            }
            for p in people
        ],
        "room": "Board room 3",
        "agenda_items": 4,
    }
    return track(m, "meeting_scheduled", properties)


def hr(m: Maker) -> Json:
    manager = m.other()
    properties: Json = {
        "employee_id": m.user_id(),
        "department": m.pick(("Finance", "Engineering", "People")),
        "position": m.pick(TITLES),
        "start_date": m.day(),
        "contract": "permanent",
        "fte": 0.8,
        "surname": m.last(),
        "forename": m.first(),
        "line_manager": m.full(manager),
        "emergency_contact": {
            "name": m.full(m.other()),
            "phone": m.phone(manager),
            "relationship": "spouse",
        },
        "homeAddress": m.address(),
        "dob": m.birth(),
        "cost_center": "CC-4410",
        "onboarding_step": "equipment",
    }
    if m.chance(0.5):
        properties["candidate_linkedin"] = online(
            "profile_url", f"https://linkedin.com/in/{m.who.slug}", m.who.slug
        )
    return track(m, "employee_onboarded", properties)


def education(m: Maker) -> Json:
    properties: Json = {
        "course_id": f"CS-{m.number(100, 499)}",
        "course_title": m.pick(("Introduction to Python", "Modern Pottery", "Linear Algebra II")),
        "lesson": m.number(1, 20),
        "score": m.number(0, 100),
        "passed": True,
        "student_name": m.full(),
        "student_id": m.user_id(),
        "grade": "B+",
        "parent_email": m.email(m.other()),
        "teacher": m.last(m.other()),
        "language": "en",
        "certificate_id": m.uuid(),
        "time_spent_s": m.number(60, 9000),
    }
    return track(m, "lesson_completed", properties)


def game(m: Maker) -> Json:
    properties: Json = {
        "player_name": m.handle(),
        "playerId": m.user_id(),
        "level": m.number(1, 99),
        "score": m.number(100, 99_999),
        "map": m.pick(("Dust Valley", "Frozen Keep", "Harbor")),
        "weapon": "Longbow",
        "character": m.pick(("Paladin", "Ranger", "Ivy", "Duke")),
        "coins": m.number(0, 9000),
        "opponents": [m.handle(m.other()), m.handle(m.other())],
        "server": "eu-west-2",
        "build": "1.14.2.8801",
        "party_size": 3,
        "device_uuid": m.device_id(),
        "ping_ms": m.number(8, 200),
        "skin": harmless("variant", m.pick(COLOURS)),
    }
    if m.chance(0.3):
        properties["clan_chat"] = message(m)
    return track(m, "match_finished", properties)


def network_event(m: Maker) -> Json:
    properties: Json = {
        "device": {
            "serial_model": "AX-3000",
            "mac_address": m.mac(),
            "firmware": "3.0.0.4.388",
            "uptime_s": m.number(60, 900_000),
        },
        "wifi": {"bssid": m.mac(), "channel": 36, "rssi": -61, "band": "5GHz", "security": "WPA3"},
        "client_ip": m.ip(),
        "local_time": m.time(),
        "temperature_c": 21.5,
        "battery_pct": m.number(1, 100),
        "sensor_type": "motion",
        "sensor_id": f"sn-{m.digits(5)}",
        "ip_version": "v6",
        "protocol": "mqtt",
        "latency": [m.number(1, 50), m.number(1, 50)],
    }
    if m.chance(0.4):
        properties["hostname"] = direct(
            "device_name", f"{ascii_of(m.who.first)}-laptop", ascii_of(m.who.first)
        )
    if m.chance(0.4):
        ip = m.ip().value
        properties["log"] = online("text.ip", f"accepted connection from {ip} port 51234", ip)
    return track(m, "device_report", properties)


def feature_flags(m: Maker) -> Json:
    properties: Json = {
        "flag_key": "checkout-v2",
        "flag_name": "Checkout V2 Redesign",
        "variant": m.pick(("control", "test", "Albert", "new")),
        "experiment": {
            "id": f"exp_{m.number(1, 900)}",
            "name": m.pick(("Grace period test", "Victoria banner", "Price anchor A/B")),
            "started": m.day(),
            "traffic": 0.5,
        },
        "reason": "targeting_match",
        "sdk": "js-3.2.0",
        "$feature/new-nav": True,
        "$feature/theme": m.pick(("Dracula", "Solarized", "Nord")),
        "active_flags": ["new-nav", "ai-summary", "mark-read"],
        "evaluations": m.number(1, 90),
        "font": m.pick(("Georgia", "Helvetica Neue", "Verdana", "Courier New")),
        "accent": m.pick(COLOURS),
        "user_role": m.pick(ROLES),
        "account_age_days": m.number(0, 900),
        "customer_segment": "mid-market",
    }
    return track(m, "flag_evaluated", properties, m.context() if m.chance(0.5) else None)


def media(m: Maker) -> Json:
    properties: Json = {
        "content_asset_id": m.digits(10),
        "title": harmless(
            "title",
            m.pick(
                (
                    "Ten Ways to Cook Rice",
                    "Morning Yoga Flow",
                    "The Deep Sea",
                    "Season 2, Episode 5: Homecoming",
                    "Intro to Watercolour",
                )
            ),
        ),
        "genre": m.pick(("Documentary", "Comedy", "Jazz")),
        "position": m.number(0, 4000),
        "total_length": m.number(60, 7200),
        "bitrate": 4500,
        "quality": "1080p",
        "full_screen": True,
        "sound": 88,
        "ad_type": "pre-roll",
        "ad_asset_id": m.digits(15),
        "video_player": "hls.js 1.5.8",
        "subtitle_language": "Portuguese",
        "publisher": "Brightloom",
        "season": "Spring",
        "rating": "PG-13",
        "livestream": False,
        "playback_speed": 1.25,
        "chapter": "April",
        "channel": "Kids & Family",
    }
    return track(
        m,
        m.pick(("Video Playback Started", "Video Content Playing", "song_skipped")),
        properties,
        m.context() if m.chance(0.5) else None,
    )


def saas_usage(m: Maker) -> Json:
    properties: Json = {
        "feature": harmless("feature", m.pick(FEATURES)),
        "plan": m.pick(PLANS),
        "seats_used": m.number(1, 60),
        "user_count": m.number(1, 60),
        "report": {
            "id": m.uuid(),
            "kind": "funnel",
            "rows": m.number(1, 9000),
            "date_from": m.day(),
            "date_to": m.day(),
            "breakdowns": ["country", "email_domain", "device_type"],
        },
        "export_format": "csv",
        "email_template": "weekly_digest_v3",
        "email_notifications": True,
        "phone_verified": m.chance(0.5),
        "address_type": "billing",
        "contact_method": "phone",
        "has_password": True,
        "name_length": m.number(3, 30),
        "username_available": False,
        "username_length": 8,
        "birthday_discount": 15,
        "location_permission": "granted",
        "card_added": True,
        "session_duration": m.number(10, 4000),
        "workspace_color": m.pick(COLOURS),
        "button": m.pick(BUTTONS),
        "page": m.pick(PAGES),
    }
    for key in m.rng.sample(sorted(properties), 8):
        del properties[key]
    return track(
        m,
        m.pick(("Report Exported", "feature_used", "Dashboard Viewed")),
        properties,
        m.context() if m.chance(0.4) else None,
    )


def billing(m: Maker) -> Json:
    properties: Json = {
        "invoice_id": f"INV-2025-{m.number(1000, 9999)}",
        "invoice_number": m.digits(10),
        "transaction_id": m.pick(("4539578763621486", m.digits(16), m.uuid())),
        "amount_due": m.price(),
        "mrr": m.number(10, 900),
        "currency": m.pick(CURRENCIES),
        "interval": "month",
        "plan_name": m.pick(PLANS),
        "previous_plan": m.pick(PLANS),
        "cancellation_reason": m.pick(
            ("too_expensive", "missing_features", "Switching to another tool")
        ),
        "next_renewal": m.day(),
        "payment_provider": harmless("company", m.pick(VENDORS)),
        "tax_rate": 0.19,
        "vat_included": True,
        "country": m.pick(COUNTRY_VALUES),
        "dunning_step": m.number(1, 4),
        "po_number": f"PO {m.digits(7)}",
        "quantity": m.number(1, 40),
    }
    if m.chance(0.5):
        properties |= {"billing_contact": m.full(), "billing_email": m.email()}
    if m.chance(0.3):
        properties["feedback"] = message(m)
    return track(
        m, m.pick(("Subscription Renewed", "invoice.paid", "Subscription Cancelled")), properties
    )


def campaign(m: Maker) -> Json:
    properties: Json = {
        "campaign_id": m.digits(15),
        "campaign_name": m.pick(CAMPAIGNS),
        "adset_id": m.digits(15),
        "utm_source": "newsletter",
        "utm_medium": "email",
        "utm_campaign": m.pick(CAMPAIGNS),
        "utm_content": m.pick(("hero-cta", "rosa_variant", "text-link")),
        "utm_term": "crm software",
        "subject": m.pick(("Last chance: 20% off", "Your May highlights", "We miss you!")),
        "creative": "carousel_3",
        "audience": "Lookalike 2%",
        "send_time": m.time(),
        "open_rate": 0.34,
        "template": m.pick(("Summer Rose", "Victoria", "plain")),
        "landing_page": m.plain_url(),
        "locale": m.who.country.locale,
        "bid": 1.2,
        "placement": "Instagram Stories",
    }
    if m.chance(0.5):
        key, value = m.click_id()
        properties[key] = online("click_id", value)
    if m.chance(0.4):
        properties["recipient"] = m.email()
    return track(m, "Campaign Clicked", properties, m.context() if m.chance(0.4) else None)


def document(m: Maker) -> Json:
    a, b = m.who, m.other()
    properties: Json = {
        "document_id": m.uuid(),
        "title": m.pick(
            ("Project plan 2025", "Lease agreement", prose("text.person", "Offer letter {}", a))
        ),
        "pages": m.number(1, 40),
        "mime_type": "application/pdf",
        "folder": "Contracts",
        "size_bytes": m.number(1000, 900_000),
        "shared_with": [m.email(b), m.email(m.other())],
        "last_edited_by": m.full(b),
        "permission": "comment",
        "word_count": m.number(10, 9000),
        "version": "v12",
        "status": "signed",
    }
    if m.chance(0.5):
        properties["signers"] = [
            {"full_name": m.full(), "email": m.email(), "signed_at": m.time(), "order": 1}
        ]
    if m.chance(0.3):
        properties["comment"] = message(m)
    return track(m, "Document Shared", properties)


def survey(m: Maker) -> Json:
    properties: Json = {
        "$survey_id": m.uuid(),
        "$survey_name": "NPS Q2",
        "$survey_response": m.number(0, 10),
        "$survey_response_1": message(m),
        "$survey_questions": [
            {
                "id": m.uuid(),
                "question": "How likely are you to recommend us?",
                "response": m.number(0, 10),
            },
            {"id": m.uuid(), "question": "What could we do better?", "response": message(m)},
        ],
        "platform": "web",
        "completed": True,
        "locale": m.who.country.locale,
    }
    if m.chance(0.4):
        properties["respondent"] = m.email()
    return track(m, "survey sent", properties)


def travel(m: Maker) -> Json:
    other = m.other()
    properties: Json = {
        "booking_reference": m.chars(6, "ABCDEFGHJKLMNPQRSTUVWXYZ"),
        "origin": "FRA",
        "destination": "LIS",
        "departure_date": m.day(),
        "return_date": m.day(),
        "cabin": "economy",
        "airline": "TAP",
        "flight_number": f"TP{m.number(100, 999)}",
        "fare_class": "K",
        "total": m.price(900),
        "currency": m.pick(CURRENCIES),
        "passengers": [
            {
                "title": "Ms",
                "given_name": m.first(),
                "surname": m.last(),
                "date_of_birth": m.birth(),
                "type": "adult",
            },
            {
                "title": "Mr",
                "given_name": m.first(other),
                "surname": m.last(other),
                "type": "adult",
            },
        ],
        "baggage": 1,
        "refundable": False,
        "seat": "14C",
        "contact": {"mobile": m.phone(), "mail": m.email()},
    }
    return track(m, "Booking Confirmed", properties)


APP_FAMILIES: dict[str, Callable[[Maker], Json]] = {
    "support ticket": support_ticket, "CRM task": crm_task, "chat": chat, "LLM generation": llm, "CLI telemetry": cli_telemetry, "exception": exception, "auth flow": auth_flow, "API request": api_request, "integration config": integration_config, "appointment": appointment, "delivery": delivery,
    "identity check": identity_documents, "bank transfer": transfer, "search": search_query, "JSON in strings": json_string, "keys in other languages": local_keys, "glued ids": glued_ids, "form": form, "social": social, "meeting": meeting, "HR": hr, "education": education, "game": game, "network device": network_event,
    "feature flags": feature_flags, "media": media, "SaaS usage": saas_usage, "billing": billing, "campaign": campaign, "document": document, "survey": survey, "travel": travel,
}  # fmt: skip
