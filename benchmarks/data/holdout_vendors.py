# ruff: noqa: D103 - the name of a family says whose events it makes
"""Holdout events shaped like the documented payloads of analytics and advertising vendors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from holdout_labels import Leaf, direct, harmless, online
from holdout_maker import (
    AGENTS,
    BRANDS,
    BUTTONS,
    CAMPAIGNS,
    CARRIERS,
    CATEGORIES,
    COLOURS,
    COMPANIES,
    COUNTRY_VALUES,
    CURRENCIES,
    FEATURES,
    PAGES,
    PATHS,
    PLANS,
    PRODUCTS,
    ROLES,
    SOURCES,
    TITLES,
    Maker,
)

Json = dict[str, Any]


def product(m: Maker) -> Json:
    """A product as the e-commerce spec names its fields."""
    item: Json = {
        "product_id": m.pick((m.hex(24), m.digits(6), m.uuid())),
        "sku": m.pick(
            (f"{m.digits(4)}-{m.digits(3)}-{m.digits(4)}", f"TR-{m.digits(5)}-NVY", m.digits(13))
        ),
        "name": harmless("product_name", m.pick(PRODUCTS)),
        "price": m.price(),
        "quantity": m.number(1, 4),
    }
    if m.chance(0.5):
        item |= {"brand": harmless("brand", m.pick(BRANDS)), "category": m.pick(CATEGORIES)}
    if m.chance(0.4):
        item["variant"] = harmless("variant", m.pick(COLOURS))
    if m.chance(0.3):
        item["image_url"] = f"https://cdn.petalgrove.com/img/{m.digits(6)}@2x.webp"
    return item


def address(m: Maker) -> Json:
    """An address as the identify spec nests it."""
    return {
        "street": m.street(),
        "city": m.city(),
        "state": m.region(),
        "postalCode": m.postcode(),
        "country": m.who.country.name,
    }


def segment_identify(m: Maker) -> Json:
    traits: Json = {
        "email": m.email(),
        "plan": m.pick(PLANS),
        "createdAt": m.time(),
        "logins": m.number(1, 90),
    }
    if m.chance(0.6):
        traits["name"] = m.full()
    else:
        traits |= {"firstName": m.first(), "lastName": m.last()}
    if m.chance(0.5):
        traits["address"] = address(m)
    if m.chance(0.4):
        traits["phone"] = m.phone()
    if m.chance(0.3):
        traits["birthday"] = m.birth()
    if m.chance(0.3):
        traits["username"] = m.handle()
    if m.chance(0.3):
        traits["company"] = {
            "name": harmless("company", m.pick(COMPANIES)),
            "industry": "Technology",
            "employee_count": m.number(2, 900),
            "plan": m.pick(PLANS),
        }
    if m.chance(0.3):
        token = m.hex(20)
        traits["avatar"] = online(
            "avatar_url", f"https://avatars.brightloom.app/u/{token}.png", token
        )
    traits |= {"title": m.pick(TITLES), "emailOptIn": m.chance(0.5), "role": m.pick(ROLES)}
    return {"type": "identify", "userId": m.raw_user_id(), "traits": traits, "context": m.context()}


def segment_order(m: Maker) -> Json:
    name = m.pick(("Order Completed", "Order Updated", "Checkout Started", "Order Refunded"))
    properties: Json = {
        "checkout_id": m.hex(24), "order_id": m.pick((m.digits(9), "4539148803436467", f"#{m.digits(5)}", f"ORD-{m.digits(8)}")), "affiliation": "Google Store", "total": m.price(), "subtotal": m.price(),
        "revenue": m.price(), "shipping": 4.9, "tax": m.price(20), "discount": m.price(10), "coupon": harmless("coupon", m.pick(("hasbros", "SUMMER25", "WELCOME-10", "MAMA2025"))), "currency": m.pick(CURRENCIES),
        "products": [product(m) for _ in range(m.number(1, 2))],
    }  # fmt: skip
    if m.chance(0.4):
        properties |= {
            "shipping_method": m.pick(("FedEx Ground", "DHL Express", "Standard")),
            "payment_method": m.pick(("Visa", "PayPal", "Klarna")),
        }
    if m.chance(0.4):
        properties["email"] = m.email()
    if m.chance(0.3):
        properties["shipping_address"] = {
            "name": m.full(),
            "address1": m.street(),
            "city": m.city(),
            "zip": m.postcode(),
            "country_code": m.who.country.code,
            "phone": m.phone(),
        }
    return {
        "type": "track",
        "event": name,
        "userId": m.raw_user_id(),
        "properties": properties,
        "context": m.context(),
    }


def segment_browse(m: Maker) -> Json:
    name, extra = m.pick(
        (
            ("Product Added", {"cart_id": m.uuid(), **product(m)}),
            (
                "Product Viewed",
                {
                    **product(m),
                    "position": m.number(1, 40),
                    "currency": m.pick(CURRENCIES),
                    "url": m.plain_url(),
                },
            ),
            (
                "Products Searched",
                {
                    "query": harmless(
                        "search_query",
                        m.pick(
                            (
                                "blue hotel lamp",
                                "running shoes 42",
                                "usb c hub",
                                "gift for mum",
                                "waterproof jacket men",
                            )
                        ),
                    )
                },
            ),
            (
                "Product List Filtered",
                {
                    "list_id": "hot_deals_1",
                    "category": "Deals",
                    "filters": [
                        {"type": "department", "value": m.pick(CATEGORIES)},
                        {"type": "price", "value": "under-$25"},
                    ],
                    "sorts": [{"type": "price", "value": "desc"}],
                    "products": [product(m)],
                },
            ),
            (
                "Coupon Entered",
                {
                    "order_id": m.digits(9),
                    "cart_id": m.uuid(),
                    "coupon_id": "may_deals_2025",
                    "coupon_name": "May Deals 2025",
                },
            ),
            (
                "Promotion Viewed",
                {
                    "promotion_id": "promo_1",
                    "creative": "top_banner_2",
                    "name": "75% store-wide shoe sale",
                    "position": "home_banner_top",
                },
            ),
            (
                "Product Shared",
                {
                    "share_via": "email",
                    "share_message": "Check out these shoes",
                    "recipient": m.email(m.other()),
                    **product(m),
                },
            ),
            (
                "Product Reviewed",
                {
                    "product_id": m.digits(6),
                    "review_id": m.digits(8),
                    "review_body": "Fits well, arrived quickly, would order again.",
                    "rating": "5",
                },
            ),
        )
    )
    return {
        "type": "track",
        "event": name,
        "anonymousId": m.uuid(),
        "properties": extra,
        "context": m.context(),
    }


def segment_page(m: Maker) -> Json:
    properties: Json = {
        "title": m.pick(PAGES),
        "path": m.pick(PATHS),
        "url": m.url(),
        "referrer": m.pick(("https://www.google.com/", "", m.plain_url())),
        "search": m.pick(("", "?utm_campaign=brand", "?q=hiking+boots")),
        "keywords": ["analytics", "pricing"],
    }
    return {
        "type": m.pick(("page", "page", "screen")),
        "name": m.pick(PAGES),
        "category": "Docs",
        "anonymousId": m.uuid(),
        "properties": properties,
        "context": m.web_context(),
    }


def segment_group(m: Maker) -> Json:
    traits: Json = {
        "name": harmless("company", m.pick(COMPANIES)),
        "industry": m.pick(("Technology", "Retail", "Healthcare")),
        "employees": m.number(3, 4000),
        "plan": m.pick(PLANS),
        "createdAt": m.time(),
        "total billed": m.number(100, 9000),
        "website": "https://www.solvantis.eu",
    }
    if m.chance(0.4):
        traits["address"] = address(m)
    if m.chance(0.4):
        traits |= {
            "phone": m.phone(),
            "email": direct("email", f"billing@{m.who.work_email.split('@')[1]}"),
        }
    if m.chance(0.3):
        traits |= {"account_owner": m.full(m.other()), "csm_email": m.email(m.other())}
    return {
        "type": "group",
        "userId": m.raw_user_id(),
        "groupId": m.hex(16),
        "traits": traits,
        "context": m.context(),
    }


def segment_b2b(m: Maker) -> Json:
    other = m.other()
    name, properties = m.pick(
        (
            (
                "Invite Sent",
                {
                    "invitee_email": m.email(other),
                    "invitee_first_name": m.first(other),
                    "invitee_last_name": m.last(other),
                    "invitee_role": m.pick(ROLES),
                },
            ),
            (
                "Signed Up",
                {
                    "type": "organic",
                    "first_name": m.first(),
                    "last_name": m.last(),
                    "email": m.email(),
                    "phone": m.phone(),
                    "username": m.handle(),
                    "title": m.pick(TITLES),
                },
            ),
            (
                "Account Created",
                {
                    "account_name": harmless("company", m.pick(COMPANIES)),
                    "plan": m.pick(PLANS),
                    "seats": m.number(1, 50),
                },
            ),
            (
                "Trial Started",
                {
                    "trial_start_date": m.day(),
                    "trial_end_date": m.day(),
                    "trial_plan_name": m.pick(PLANS),
                },
            ),
            (
                "Signed In",
                {
                    "username": m.handle(),
                    "login_method": m.pick(("password", "google", "saml")),
                    "remember_me": True,
                },
            ),
            (
                "Account Added User",
                {"role": m.pick(ROLES), "user_email": m.email(other), "added_by": m.email()},
            ),
        )
    )
    return {
        "type": "track",
        "event": name,
        "userId": m.raw_user_id(),
        "properties": properties,
        "context": m.context(),
    }


def rudder_mobile(m: Maker) -> Json:
    context = m.mobile_context() | {
        "sessionId": online("session_id", m.epoch()),
        "sessionStart": m.chance(0.3),
    }
    if m.chance(0.4):
        context["traits"] = {
            "anonymousId": m.visitor_id(),
            "email": m.email(),
            "plan": m.pick(PLANS),
        }
    properties: Json = {
        "screen_name": m.pick(("Home", "Workout", "Profile", "Paywall")),
        "automatic": True,
        "duration_ms": m.number(10, 90_000),
        "from_background": m.chance(0.5),
        "feature": m.pick(FEATURES),
    }
    return {
        "type": "track",
        "event": m.pick(("Application Opened", "Workout Finished", "Paywall Shown")),
        "anonymousId": m.uuid(),
        "properties": properties,
        "context": context,
    }


def mixpanel_track(m: Maker) -> Json:
    uid = m.user_id() if m.chance(0.5) else m.visitor_id()
    properties: Json = {
        "distinct_id": direct("user_id", m.who.email) if m.chance(0.15) else uid, "$device_id": m.device_id(), "$insert_id": m.chars(16).lower(), "time": m.epoch(), "mp_lib": "web", "$lib_version": "2.55.1",
        "$browser": m.pick(("Chrome", "Safari", "Firefox")), "$browser_version": 126, "$os": m.pick(("Mac OS X", "Windows", "Android")), "$current_url": m.url(), "$initial_referrer": "$direct", "$initial_referring_domain": "$direct",
        "$screen_height": 900, "$screen_width": 1440, "mp_country_code": m.who.country.code, "$city": m.city(), "$region": m.region(), "Plan Name": m.pick(PLANS), "Button Label": m.pick(BUTTONS),
    }  # fmt: skip
    if m.chance(0.4):
        properties["$user_id"] = m.user_id()
    if m.chance(0.3):
        properties["User Name"] = m.pick((m.full(), m.handle()))
    if m.chance(0.3):
        properties |= {"Dealer Name": harmless("company", m.pick(COMPANIES)), "Success": True}
    if m.chance(0.2):
        properties["ip"] = m.ip()
    return {
        "type": "track",
        "event": m.pick(("Plan Upgraded", "Login", "Report Exported", "Video Played")),
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def mixpanel_people(m: Maker) -> Json:
    traits: Json = {
        "$email": m.email(),
        "$created": m.time(),
        "$last_login": m.time(),
        "$plan_name": m.pick(PLANS),
        "Credits": m.number(0, 99),
        "$timezone": m.who.country.zone,
    }
    if m.chance(0.6):
        traits |= {"$first_name": m.first(), "$last_name": m.last()}
    else:
        traits["$name"] = m.full()
    if m.chance(0.4):
        traits["$phone"] = m.phone()
    if m.chance(0.4):
        traits["$github_username"] = m.handle()
    if m.chance(0.4):
        traits["Profile URL"] = online(
            "profile_url", f"http://twitter.com/{m.who.handle}", m.who.handle
        )
    if m.chance(0.3):
        traits |= {
            "User ID": m.user_id(),
            "Title": m.pick(TITLES),
            "Organization": harmless("company", m.pick(COMPANIES)),
        }
    if m.chance(0.3):
        traits |= {
            "$city": m.city(),
            "$region": m.region(),
            "$country_code": m.who.country.code,
            "Language": m.pick(("English", "Polish", "Deutsch")),
        }
    return {"type": "identify", "userId": m.raw_user_id(), "traits": traits}


def posthog_base(m: Maker) -> Json:
    """Properties that PostHog's browser library adds to everything."""
    return {
        "distinct_id": m.visitor_id() if m.chance(0.5) else m.user_id(), "$device_id": m.device_id(), "$session_id": m.session_id(), "$lib": "web", "$lib_version": "1.140.1", "$os": m.pick(("Mac OS X", "Windows", "iOS")),
        "$browser": m.pick(("Chrome", "Mobile Safari", "Microsoft Edge")), "$browser_version": 126, "$device_type": m.pick(("Desktop", "Mobile")), "$current_url": m.url(), "$host": "app.kestrel-analytics.io", "$pathname": m.pick(PATHS),
        "$referrer": "$direct", "$referring_domain": "$direct", "$raw_user_agent": m.pick(AGENTS), "$insert_id": m.chars(16).lower(), "$time": m.epoch() + 0.345, "$viewport_width": 1512, "$timezone": m.who.country.zone,
    }  # fmt: skip


