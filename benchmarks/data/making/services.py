"""Families shaped like the messages of well-known services, forwarded as properties."""

from __future__ import annotations

from typing import Any

from making.scene import Scene, message
from making.template import no, online, secret, text, yes


def code_host(s: Scene) -> dict[str, Any]:
    """A pull request or a push."""
    p = s.person()
    login = p.handle.strip("@")
    properties = s.some(
        4,
        action=s.pick("opened", "closed", "synchronize"),
        sender={"login": yes("handle", login), "id": yes("user id", s.rng.randrange(10**5, 10**9)),
                "avatar_url": online("profile URL", f"https://avatars.githubusercontent.com/u/{(n := s.rng.randrange(10**5, 10**9))}?v=4", f"/u/{n}"),
                "html_url": online("profile URL", f"https://github.com/{login}", f"/{login}"),
                "type": "User", "site_admin": False},
        repository={"id": s.h.number_id(), "name": s.h("repo"), "private": s.h.flag(),
                    "default_branch": s.h("branch"), "stargazers_count": s.h.count(), "language": s.h("language name")},
        pull_request={"number": s.rng.randint(1, 9999), "title": no("sentence", s.pick("Fix flaky checkout test", "Bump lodash", "Add Rust parser")),
                      "state": "open", "head_sha": s.h.hash(), "additions": s.h.count()},
        commits=[{"id": s.h.hash(), "message": s.h("sentence"),
                  "author": {"name": yes("person", p.name), "email": yes("email", p.email), "username": yes("handle", login)}}],
        ref=no("branch", "refs/heads/main"),
        after=s.h.hash(),
    )  # fmt: skip
    return message("track", "pull_request", p.user_id, properties=properties)


def mail(s: Scene) -> dict[str, Any]:
    """A delivery notice of a mailer."""
    p = s.person()
    properties = s.some(
        5,
        email=yes("email", p.email),
        recipient=yes("email", p.email),
        to=s.pick(yes("email", p.email), [{"email": yes("email", p.email), "name": yes("person", p.name)}],
                  yes("email", f"{p.name} <{p.email}>", p.email, p.name)),
        event=s.pick("delivered", "open", "bounce"),
        subject=s.pick(s.h("sentence"), text("{}, your order is on its way", yes("first name", p.first), keep=("your order is on its way",))),
        template=no("feature", s.pick("Welcome Mail", "password_reset_v2")),
        campaign_name=s.h("campaign"),
        category=["transactional", "v2"],
        sg_event_id=s.h.thing_id(),
        ip=online("ip", s.ids.ip()),
        useragent=s.h("user agent"),
        url=s.pick(s.h("url"), secret("link token", f"https://vela.app/unsubscribe?t={(t := s.ids.hex(40))}", t)),
        timestamp=s.h.time(),
        response=no("error", "250 OK"),
        list_name=no("feature", s.pick("Newsletter DE", "VIP Customers", "Beta Testers")),
        list_size=s.h.count(),
        from_name=no("company", s.pick("Vela Support", "Acme Billing")),
    )  # fmt: skip
    return message(
        "track", s.pick("Email Delivered", "email_opened"), p.user_id, properties=properties
    )


def conversion(s: Scene) -> dict[str, Any]:
    """An advertiser's server-side conversion, with hashed people."""
    p = s.person()
    cookie, value = s.ids.cookie()
    click, token = s.ids.click()
    properties = s.some(
        5,
        user_data=s.some(
            3,
            em=online("hashed email", s.ids.hashed(p.email)),
            ph=online("hashed email", s.ids.hashed(p.phone)),
            fn=online("hashed email", s.ids.hashed(p.first)),
            client_ip_address=online("ip", s.ids.ip()),
            client_user_agent=s.h("user agent"),
            fbp=online("cookie id", f"fb.1.1{s.rng.randrange(6 * 10**11, 7 * 10**11)}.{s.rng.randrange(10**9)}"),
            external_id=yes("user id", p.user_id),
        ),
        custom_data={"value": s.h.price(), "currency": s.h("currency"), "content_ids": [s.h.thing_id()],
                     "content_name": s.h("product"), "num_items": s.rng.randint(1, 5)},
        event_source_url=s.pick(s.h("url"), online("click id in URL", f"https://shop.example.org/?{click}={token}", token)),
        event_id=s.h.uuid(),
        action_source="website",
        hashed_email=online("hashed email", s.ids.hashed(p.email)),
        sha256_email_address=online("hashed email", s.ids.hashed(p.email)),
        email_md5=online("hashed email", s.ids.hashed(p.email)),
        **{cookie: online("cookie id", value), click: online("click id", token)},
    )  # fmt: skip
    return message(
        "track",
        s.pick("Purchase", "Lead", "CompleteRegistration"),
        p.user_id,
        properties=properties,
    )


