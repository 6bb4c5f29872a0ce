"""Families of shops and payments."""

from __future__ import annotations

from typing import Any

from making.numbers import card, iban
from making.people import Person
from making.scene import Scene, message
from making.template import no, online, secret, text, yes


def product(s: Scene) -> dict[str, Any]:
    """One line of a cart."""
    return s.some(
        4,
        product_id=s.h.thing_id(),
        sku=s.h.thing_id(),
        name=s.h("product"),
        brand=s.h("brand"),
        category=s.h("category"),
        variant=s.h("colour"),
        price=s.h.price(),
        quantity=s.h.count(),
        coupon=s.h("coupon"),
        position=s.h.count(),
        url=s.h("url"),
        image_url=no("url", f"https://cdn.example.com/img/{s.rng.randrange(10**6)}.jpg"),
    )


def address(s: Scene, p: Person) -> dict[str, Any]:
    """A postal address in one of the usual shapes."""
    name = s.pick(
        {"name": yes("person", p.name)},
        {"first_name": yes("first name", p.first), "last_name": yes("last name", p.last)},
        {},
    )
    street = s.pick(
        {"street": yes("street", p.street)},
        {"line1": yes("street", p.street), "line2": s.pick(None, no("empty", ""))},
        {"address1": yes("street", p.street)},
        {"street_address": yes("street", p.street)},
    )
    region = {s.pick("state", "region", "province"): yes("region", p.region)} if p.region else {}
    return {
        **name,
        **street,
        "city": yes("city", p.city),
        **region,
        s.pick("zip", "postal_code", "postcode", "zip_code"): yes("postal code", p.postcode),
        s.pick("country", "country_code"): no("country", s.pick(p.country_code, p.country)),
        **s.some(0, phone=yes("phone", p.phone), company=s.h("company")),
    }


def order_completed(s: Scene) -> dict[str, Any]:
    """The common e-commerce spec, with the buyer."""
    p = s.person()
    buyer = s.pick(
        {"email": yes("email", p.email)},
        {"customer": s.some(2, name=yes("person", p.name), email=yes("email", p.email),
                            phone=yes("phone", p.phone), id=yes("user id", p.user_id))},
        {"customer_email": yes("email", p.email), "customer_name": yes("person", p.written_name)},
        {"customer_id": yes("user id", p.user_id)},
        {},
    )  # fmt: skip
    places = s.some(0, shipping_address=address(s, p), billing_address=address(s, p))
    properties = {
        **s.some(
            6,
            order_id=s.h.thing_id(),
            checkout_id=s.h.thing_id(),
            affiliation=s.h("affiliation"),
            total=s.h.price(),
            revenue=s.h.price(),
            shipping=s.h.price(),
            tax=s.h.price(),
            discount=s.h.price(),
            coupon=s.h("coupon"),
            currency=s.h("currency"),
            payment_method=s.h("method"),
            shipping_method=s.h("shipping method"),
            is_first_order=s.h.flag(),
            created_at=s.h.time(),
        ),
        **buyer,
        **places,
        "products": [product(s) for _ in s.times(3)],
    }
    return message("track", s.pick("Order Completed", "Order Updated", "order_placed"), p.user_id,
                   properties=properties)  # fmt: skip


def product_viewed(s: Scene) -> dict[str, Any]:
    """Browsing: nothing personal but the ids of the visit."""
    properties = {
        **product(s),
        **s.some(
            2,
            list_id=s.h("enum"),
            page_url=s.h("url"),
            referrer=s.h("domain"),
            session_id=online("session id", s.ids.session()),
            anonymous_id=online("visitor id", s.ids.visitor()),
            currency=s.h("currency"),
            in_stock=s.h.flag(),
            rating=s.h.share(),
            search_term=s.h("query"),
            color=s.h("colour"),
            size=s.h("size"),
        ),
    }
    return message("track", "Product Viewed", s.ids.uuid(), properties=properties)


def payment(s: Scene) -> dict[str, Any]:
    """A payment with more of the card and account than there should be."""
    p = s.person()
    number, account = card(s.rng), iban(s.rng)
    means = s.pick(
        {"card": {"number": yes("card number", number), "holder": yes("person", p.name.upper()),
                  "brand": no("brand", s.pick("visa", "Mastercard", "amex")),
                  "exp_month": s.rng.randint(1, 12), "exp_year": s.rng.randint(2026, 2031),
                  "cvc": secret("card code", str(s.rng.randint(100, 999)))}},
        {"card_number": yes("card number", number), "name_on_card": yes("person", p.name)},
        {"iban": yes("iban", account), "account_holder": yes("person", p.name)},
        {"pan": yes("card number", number), "funding": s.pick("credit", "debit")},
        {"bank_account": {"account_number": yes("bank account", str(s.rng.randrange(10**7, 10**11))),
                          "bank_name": no("company", s.pick("Chase", "Barclays", "Sparkasse Köln"))}},
        {"description": text(s.pick("Card {} declined", "refund to {}", "Karte {} abgelehnt"),
                             yes("card number", number))},
        {"memo": text(s.pick("transfer from {}", "SEPA {} ok", "pay to {} asap"), yes("iban", account))},
    )  # fmt: skip
    properties = {
        **means,
        **s.some(
            4,
            amount=s.h.price(),
            currency=s.h("currency"),
            gateway=s.h("gateway"),
            status=s.h("status"),
            transaction_id=s.h.thing_id(),
            invoice_number=s.h.thing_id(),
            error_code=s.h("error"),
            merchant=s.h("company"),
            risk_score=s.h.share(),
            amount_minor=s.h.large(),
            ip_address=online("ip", s.ids.ip()),
            device_fingerprint=online("device id", s.ids.hex(32)),
            processed_at=s.h.time(),
        ),
    }
    return message("track", s.pick("Payment Failed", "payment.succeeded", "Invoice Paid"), p.user_id,
                   properties=properties)  # fmt: skip


FAMILIES = (order_completed, order_completed, product_viewed, product_viewed, payment)
