"""What the SDKs of vendors add by themselves."""

from __future__ import annotations

from typing import Any

from making.scene import Scene, message
from making.template import no, online, yes


def _click_url(s: Scene) -> Any:
    name, value = s.ids.click()
    return online(
        "click id in URL", f"https://shop.example.org/sale?utm_source=google&{name}={value}", value
    )


def mixpanel(s: Scene) -> dict[str, Any]:
    """Mixpanel's own properties."""
    p = s.person()
    properties = {
        **s.some(
            10,
            **{
                "$os": s.h("os"),
                "$browser": s.h("browser"),
                "$browser_version": no("version number", s.rng.randint(90, 140)),
                "$current_url": s.pick(s.h("url"), _click_url(s)),
                "$initial_referrer": s.pick(s.h("url"), no("domain", "$direct")),
                "$initial_referring_domain": s.h("domain"),
                "$referrer": s.h("url"),
                "$referring_domain": s.h("domain"),
                "$screen_height": s.rng.choice([800, 900, 1080, 1440]),
                "$screen_width": s.rng.choice([390, 1440, 1920]),
                "$device": s.h("device model"),
                "$device_id": online("device id", s.ids.device()),
                "distinct_id": online("visitor id", s.ids.visitor()),
                "$user_id": yes("user id", p.user_id),
                "$lib_version": s.h("version"),
                "$model": s.h("device model"),
                "$manufacturer": s.h("manufacturer"),
                "$carrier": s.h("carrier"),
                "$wifi": s.h.flag(),
                "$app_version_string": s.h("version"),
                "$app_build_number": no("version number", str(s.rng.randint(100, 9999))),
                "$radio": s.pick("LTE", "5G", "none"),
                "$city": yes("city", p.city),
                "$region": yes("region", p.region or p.city),
                "mp_country_code": no("country", p.country_code),
                "mp_lib": s.h("library"),
                "$search_engine": s.pick("google", "bing"),
                "$mp_api_endpoint": no("domain", "api.mixpanel.com"),
                "current_page_title": s.h("page"),
                "current_domain": s.h("domain"),
                "current_url_path": s.h("path"),
                "$insert_id": s.h.thing_id(),
            },
        ),
        **s.some(1, plan=s.h("plan"), item_name=s.h("product"), amount=s.h.price()),
    }
    return message("track", s.pick("$mp_web_page_view", "Purchase", "App Open"), p.user_id,
                   properties=properties)  # fmt: skip


def posthog(s: Scene) -> dict[str, Any]:
    """PostHog's own properties, with the person's."""
    p = s.person()
    person = s.some(
        2,
        email=yes("email", p.email),
        name=yes("person", p.name),
        plan=s.h("plan"),
        company=s.h("company"),
        **{"$initial_referrer": s.h("url"), "$initial_utm_source": s.h("utm source"),
           "$geoip_city_name": yes("city", p.city)},
    )  # fmt: skip
    latitude, longitude = s.ids.position()
    properties = s.some(
        12,
        **{
            "$os": s.h("os"),
            "$os_version": s.h("version"),
            "$browser": s.h("browser"),
            "$device_type": s.h("device type"),
            "$current_url": s.pick(s.h("url"), _click_url(s)),
            "$host": s.h("domain"),
            "$pathname": s.h("path"),
            "$raw_user_agent": s.h("user agent"),
            "$screen_height": s.rng.choice([800, 1080]),
            "$viewport_width": s.rng.choice([390, 1440]),
            "$lib": s.h("library"),
            "$lib_version": s.h("version"),
            "$device_id": online("device id", s.ids.device()),
            "$session_id": online("session id", s.ids.device()),
            "$window_id": online("session id", s.ids.device()),
            "$pageview_id": s.h.uuid(),
            "$anon_distinct_id": online("visitor id", s.ids.device()),
            "$referrer": s.pick(s.h("url"), no("domain", "$direct")),
            "$referring_domain": s.h("domain"),
            "$ip": online("ip", s.ids.ip()),
            "$geoip_city_name": yes("city", p.city),
            "$geoip_country_name": no("country", p.country),
            "$geoip_country_code": no("country", p.country_code),
            "$geoip_latitude": online("coordinates", latitude),
            "$geoip_longitude": online("coordinates", longitude),
            "$geoip_time_zone": s.h("time zone"),
            "$geoip_postal_code": yes("postal code", p.postcode),
            "$event_type": s.pick("click", "submit"),
            "$el_text": s.h("button"),
            "$feature/new-checkout": s.h("experiment"),
            "$active_feature_flags": [s.h("experiment"), s.h("experiment")],
            "$timezone": s.h("time zone"),
            "$browser_language": s.h("locale"),
            "$set": person,
            "$time": no("timestamp", 1_760_000_000 + s.rng.random()),
            "$user_id": yes("user id", p.user_id),
            "title": s.h("page"),
        },
    )
    return message("track", s.pick("$pageview", "$autocapture", "insight viewed"), p.user_id,
                   properties=properties)  # fmt: skip