def attribution(s: Scene) -> dict[str, Any]:
    """A mobile attribution provider's export."""
    p = s.person()
    properties = s.some(
        10,
        idfa=online("advertising id", s.ids.advertising().upper()),
        idfv=online("device id", s.ids.uuid().upper()),
        advertising_id=online("advertising id", s.ids.uuid()),
        android_id=online("device id", s.ids.hex(16)),
        appsflyer_id=online(
            "device id",
            f"1{s.rng.randrange(6 * 10**11, 7 * 10**11)}-{s.rng.randrange(10**6, 10**7)}",
        ),
        customer_user_id=yes("user id", p.user_id),
        oaid=online("advertising id", s.ids.hex(16)),
        media_source=s.h("utm source"),
        campaign=s.h("campaign"),
        af_ad=no("campaign", s.pick("Video A", "summer_creative_03")),
        app_name=no("product", s.pick("Vela", "Northwind Mobile")),
        app_id=no("package name", s.pick("id6443219", "com.northwind.mobile")),
        bundle_id=s.h("package name"),
        sdk_version=s.h("version"),
        device_model=s.h("device model"),
        os_version=s.h("version"),
        operator=s.h("carrier"),
        country_code=s.h("country"),
        city=yes("city", p.city),
        postal_code=yes("postal code", p.postcode),
        ip=online("ip", s.ids.ip()),
        wifi=s.h.flag(),
        install_time=s.h.time(),
        event_revenue=s.h.price(),
        gp_referrer=no("url", "utm_source=google-play&utm_medium=organic"),
        http_referrer=s.h("url"),
        is_retargeting=s.h.flag(),
        match_type=s.pick("id_matching", "probabilistic"),
    )
    return message("track", "install", p.user_id, properties=properties)


def login_log(s: Scene) -> dict[str, Any]:
    """An identity provider's log."""
    p = s.person()
    lat, lng = s.ids.position()
    properties = s.some(
        5,
        actor={"id": yes("user id", p.user_id), "type": "User", "alternateId": yes("email", p.email),
               "displayName": yes("person", p.name)},
        client={"ipAddress": online("ip", s.ids.ip()), "device": s.pick("Computer", "Mobile"),
                "userAgent": {"rawUserAgent": s.h("user agent"), "os": s.h("os"), "browser": s.h("browser")},
                "geographicalContext": {"city": yes("city", p.city), "country": no("country", p.country),
                                        "postalCode": yes("postal code", p.postcode),
                                        "geolocation": {"lat": online("coordinates", lat), "lon": online("coordinates", lng)}}},
        outcome={"result": s.pick("SUCCESS", "FAILURE"), "reason": s.pick(None, "INVALID_CREDENTIALS")},
        eventType=no("event", "user.session.start"),
        user_name=s.pick(yes("email", p.email), yes("handle", p.handle)),
        strategy=s.pick("google-oauth2", "samlp", "email"),
        connection=no("method", "Username-Password-Authentication"),
        log_id=s.h.thing_id(),
        uuid=s.h.uuid(),
        details={"elapsedTime": s.h.count(), "stats": {"loginsCount": s.h.count()}},
        refresh_token=secret("api key", "v1.M" + s.ids.chars("abcdefghijklmnopqrstuvwxyzABCDEFGH0123456789_-", 60)),
    )  # fmt: skip
    return message(
        "track", s.pick("login_success", "user.session.start"), p.user_id, properties=properties
    )