def posthog_pageview(m: Maker) -> Json:
    properties = posthog_base(m)
    if m.chance(0.5):
        properties |= {
            "$ip": m.ip(),
            "$geoip_city_name": m.city(),
            "$geoip_country_name": m.who.country.name,
            "$geoip_country_code": m.who.country.code,
            "$geoip_continent_name": "Europe",
            "$geoip_postal_code": m.postcode(),
            "$geoip_latitude": m.latitude(),
            "$geoip_longitude": m.longitude(),
            "$geoip_time_zone": m.who.country.zone,
            "$geoip_subdivision_1_name": m.region(),
        }
    if m.chance(0.4):
        properties["$set"] = {"email": m.email(), "name": m.full(), "plan": m.pick(PLANS)}
    if m.chance(0.4):
        key, value = m.click_id()
        properties["$set_once"] = {
            "$initial_utm_source": m.pick(SOURCES),
            f"$initial_{key}": online("click_id", value),
            "$initial_os": "Windows",
        }
    return {
        "type": "track",
        "event": m.pick(("$pageview", "$pageleave", "subscription upgraded")),
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def posthog_autocapture(m: Maker) -> Json:
    properties = posthog_base(m)
    text = direct("element_text", m.who.email) if m.chance(0.2) else m.pick(BUTTONS)
    properties |= {
        "$event_type": "click",
        "$elements": [
            {
                "tag_name": "button",
                "$el_text": text,
                "classes": ["btn", "btn-primary", "user-email"],
                "attr__class": "btn btn-primary",
                "attr__type": "submit",
                "nth_child": 2,
                "nth_of_type": 1,
            },
            {"tag_name": "form", "attr__id": "signup-form", "attr__action": "/api/signup"},
        ],
        "$el_text": text,
    }
    if m.chance(0.25):
        properties["$selected_content"] = direct("element_text", m.who.address, *m.address().parts)
    return {
        "type": "track",
        "event": "$autocapture",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def amplitude(m: Maker) -> Json:
    properties: Json = {
        "user_id": m.user_id(), "device_id": m.device_id(), "event_type": "watch_tutorial", "time": m.epoch_ms(), "platform": m.pick(("iOS", "Android", "Web")), "os_name": "ios", "os_version": "17.5", "app_version": "2.1.0",
        "device_brand": "Apple", "device_manufacturer": "Apple", "device_model": "iPhone 14 Pro", "carrier": m.pick(CARRIERS), "country": m.pick(COUNTRY_VALUES), "region": m.region(), "city": m.city(), "language": "English",
        "ip": m.ip(), "session_id": online("session_id", m.epoch_ms()), "insert_id": m.uuid(), "event_id": m.number(1, 900), "price": m.price(), "quantity": 1, "revenueType": "purchase", "productId": f"com.brightloom.{m.pick(('pro', 'gems_500'))}",
    }  # fmt: skip
    if m.chance(0.5):
        properties |= {"idfa": m.ad_id(), "idfv": m.device_id()}
    else:
        properties |= {"adid": m.ad_id(), "android_id": online("device_id", m.hex(16))}
    if m.chance(0.4):
        properties |= {"location_lat": m.latitude(), "location_lng": m.longitude(), "dma": "807"}
    properties["event_properties"] = {
        "load_time": 0.8371,
        "source": "notification",
        "step_name": m.pick(FEATURES),
    }
    properties["user_properties"] = {
        "gender_filter": "all",
        "color": harmless("variant", m.pick(COLOURS)),
        "interests": ["chess", "hiking"],
        "first_name": m.first(),
        "cohort": "Jan 2025",
    }
    return {
        "type": "track",
        "event": "watch_tutorial",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def snowplow(m: Maker) -> Json:
    properties: Json = {
        "app_id": "website", "platform": "web", "etl_tstamp": m.time(), "collector_tstamp": m.time(), "event_id": m.uuid(), "v_tracker": "js-3.24.0", "name_tracker": "sp", "user_id": m.user_id(), "user_ipaddress": m.ip(),
        "domain_userid": m.visitor_id(), "domain_sessionidx": m.number(1, 40), "domain_sessionid": m.session_id(), "network_userid": m.visitor_id(), "geo_country": m.who.country.code, "geo_city": m.city(), "geo_zipcode": m.postcode(),
        "geo_latitude": m.latitude(), "geo_longitude": m.longitude(), "geo_timezone": m.who.country.zone, "page_url": m.url(), "page_title": m.pick(PAGES), "page_urlhost": "www.brightloom.app", "page_urlpath": m.pick(PATHS), "page_urlport": 443,
        "se_category": "video", "se_action": "play", "se_label": m.pick(PRODUCTS), "se_value": m.number(0, 100), "br_lang": m.who.country.locale, "br_viewwidth": 1280, "dvce_screenheight": 1080, "useragent": m.pick(AGENTS), "mkt_source": m.pick(SOURCES), "mkt_campaign": m.pick(CAMPAIGNS),
    }  # fmt: skip
    if m.chance(0.3):
        properties["mkt_clickid"] = online("click_id", m.click_id()[1])
    if m.chance(0.4):
        properties["contexts"] = {
            "schema": "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0",
            "data": [
                {
                    "schema": "iglu:io.brightloom/user/jsonschema/1-0-2",
                    "data": {
                        "emailAddress": m.email(),
                        "isSubscriber": True,
                        "membershipTier": "gold",
                    },
                }
            ],
        }
    keep = set(properties)
    for key in sorted(keep):
        if m.chance(0.35) and key != "contexts":
            del properties[key]
    return {"type": "track", "event": "struct", "userId": m.raw_user_id(), "properties": properties}


def customerio(m: Maker) -> Json:
    traits: Json = {
        "id": m.user_id(),
        "email": m.email(),
        "created_at": m.epoch(),
        "first_name": m.first(),
        "plan_name": m.pick(PLANS),
        "unsubscribed": False,
        "cio_subscription_preferences": {"topics": {"topic_1": True, "topic_7": False}},
        "timezone": m.who.country.zone,
    }
    if m.chance(0.5):
        traits["_last_visit"] = m.epoch()
        traits["device"] = {
            "id": m.push_token(),
            "platform": m.pick(("ios", "android")),
            "last_used": m.epoch(),
        }
    if m.chance(0.5):
        traits |= {
            "phone": m.phone(),
            "_relationships": [{"relation_attributes": {"role": m.pick(ROLES)}}],
        }
    return {"type": "identify", "userId": m.raw_user_id(), "traits": traits}


def braze(m: Maker) -> Json:
    attributes: Json = {
        "external_id": m.user_id(),
        "first_name": m.first(),
        "last_name": m.last(),
        "email": m.email(),
        "dob": m.birth(),
        "home_city": m.city(),
        "country": m.who.country.code,
        "language": "en",
        "email_subscribe": "opted_in",
        "push_subscribe": "subscribed",
        "time_zone": m.who.country.zone,
        "date_of_first_session": m.time(),
        "favorite_colour": harmless("variant", m.pick(COLOURS)),
    }
    if m.chance(0.5):
        attributes |= {
            "phone": m.phone(),
            "push_tokens": [{"app_id": m.uuid(), "token": m.push_token()}],
        }
    if m.chance(0.3):
        attributes["user_alias"] = {"alias_name": m.handle(), "alias_label": "forum_login"}
    if m.chance(0.3):
        attributes |= {
            "facebook": {"likes": ["hiking", "pizza"], "num_friends": 220},
            "current_location": {"longitude": m.longitude(), "latitude": m.latitude()},
        }
    properties: Json = {
        "attributes": [attributes],
        "purchases": [
            {
                "product_id": harmless("product_name", m.pick(PRODUCTS)),
                "currency": m.pick(CURRENCIES),
                "price": m.price(),
                "quantity": 1,
                "time": m.time(),
                "properties": {
                    "colour": m.pick(COLOURS),
                    "size": "L",
                    "checkout_duration": m.number(5, 90),
                },
            }
        ],
    }
    return {
        "type": "track",
        "event": "users/track",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def heap(m: Maker) -> Json:
    identity = m.email() if m.chance(0.6) else m.user_id()
    properties: Json = {
        "identity": identity if identity.kind == "user_id" else direct("email", identity.value),
        "event": "Send Transactional Email",
        "idempotency_key": m.uuid(),
        "timestamp": m.time(),
        "properties": {"subject": "Welcome to My App!", "variation": "A", "template": "welcome_v2"},
        "platform": "web",
        "browser_type": "Chrome 126.0",
        "device_type": "Desktop",
        "landing_page": m.plain_url(),
        "utm_source": m.pick(SOURCES),
        "target_text": m.pick(BUTTONS),
        "hierarchy": "@div;.main;|@form;#login;|@button;.submit;|",
    }
    return {
        "type": "track",
        "event": "Send Transactional Email",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def klaviyo(m: Maker) -> Json:
    profile: Json = {
        "$email": m.email(),
        "$first_name": m.first(),
        "$last_name": m.last(),
        "$consent": "email",
        "$source": m.pick(SOURCES),
    }
    if m.chance(0.6):
        profile |= {
            "$phone_number": m.phone(),
            "$city": m.city(),
            "$region": m.region(),
            "$country": m.who.country.name,
            "$zip": m.postcode(),
            "$timezone": m.who.country.zone,
        }
    if m.chance(0.4):
        profile["location"] = {
            "address1": m.street(),
            "address2": "",
            "city": m.city(),
            "zip": m.postcode(),
            "latitude": m.latitude(),
            "longitude": m.longitude(),
        }
    properties: Json = {
        "metric": {"name": "Placed Order"},
        "profile": profile,
        "ItemNames": [harmless("product_name", m.pick(PRODUCTS)) for _ in range(2)],
        "Brands": [harmless("brand", m.pick(BRANDS))],
        "$value": m.price(),
        "OrderId": m.digits(5),
        "DiscountCode": "Free Shipping",
        "Categories": [m.pick(CATEGORIES)],
        "unique_id": m.uuid(),
    }
    if m.chance(0.3):
        properties["BillingAddress"] = {
            "FirstName": m.first(),
            "LastName": m.last(),
            "Address1": m.street(),
            "City": m.city(),
            "Region": m.region(),
            "CountryCode": m.who.country.code,
            "Zip": m.postcode(),
            "Phone": m.phone(),
        }
    return {
        "type": "track",
        "event": "Placed Order",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def ga4(m: Maker) -> Json:
    properties: Json = {
        "client_id": online("visitor_id", f"{m.digits(9)}.{m.epoch()}"), "user_id": m.user_id(), "timestamp_micros": m.epoch() * 1_000_000, "non_personalized_ads": False, "user_properties": {"customer_tier": {"value": "premium"}, "preferred_language": {"value": "de"}},
        "params": {"engagement_time_msec": m.number(1, 90_000), "ga_session_id": online("session_id", m.epoch()), "ga_session_number": m.number(1, 9), "page_location": m.url(), "page_title": m.pick(PAGES), "currency": m.pick(CURRENCIES), "value": m.price(), "transaction_id": f"T_{m.digits(5)}", "items": [{"item_id": f"SKU_{m.digits(5)}", "item_name": harmless("product_name", m.pick(PRODUCTS)), "item_brand": harmless("brand", m.pick(BRANDS)), "item_category": m.pick(CATEGORIES), "index": 0, "price": m.price(), "quantity": 1}]},
    }  # fmt: skip
    if m.chance(0.35):
        properties["user_data"] = {
            "sha256_email_address": [online("hashed_email", m.sha256(m.who.email))],
            "address": [
                {
                    "sha256_first_name": online("hashed_id", m.sha256(m.who.first)),
                    "city": m.city(),
                    "postal_code": m.postcode(),
                    "country": m.who.country.code,
                }
            ],
        }
    return {
        "type": "track",
        "event": "purchase",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def meta_capi(m: Maker) -> Json:
    user: Json = {
        "em": [online("hashed_email", m.sha256(m.who.email))],
        "ph": [online("hashed_id", m.sha256(m.who.phone))],
        "client_ip_address": m.ip(),
        "client_user_agent": m.pick(AGENTS),
        "fbp": online("cookie_id", f"fb.1.{m.epoch_ms()}.{m.digits(10)}"),
    }
    if m.chance(0.6):
        user["fbc"] = online("click_id", f"fb.1.{m.epoch_ms()}.IwAR{m.chars(50)}")
    if m.chance(0.5):
        user |= {
            "external_id": [online("hashed_id", m.sha256(m.digits(7)))],
            "fn": [online("hashed_id", m.sha256(m.who.first))],
            "ln": [online("hashed_id", m.sha256(m.who.last))],
            "country": m.who.country.code.lower(),
        }
    if m.chance(0.25):
        user |= {
            "em": [m.email()],
            "fn": [direct("first_name", m.who.first.lower())],
            "ct": [direct("city", m.who.city.lower())],
            "zp": [m.postcode()],
        }
    properties: Json = {
        "event_name": "Purchase",
        "event_time": m.epoch(),
        "event_id": f"event.id.{m.digits(3)}",
        "event_source_url": m.url(),
        "action_source": "website",
        "user_data": user,
        "custom_data": {
            "value": m.price(),
            "currency": m.pick(CURRENCIES).lower(),
            "content_ids": [m.digits(7)],
            "content_type": "product",
            "contents": [{"id": m.digits(7), "quantity": 1, "item_price": m.price()}],
            "num_items": 1,
            "content_name": m.pick(PRODUCTS),
            "order_id": m.digits(9),
        },
        "opt_out": False,
    }
    return {
        "type": "track",
        "event": "Purchase",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def tiktok(m: Maker) -> Json:
    properties: Json = {
        "event": "CompletePayment",
        "event_id": m.uuid(),
        "event_time": m.epoch(),
        "user": {
            "ttclid": online("click_id", f"E.C.P.{m.chars(60)}"),
            "ttp": online("cookie_id", m.chars(27)),
            "external_id": online("hashed_id", m.sha256(m.digits(6))),
            "phone": online("hashed_id", m.sha256(m.who.phone)),
            "email": online("hashed_email", m.sha256(m.who.email)),
            "ip": m.ip(),
            "user_agent": m.pick(AGENTS),
            "locale": m.who.country.locale,
        },
        "page": {"url": m.url(), "referrer": m.plain_url()},
        "properties": {
            "content_type": "product",
            "currency": m.pick(CURRENCIES),
            "value": m.price(),
            "contents": [
                {
                    "content_id": m.digits(6),
                    "content_name": m.pick(PRODUCTS),
                    "price": m.price(),
                    "quantity": 1,
                    "content_category": m.pick(CATEGORIES),
                }
            ],
            "query": "lavender candle",
            "description": "checkout",
        },
    }
    return {
        "type": "track",
        "event": "CompletePayment",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def branch(m: Maker) -> Json:
    android = m.chance(0.5)
    user: Json = {
        "os": "Android" if android else "IOS",
        "os_version": "14" if android else "17.4",
        "environment": "FULL_APP",
        "platform": "ANDROID_APP" if android else "IOS_APP",
        "limit_ad_tracking": False,
        "user_agent": m.pick(AGENTS),
        "ip": m.ip(),
        "country": m.who.country.code,
        "language": "EN",
        "sdk_version": "5.12.0",
        "app_version": "2.6.3",
        "brand": "samsung" if android else "Apple",
        "model": "SM-G991B" if android else "iPhone14,5",
        "geo_country_code": m.who.country.code,
        "geo_city_en": m.city(),
        "geo_lat": m.latitude(),
        "geo_lon": m.longitude(),
    }
    user |= (
        {"aaid": m.ad_id(), "android_id": online("device_id", m.hex(16))}
        if android
        else {"idfa": m.ad_id(), "idfv": m.device_id()}
    )
    if m.chance(0.6):
        user |= {
            "developer_identity": m.user_id(),
            "browser_fingerprint_id": online("visitor_id", m.digits(18)),
        }
    properties: Json = {
        "name": "PURCHASE",
        "timestamp": m.epoch_ms(),
        "user_data": user,
        "event_data": {
            "revenue": m.price(),
            "currency": m.pick(CURRENCIES),
            "transaction_id": m.uuid(),
            "coupon": "test_coupon",
            "description": "Checkout with 2 items",
            "search_query": "red leather bag",
        },
        "content_items": [
            {
                "$content_schema": "COMMERCE_PRODUCT",
                "$og_title": harmless("product_name", m.pick(PRODUCTS)),
                "$price": m.price(),
                "$quantity": 1,
                "$sku": m.digits(8),
                "$product_brand": harmless("brand", m.pick(BRANDS)),
                "$product_variant": "XL",
            }
        ],
        "last_attributed_touch_data": {
            "~feature": "marketing",
            "~campaign": m.pick(CAMPAIGNS),
            "~channel": "Facebook",
            "~id": m.digits(18),
            "$marketing_title": "Test Link",
        },
    }
    return {
        "type": "track",
        "event": "PURCHASE",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def appsflyer(m: Maker) -> Json:
    properties: Json = {
        "event_type": m.pick(("install", "in-app-event")), "app_id": "com.brightloom.app", "platform": "android", "install_time": m.time(), "attributed_touch_time": m.time(), "media_source": m.pick(("googleadwords_int", "Facebook Ads", "organic")), "campaign": m.pick(CAMPAIGNS), "af_c_id": m.digits(11),
        "af_adset": "Broad 25-45", "af_ad": "video_15s_v3", "af_siteid": m.digits(7), "appsflyer_id": online("device_id", f"{m.epoch_ms()}-{m.digits(19)}"), "customer_user_id": m.user_id(), "advertising_id": m.ad_id(), "ip": m.ip(), "wifi": True, "carrier": m.pick(CARRIERS), "language": "English",
        "country_code": m.who.country.code, "city": m.city(), "postal_code": m.postcode(), "device_model": "samsung::SM-A525F", "device_type": "SM-A525F", "os_version": "13", "sdk_version": "v6.14.0", "app_version": "4.1.3.3", "event_name": "af_purchase", "event_revenue": str(m.price()), "event_revenue_currency": m.pick(CURRENCIES), "is_retargeting": "false", "user_agent": m.pick(AGENTS),
    }  # fmt: skip
    if m.chance(0.4):
        properties["event_value"] = (
            f'{{"af_revenue":{m.price()},"af_content_id":"{m.digits(6)}","af_currency":"EUR"}}'
        )
    if m.chance(0.3):
        properties |= {
            "android_id": online("device_id", m.hex(16)),
            "imei": online("device_id", m.digits(15)),
        }
    return {
        "type": "track",
        "event": "af_purchase",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def adjust(m: Maker) -> Json:
    properties: Json = {
        "activity_kind": "event",
        "event": "abc123",
        "event_name": "checkout",
        "adid": online("device_id", m.hex(32)),
        "gps_adid": m.ad_id(),
        "idfa": m.ad_id(),
        "idfv": m.device_id(),
        "ip_address": m.ip(),
        "tracker": "a1b2c3",
        "tracker_name": "Organic",
        "network_name": "Apple Search Ads",
        "campaign_name": m.pick(CAMPAIGNS),
        "adgroup_name": "exact_match",
        "creative_name": "banner_320x50",
        "country": m.who.country.code.lower(),
        "city": m.city(),
        "device_name": "iPhone15,3",
        "device_type": "phone",
        "os_name": "ios",
        "os_version": "17.4.1",
        "app_version_short": "3.2.1",
        "tracking_enabled": "1",
        "isp": m.pick(CARRIERS),
        "created_at": m.epoch(),
        "random_user_id": m.user_id(),
    }
    if m.chance(0.4):
        properties |= {
            "mac_sha1": online("device_id", m.hex(40)),
            "push_token": m.push_token(),
            "click_referer": m.plain_url(),
        }
    return {
        "type": "track",
        "event": "checkout",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def firebase(m: Maker) -> Json:
    properties: Json = {
        "event_date": m.day().replace("-", ""),
        "event_timestamp": m.epoch() * 1_000_000,
        "user_pseudo_id": online("visitor_id", m.pick((m.hex(32), f"{m.digits(9)}.{m.epoch()}"))),
        "user_id": m.user_id(),
        "device": {
            "category": "mobile",
            "mobile_brand_name": "Xiaomi",
            "mobile_model_name": "Redmi Note 12",
            "operating_system": "ANDROID",
            "operating_system_version": "13",
            "vendor_id": m.device_id(),
            "advertising_id": m.ad_id(),
            "language": m.who.country.locale.lower(),
            "time_zone_offset_seconds": 7200,
        },
        "geo": {
            "continent": "Europe",
            "country": m.who.country.name,
            "region": m.region(),
            "city": m.city(),
        },
        "app_info": {
            "id": "io.fittrack.android",
            "version": "6.1.0",
            "install_source": "com.android.vending",
        },
        "traffic_source": {"name": m.pick(CAMPAIGNS), "medium": "cpc", "source": "google"},
        "stream_id": m.digits(10),
        "platform": "ANDROID",
        "firebase_screen_class": "MainActivity",
        "firebase_event_origin": "app",
        "ga_session_number": 3,
    }
    return {
        "type": "track",
        "event": "screen_view",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def shopify(m: Maker) -> Json:
    key, value = m.click_id()
    card: Json = {
        "first_name": m.first(),
        "last_name": m.last(),
        "address1": m.street(),
        "address2": None,
        "phone": m.phone(),
        "city": m.city(),
        "province": m.region(),
        "zip": m.postcode(),
        "country": m.who.country.name,
        "company": None,
        "latitude": m.latitude(),
        "longitude": m.longitude(),
        "name": m.full(),
        "country_code": m.who.country.code,
    }
    properties: Json = {
        "order_number": m.number(1001, 9999), "name": f"#{m.number(1001, 9999)}", "created_at": m.time(), "currency": m.pick(CURRENCIES), "financial_status": "paid", "fulfillment_status": None, "gateway": "shopify_payments", "total_price": str(m.price()), "taxes_included": True, "source_name": "web",
        "browser_ip": m.ip(), "contact_email": m.email(), "customer": {"id": direct("user_id", int(m.digits(13))), "email": m.email(), "first_name": m.first(), "last_name": m.last(), "orders_count": m.number(1, 9), "verified_email": True, "tags": "vip, wholesale"}, "client_details": {"accept_language": m.who.country.locale, "browser_height": 900, "browser_ip": m.ip(), "user_agent": m.pick(AGENTS)},
        "landing_site": online("url.click_id", f"/products/tent?utm_source=google&{key}={value}", value), "referring_site": "https://www.google.com/", "line_items": [{"title": harmless("product_name", m.pick(PRODUCTS)), "vendor": harmless("brand", m.pick(BRANDS)), "quantity": 1, "sku": m.digits(9), "variant_title": harmless("variant", m.pick(COLOURS)), "price": str(m.price()), "grams": 500}],
    }  # fmt: skip
    if m.chance(0.5):
        properties["billing_address"] = card
    if m.chance(0.3):
        properties["note_attributes"] = [
            {"name": "gift_wrap", "value": "yes"},
            {"name": "delivery_phone", "value": m.phone()},
        ]
    return {
        "type": "track",
        "event": "orders/create",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def sendgrid(m: Maker) -> Json:
    properties: Json = {
        "email": m.email(),
        "timestamp": m.epoch(),
        "sg_message_id": f"{m.hex(11)}.{m.hex(3)}.{m.hex(6)}.filter0{m.digits(3)}.{m.digits(5)}.{m.hex(9).upper()}.0",
        "event": m.pick(("open", "click", "bounce", "delivered")),
        "category": ["newsletter", "2025-06"],
        "sg_event_id": m.chars(22),
        "useragent": m.pick(AGENTS),
        "ip": m.ip(),
        "url": m.url(),
        "asm_group_id": 10,
        "template_name": "order_shipped_v3",
        "subject": "Your order is on its way",
    }
    if m.chance(0.3):
        properties |= {
            "reason": direct(
                "text.email",
                f"550 5.1.1 <{m.who.email}>: Recipient address rejected: User unknown",
                m.who.email,
            ),
            "status": "5.1.1",
        }
    return {
        "type": "track",
        "event": "Email Event",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def intercom(m: Maker) -> Json:
    admin = m.other()
    body = m.pick(
        ("<p>Thanks, that solved it!</p>", "<p>How do I export my data as CSV?</p>", None)
    )
    spoken = (
        Leaf(
            f"<p>Hi, {m.who.first} here. You can reach me at {m.who.email}</p>",
            "text.person",
            "direct",
            (m.who.first,),
            (("text.email", (m.who.email,)),),
        )
        if body is None
        else body
    )
    properties: Json = {
        "topic": "conversation.user.replied",
        "delivery_attempts": 1,
        "item": {
            "type": "conversation",
            "id": m.digits(12),
            "created_at": m.epoch(),
            "state": "open",
            "priority": "not_priority",
            "user": {
                "type": "user",
                "id": m.user_id(),
                "user_id": m.user_id(),
                "name": m.full(),
                "email": m.email(),
            },
            "assignee": {
                "type": "admin",
                "id": m.user_id(),
                "name": m.full(admin),
                "email": m.email(admin),
            },
            "conversation_message": {
                "type": "conversation_message",
                "subject": "",
                "body": spoken,
                "author": {"type": "user", "name": m.full()},
            },
            "tags": {"type": "tag.list", "tags": [{"name": "billing"}, {"name": "vip"}]},
            "open": True,
            "read": False,
        },
    }
    return {
        "type": "track",
        "event": "Conversation Replied",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def hubspot(m: Maker) -> Json:
    traits: Json = {
        "firstname": m.first(),
        "lastname": m.last(),
        "email": m.email(),
        "phone": m.phone(),
        "mobilephone": m.phone(),
        "company": harmless("company", m.pick(COMPANIES)),
        "jobtitle": m.pick(TITLES),
        "lifecyclestage": "marketingqualifiedlead",
        "hs_lead_status": "OPEN",
        "hubspot_owner_id": m.user_id(),
        "hs_analytics_source": "ORGANIC_SEARCH",
        "hs_analytics_num_page_views": m.number(1, 90),
        "createdate": m.time(),
        "hs_email_optout": False,
        "num_employees": "51-200",
        "hs_latest_source": "PAID_SEARCH",
    }
    if m.chance(0.5):
        traits |= {
            "address": m.street(),
            "city": m.city(),
            "state": m.region(),
            "zip": m.postcode(),
            "country": m.who.country.name,
        }
    if m.chance(0.4):
        traits |= {
            "date_of_birth": m.birth(),
            "twitterhandle": m.handle(prefix=m.pick(("", "@"))),
            "hs_linkedin_url": online(
                "profile_url", f"https://www.linkedin.com/in/{m.who.slug}-{m.hex(6)}/", m.who.slug
            ),
        }
    if m.chance(0.3):
        traits |= {
            "hs_google_click_id": online("click_id", m.chars(55)),
            "hutk": online("cookie_id", m.hex(32)),
            "ipaddress": m.ip(),
        }
    return {"type": "identify", "userId": m.raw_user_id(), "traits": traits}


def stripe(m: Maker) -> Json:
    properties: Json = {
        "id": f"ch_3{m.chars(23)}",
        "object": "charge",
        "amount": m.number(500, 90_000),
        "currency": m.pick(CURRENCIES).lower(),
        "paid": True,
        "payment_intent": f"pi_3{m.chars(23)}",
        "invoice": f"in_1{m.chars(23)}",
        "customer": direct("user_id", f"cus_{m.chars(14)}"),
        "billing_details": {
            "address": {
                "city": m.city(),
                "country": m.who.country.code,
                "line1": m.street(),
                "line2": None,
                "postal_code": m.postcode(),
                "state": None,
            },
            "email": m.email(),
            "name": m.full(),
            "phone": m.phone(),
        },
        "payment_method_details": {
            "type": "card",
            "card": {
                "brand": "visa",
                "funding": "credit",
                "network": "visa",
                "three_d_secure": None,
            },
        },
        "receipt_email": m.email(),
        "description": "Subscription update",
        "statement_descriptor": "BRIGHTLOOM PRO",
        "livemode": True,
        "outcome": {"risk_level": "normal", "risk_score": 12, "type": "authorized"},
    }
    if m.chance(0.3):
        properties["metadata"] = {"order_id": m.digits(4), "account_manager": m.full(m.other())}
    return {
        "type": "track",
        "event": "charge.succeeded",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


def auth_log(m: Maker) -> Json:
    properties: Json = {
        "type": "s",
        "date": m.time(),
        "connection": "Username-Password-Authentication",
        "client_name": "Web App",
        "ip": m.ip(),
        "user_agent": m.pick(AGENTS),
        "user_name": m.email(),
        "strategy": "auth0",
        "log_id": m.digits(20),
        "hostname": "login.kestrel-analytics.io",
        "mfa": True,
        "details": {"prompts": [], "elapsedTime": 41, "scope": "openid profile email"},
    }
    if m.chance(0.6):
        properties["user_id"] = m.user_id()
    if m.chance(0.3):
        properties["id_token"] = m.jwt()
    if m.chance(0.2):
        properties["cookie"] = m.cookie()
    return {
        "type": "track",
        "event": "Login Success",
        "userId": m.raw_user_id(),
        "properties": properties,
    }


VENDOR_FAMILIES: dict[str, Callable[[Maker], Json]] = {
    "Segment identify": segment_identify, "Segment order": segment_order, "Segment browsing": segment_browse, "Segment page": segment_page, "Segment group": segment_group, "Segment B2B": segment_b2b, "RudderStack mobile": rudder_mobile,
    "Mixpanel track": mixpanel_track, "Mixpanel people": mixpanel_people, "PostHog pageview": posthog_pageview, "PostHog autocapture": posthog_autocapture, "Amplitude": amplitude, "Snowplow": snowplow, "Customer.io": customerio, "Braze": braze, "Heap": heap,
    "Klaviyo": klaviyo, "GA4": ga4, "Meta CAPI": meta_capi, "TikTok": tiktok, "Branch": branch, "AppsFlyer": appsflyer, "Adjust": adjust, "Firebase": firebase, "Shopify": shopify, "SendGrid": sendgrid, "Intercom": intercom, "HubSpot": hubspot, "Stripe": stripe, "Auth0 log": auth_log,
}  # fmt: skip