def segment(s: Scene) -> dict[str, Any]:
    """The context of Segment's libraries."""
    p = s.person()
    latitude, longitude = s.ids.position()
    context = s.some(
        6,
        app={"name": no("product", s.pick("InitechGlobal", "Vela", "Northwind Mobile")),
             "version": s.h("version"), "build": str(s.rng.randint(100, 9999)),
             "namespace": s.h("package name")},
        campaign={"name": s.h("campaign"), "source": s.h("utm source"), "medium": s.h("utm medium"),
                  "term": s.h("query"), "content": s.h("enum")},
        device={"id": online("device id", s.ids.device()),
                "advertisingId": online("advertising id", s.ids.advertising()),
                "adTrackingEnabled": s.h.flag(), "manufacturer": s.h("manufacturer"),
                "model": s.h("device model"), "name": no("device model", s.pick("maguro", "iPhone", "barbet")),
                "type": s.h("device type"), "token": secret_push(s)},
        library={"name": s.h("library"), "version": s.h("version")},
        locale=s.h("locale"),
        location={"city": yes("city", p.city), "country": no("country", p.country),
                  "latitude": online("coordinates", latitude), "longitude": online("coordinates", longitude),
                  "speed": 0},
        network={"bluetooth": s.h.flag(), "carrier": s.h("carrier"), "cellular": s.h.flag(),
                 "wifi": s.h.flag()},
        os={"name": s.h("os"), "version": s.h("version")},
        page={"path": s.h("path"), "referrer": s.h("url"), "search": s.pick("", "?tab=2"),
              "title": s.h("page"), "url": s.pick(s.h("url"), _click_url(s))},
        screen={"density": 2, "height": 568, "width": 320},
        ip=online("ip", s.ids.ip()),
        timezone=s.h("time zone"),
        userAgent=s.h("user agent"),
        traits={"email": yes("email", p.email), "name": yes("person", p.name), "plan": s.h("plan"),
                "logins": s.h.count()},
    )  # fmt: skip
    traits = s.some(
        4,
        name=yes("person", p.written_name),
        first_name=yes("first name", p.first),
        last_name=yes("last name", p.last),
        email=yes("email", p.email),
        phone=yes("phone", p.phone),
        username=yes("handle", p.handle),
        birthday=yes("birth date", p.birth_date),
        gender=s.pick("female", "male", "non_binary"),
        age=s.rng.randint(18, 80),
        title=s.h("job title"),
        website=s.h("url"),
        avatar=online("profile URL", f"https://gravatar.com/avatar/{(a := s.ids.hashed(p.email))}", a),
        address={"street": yes("street", p.street), "city": yes("city", p.city),
                 "postal_code": yes("postal code", p.postcode), "country": no("country", p.country)},
        company={"name": s.h("company"), "industry": s.h("industry"), "employee_count": s.h.count(),
                 "plan": s.h("plan")},
        created_at=s.h.time(),
        plan=s.h("plan"),
        lifetime_value=s.h.price(),
    )  # fmt: skip
    return message("identify", None, p.user_id, traits=traits, context=context)


def secret_push(s: Scene) -> Any:
    """A push token."""
    return online("push token", s.ids.push_token())


def amplitude(s: Scene) -> dict[str, Any]:
    """Amplitude's top-level fields, as they stand in exports."""
    p = s.person()
    latitude, longitude = s.ids.position()
    properties = s.some(
        10,
        platform=s.h("device type"),
        os_name=s.h("os"),
        os_version=s.h("version"),
        device_brand=s.h("manufacturer"),
        device_manufacturer=s.h("manufacturer"),
        device_model=s.h("device model"),
        device_family=s.h("device model"),
        carrier=s.h("carrier"),
        version_name=s.h("version"),
        start_version=s.h("version"),
        language=s.h("language"),
        country=s.h("country"),
        region=yes("region", p.region or p.city),
        city=yes("city", p.city),
        dma=no("null", None),
        ip_address=online("ip", s.ids.ip()),
        location_lat=online("coordinates", latitude),
        location_lng=online("coordinates", longitude),
        device_id=online("device id", s.ids.device()),
        idfa=online("advertising id", s.ids.advertising()),
        adid=online("advertising id", s.ids.advertising()),
        amplitude_id=online("visitor id", s.rng.randrange(10**10, 10**12)),
        session_id=online("session id", 1_760_000_000_000 + s.rng.randrange(10**9)),
        event_id=s.h.count(),
        insert_id=s.h.uuid(),
        uuid=s.h.uuid(),
        library=no("library", "amplitude-ts/2.9.1"),
        event_time=s.h.time(),
        user_id=yes("user id", p.user_id),
        product_id=s.h.thing_id(),
        revenue_type=s.h("enum"),
        price=s.h.price(),
    )
    return message("track", s.pick("[Amplitude] Page Viewed", "purchase", "session_start"), p.user_id,
                   properties=properties)  # fmt: skip


FAMILIES = (mixpanel, posthog, posthog, segment, segment, amplitude)