def crm(s: Scene) -> dict[str, Any]:
    """A sales tool's contact and deal."""
    p, o = s.person(), s.person()
    properties = s.some(
        4,
        contact=s.some(3, firstname=yes("first name", p.first), lastname=yes("last name", p.last), email=yes("email", p.email),
                       jobtitle=s.h("job title"), phone=yes("phone", p.phone), mobilephone=yes("phone", p.phone),
                       company=s.h("company"), hs_object_id=s.h.number_id(), lifecyclestage=s.pick("lead", "customer"),
                       city=yes("city", p.city), twitterhandle=yes("handle", p.handle)),
        deal={"name": no("title", s.pick("Acme - 50 seats renewal", "Q4 Expansion Globex", "Pilot Initech")),
              "stage": s.pick("Closed Won", "negotiation"), "amount": s.h.price(), "close_date": s.h.time(),
              "owner": yes("person", o.name)},
        account={"name": s.h("company"), "domain": no("domain", "northwind.io"), "employees": s.h.count(),
                 "industry": s.h("industry"), "owner_email": yes("email", o.email)},
        lead_source=s.pick("Webinar", "Cold Call", "Partner"),
        sales_rep=yes("person", o.name),
        call_notes=s.pick(text("Spoke with {} about pricing; follow up with {}", yes("person", p.name), yes("email", p.email), keep=("about pricing",)), s.h("sentence")),
        form_name=no("feature", s.pick("Demo Request", "Contact Sales EN")),
        score=s.rng.randint(0, 100),
    )  # fmt: skip
    return message(
        "track", s.pick("Deal Updated", "contact.creation"), p.user_id, properties=properties
    )


def monitor(s: Scene) -> dict[str, Any]:
    """Front-end monitoring and crashes: paths, stacks, ids."""
    p = s.person()
    first = p.handle.strip("@")
    properties = s.some(
        7,
        error={"type": s.h("error"), "message": s.pick(s.h("error"), text("User {} not found", yes("email", p.email), keep=("not found",))),
               "stack": no("plain text", "TypeError: x is undefined\n    at render (app.js:12:34)\n    at Object.next (vendor.js:1:5)")},
        view={"url": s.h("url"), "name": s.h("page"), "loading_time": s.h.large(), "id": s.h.uuid()},
        session={"id": online("session id", s.ids.uuid()), "type": "user", "has_replay": s.h.flag()},
        usr=s.some(1, id=yes("user id", p.user_id), name=yes("person", p.name), email=yes("email", p.email)),
        resource={"type": "xhr", "status_code": 200, "duration": s.h.large(), "size": s.h.count(), "method": s.h("method")},
        service=s.h("repo"),
        version=s.h("version"),
        release=no("version", f"web@{s.rng.randint(1, 9)}.{s.rng.randint(0, 20)}.0+{s.ids.hex(8)}"),
        trace_id=no("hash", s.ids.hex(32)),
        span_id=no("hash", s.ids.hex(16)),
        request_headers={"User-Agent": s.h("user agent"), "X-Forwarded-For": online("ip", s.ids.ip()),
                         "Authorization": secret("jwt", f"Bearer {(j := s.ids.jwt(p.user_id))}", j),
                         "Cookie": secret("session cookie", f"sessionid={(c := s.ids.hex(32))}; theme=dark", c),
                         "Accept-Language": no("locale", "de-DE,de;q=0.9"), "Host": s.h("domain")},
        database_url=secret("password in text", f"postgres://app:{(w := s.ids.chars('abcdefghjkmnpqrstuvwxyz23456789', 18))}@db.internal:5432/prod", w),
        file=no("file name", "src/components/CheckoutForm.tsx"),
        log_path=yes("name in path", f"/Users/{first}/Library/Logs/app.log", first),
        viewport={"width": 390, "height": 844},
        connectivity=s.pick("wifi", "4g"),
        line_no=s.rng.randint(1, 900),
    )  # fmt: skip
    return message(
        "track",
        s.pick("Error Logged", "rum_event", "app_crashed"),
        p.user_id,
        properties=properties,
    )


def subscription(s: Scene) -> dict[str, Any]:
    """Billing of subscriptions."""
    p = s.person()
    customer = s.some(1, id=yes("user id", f"cus_{s.ids.chars('ABCDEFGHabcdefgh0123456789', 14)}"), email=yes("email", p.email),
                      name=yes("person", p.name), phone=yes("phone", p.phone), balance=0, delinquent=False)  # fmt: skip
    properties = s.some(
        6,
        customer=customer,
        billing_details={"name": yes("person", p.name), "email": yes("email", p.email),
                         "address": {"line1": yes("street", p.street), "city": yes("city", p.city),
                                     "postal_code": yes("postal code", p.postcode), "country": no("country", p.country_code)}},
        subscription_id=no("id of a thing", f"sub_{s.ids.chars('ABCDEFGHabcdefgh0123456789', 14)}"),
        price_id=no("id of a thing", f"price_{s.ids.chars('ABCDEFGHabcdefgh0123456789', 24)}"),
        original_transaction_id=no("id of a thing", str(s.rng.randrange(10**14, 10**15))),
        app_user_id=yes("user id", f"$RCAnonymousID:{s.ids.hex(32)}"),
        plan={"name": s.h("plan"), "interval": "month", "amount": s.h.count(), "currency": s.h("currency")},
        invoice_number=no("id of a thing", f"{s.ids.chars('ABCDEF0123456789', 8)}-{s.rng.randint(1, 99):04}"),
        last4=no("card's last digits", f"{s.rng.randrange(10**4):04}"),
        card_brand=s.pick("visa", "American Express"),
        mrr=s.h.price(),
        trial_end=s.h.time(),
        cancel_reason=s.h("reason"),
        store=s.pick("APP_STORE", "PLAY_STORE"),
        entitlement_ids=["pro", "plus"],
        livemode=True,
        period_type="NORMAL",
        expiration_at_ms=no("timestamp", 1_760_000_000_000 + s.rng.randrange(10**9)),
    )  # fmt: skip
    return message("track", s.pick("Subscription Renewed", "customer.subscription.updated"), p.user_id,
                   properties=properties)  # fmt: skip


def survey(s: Scene) -> dict[str, Any]:
    """Forms whose questions are the keys, or whose answers stand in lists."""
    p = s.person()
    properties = s.pick(
        {
            "form_title": no("feature", "Customer Survey 2025"),
            "answers": [
                {"question": no("sentence", "What is your name?"), "answer": yes("person", p.name)},
                {"question": no("sentence", "Your email address"), "answer": yes("email", p.email)},
                {
                    "question": no("sentence", "How did you hear about us?"),
                    "answer": s.h("utm source"),
                },
                {"question": no("sentence", "Phone"), "answer": yes("phone", p.phone)},
                {"question": no("sentence", "Any comments?"), "answer": s.h("sentence")},
            ],
        },
        {
            "What is your full name?": yes("person", p.name),
            "Where do you live?": yes("city", p.city),
            "Best phone to reach you": yes("phone", p.phone),
            "How satisfied are you?": s.rng.randint(1, 10),
            "Which plan are you on?": s.h("plan"),
            "Date of birth (optional)": yes("birth date", p.birth_date),
        },
        {
            "fields": [
                {"name": no("word", "first_name"), "value": yes("first name", p.first)},
                {"name": no("word", "email"), "value": yes("email", p.email)},
                {"name": no("word", "company_size"), "value": s.h("size band")},
                {"name": no("word", "zip"), "value": yes("postal code", p.postcode)},
            ],
            "score": s.rng.randint(0, 10),
            "submitted_at": s.h.time(),
        },
    )
    return message(
        "track", s.pick("Form Submitted", "survey_completed"), p.user_id, properties=properties
    )


FAMILIES = (code_host, mail, conversion, attribution, login_log, crm, monitor, subscription, survey)
