"""Families of industries: money, health, media, travel, games, staff, learning, homes, rides."""

from __future__ import annotations

from typing import Any

from making.commerce import address
from making.numbers import iban, national_id
from making.scene import Scene, message
from making.template import no, online, text, yes


def know_your_customer(s: Scene) -> dict[str, Any]:
    """Opening an account at a bank."""
    p = s.person()
    key, number = national_id(p)
    applicant = s.some(
        3,
        first_name=yes("first name", p.first),
        last_name=yes("last name", p.last),
        date_of_birth=yes("birth date", p.birth_date),
        nationality=no("country", p.country),
        email=yes("email", p.email),
        phone=yes("phone", p.phone),
        address=address(s, p),
        **{key: yes("national id", number)},
    )
    properties = {
        s.pick("applicant", "customer", "account_holder"): applicant,
        **s.some(
            4,
            document_type=s.pick("passport", "id_card", "driving_licence"),
            document_number=yes(
                "national id", f"{s.pick('C', 'L', 'X')}{s.rng.randrange(10**7, 10**8)}"
            ),
            check_result=s.pick("clear", "consider", "rejected"),
            risk_level=s.h("enum"),
            iban=yes("iban", iban(s.rng)),
            initial_deposit=s.h.price(),
            currency=s.h("currency"),
            product=no("product", s.pick("Gold Savings", "Everyday Account", "Girokonto Plus")),
            application_id=s.h.thing_id(),
            employer=s.h("company"),
            occupation=s.h("job title"),
            annual_income=s.h.large(),
            submitted_at=s.h.time(),
        ),
    }
    return message(
        "track", s.pick("KYC Submitted", "account_opened"), p.user_id, properties=properties
    )


def transfer(s: Scene) -> dict[str, Any]:
    """Money from one to another."""
    p, o = s.person(), s.person()
    properties = s.some(
        5,
        recipient_name=yes("person", o.name),
        beneficiary=s.pick(yes("person", o.name), {"name": yes("person", o.written_name),
                                                   "iban": yes("iban", iban(s.rng))}),
        sender=yes("person", p.name),
        amount=s.h.price(),
        currency=s.h("currency"),
        exchange_rate=s.h.share(),
        reference=s.pick(s.h.thing_id(), text("rent {} november", yes("person", p.last))),
        network=s.h("gateway"),
        balance_after=s.h.large(),
        wallet_address=yes("bank account", "0x" + s.ids.hex(40)),
        routing_number=yes("bank account", str(s.rng.randrange(10**8, 10**9))),
        transfer_id=s.h.uuid(),
        scheduled_for=s.h.time(),
        is_recurring=s.h.flag(),
    )  # fmt: skip
    return message(
        "track", s.pick("Transfer Sent", "payout_created"), p.user_id, properties=properties
    )


def appointment(s: Scene) -> dict[str, Any]:
    """A doctor's appointment."""
    p, d = s.person(), s.person()
    properties = s.some(
        6,
        patient_name=yes("person", p.written_name),
        patient=s.some(2, name=yes("person", p.name), dob=yes("birth date", p.birth_date),
                       mrn=yes("national id", f"MRN-{s.rng.randrange(10**6, 10**7)}"),
                       sex=s.pick("F", "M"), insurance_number=yes("national id", f"{s.pick('A', 'H', 'T')}{s.rng.randrange(10**8, 10**9)}")),
        doctor=yes("person", f"Dr. {d.name}"),
        practitioner_name=yes("person", d.name),
        specialty=s.pick("Cardiology", "Dermatology", "Pediatrics", "ENT"),
        condition=s.h("condition"),
        clinic=no("company", s.pick("Sunrise Clinic", "Praxis am Markt", "City Hospital")),
        appointment_id=s.h.thing_id(),
        appointment_time=s.h.time(),
        visit_type=s.pick("video", "in_person"),
        notes=s.pick(text("{} reports pain since Monday, call {}", yes("person", p.name), yes("phone", p.phone), keep=("reports pain since Monday",)), s.h("sentence")),
        duration_min=s.rng.choice([15, 30, 45]),
        icd10=s.pick("J45.909", "E11.9", "M54.5"),
        emergency_contact={"name": yes("person", d.name), "phone": yes("phone", d.phone), "relation": "sister"},
        heart_rate=s.rng.randint(50, 120),
    )  # fmt: skip
    return message(
        "track", s.pick("Appointment Booked", "visit.completed"), p.user_id, properties=properties
    )


def media(s: Scene) -> dict[str, Any]:
    """Films, songs, news: titles and artists are no users."""
    p = s.person()
    properties = s.some(
        7,
        title=s.h("title"),
        content_title=s.h("title"),
        show=s.h("title"),
        genre=s.h("genre"),
        artist=no("artist", s.pick("Taylor Swift", "Daft Punk", "Miles Davis", "Rosalía", "Queen")),
        album=s.h("title"),
        season=s.rng.randint(1, 9),
        episode_number=s.rng.randint(1, 24),
        asset_id=s.h.thing_id(),
        position_s=s.h.count(),
        total_length=s.h.count(),
        bitrate=s.h.count(),
        quality=s.pick("1080p", "4K", "auto"),
        subtitles=s.h("language"),
        player_version=s.h("version"),
        cdn=s.h("domain"),
        publisher=s.h("company"),
        keywords=[s.h("genre"), s.h("genre")],
        profile_name=yes("first name", p.first),
        ad_id=online("advertising id", s.ids.advertising()),
        channel=no("page", s.pick("BBC One", "Arte", "ESPN 2")),
    )
    return message("track", s.pick("Video Playback Started", "song_played", "Article Read"), p.user_id,
                   properties=properties)  # fmt: skip


def trip(s: Scene) -> dict[str, Any]:
    """Bookings of flights and rooms."""
    p = s.person()
    guests = [s.person() for _ in s.times(2)]
    properties = s.some(
        6,
        passengers=[s.some(2, first_name=yes("first name", g.first), last_name=yes("last name", g.last),
                           passport_number=yes("national id", f"{s.pick('C', 'X', 'P')}{s.rng.randrange(10**7, 10**8)}"),
                           seat=no("enum", s.pick("12A", "3F", "27C")), type=s.pick("adult", "child"),
                           frequent_flyer_number=yes("user id", f"LH{s.rng.randrange(10**8, 10**9)}")) for g in guests],
        lead_guest=yes("person", guests[0].name),
        origin=s.h("airport"),
        destination=s.h("airport"),
        carrier=s.h("airline"),
        flight_number=no("id of a thing", f"{s.pick('LH', 'BA', 'FR')}{s.rng.randint(10, 9999)}"),
        booking_reference=no("id of a thing", s.ids.chars("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 6)),
        cabin_class=s.h("fare"),
        hotel_name=no("company", s.pick("Hotel Adlon", "Grand Budapest", "Hilton Garden Inn", "Casa Lucía")),
        room_type=s.h("room"),
        nights=s.rng.randint(1, 14),
        departure_date=s.h.time(),
        return_date=s.h.time(),
        total_price=s.h.price(),
        currency=s.h("currency"),
        adults=s.rng.randint(1, 4),
        contact_email=yes("email", p.email),
        contact_phone=yes("phone", p.phone),
        special_request=s.pick(s.h("sentence"), text("late arrival, call {}", yes("phone", p.phone), keep=("late arrival",))),
    )  # fmt: skip
    return message("track", s.pick("Booking Completed", "flight_search", "Hotel Booked"), p.user_id,
                   properties=properties)  # fmt: skip


def game(s: Scene) -> dict[str, Any]:
    """Play and in-app purchases."""
    p, o = s.person(), s.person()
    properties = s.some(
        7,
        player_name=yes("handle", p.handle),
        gamertag=yes("handle", p.handle),
        opponent=yes("handle", o.handle),
        guild=no("team", s.pick("Night Watch", "Dragon Slayers", "Los Lobos")),
        level=s.rng.randint(1, 99),
        level_name=s.h("level"),
        character=no("item", s.pick("Lara", "Mario", "Geralt", "Zelda")),
        class_name=s.pick("mage", "Warrior", "rogue"),
        item=s.h("item"),
        item_id=s.h.thing_id(),
        score=s.h.large(),
        xp=s.h.count(),
        coins_spent=s.h.count(),
        match_id=s.h.uuid(),
        server_region=s.h("environment"),
        map=s.h("level"),
        fps=s.rng.randint(20, 144),
        platform=s.h("device type"),
        build=s.h("version"),
        steam_id=yes("user id", f"7656119{s.rng.randrange(10**9, 10**10)}"),
        friends=[yes("handle", o.handle)],
        product_id=no("package name", "com.studio.game.gems_500"),
    )  # fmt: skip
    return message("track", s.pick("Level Completed", "item_purchased", "match_ended"), p.user_id,
                   properties=properties)  # fmt: skip


def staff(s: Scene) -> dict[str, Any]:
    """People operations and hiring."""
    p, m = s.person(), s.person()
    key, number = national_id(p)
    properties = s.some(
        6,
        employee_id=yes("user id", p.user_id),
        employee_name=yes("person", p.written_name),
        candidate=s.some(2, name=yes("person", p.name), email=yes("email", p.email), phone=yes("phone", p.phone),
                         linkedin=online("profile URL", f"https://www.linkedin.com/in/{p.handle.strip('@')}", p.handle.strip("@")),
                         resume=yes("name in path", f"{p.first}_{p.last}_CV.pdf", p.first, p.last)),
        manager=yes("person", m.name),
        manager_email=yes("email", m.email),
        interviewer=yes("person", m.name),
        hired_by=yes("person", m.name),
        department=s.h("department"),
        job_title=s.h("job title"),
        position=s.h("job title"),
        salary=s.h.large(),
        start_date=s.h.time(),
        office=no("page", s.pick("Remote", "Headquarters", "Floor 3")),
        birth_date=yes("birth date", p.birth_date),
        leave_type=s.pick("vacation", "parental", "sick"),
        days=s.rng.randint(1, 30),
        stage=s.pick("Phone Screen", "Onsite", "Offer"),
        score=s.h.share(),
        **{key: yes("national id", number)},
    )  # fmt: skip
    return message("track", s.pick("Leave Requested", "candidate_moved", "Employee Onboarded"), p.user_id,
                   properties=properties)  # fmt: skip


def learning(s: Scene) -> dict[str, Any]:
    """Courses and schools."""
    p, t = s.person(), s.person()
    properties = s.some(
        6,
        student_name=yes("person", p.name),
        student_id=yes("user id", p.user_id),
        teacher=yes("person", t.name),
        instructor=s.pick(yes("person", t.name), {"name": yes("person", t.name), "id": yes("user id", t.user_id)}),
        parent_email=yes("email", t.email),
        course=no("title", s.pick("Algebra I", "Intro to Python", "Français B1", "Art History")),
        course_name=no("title", s.pick("Marie Curie: Physics", "Shakespeare's Tragedies", "Excel Basics")),
        lesson=no("title", s.pick("Quadratic Equations", "Lesson 4: Loops", "Le passé composé")),
        school=no("company", s.pick("Lincoln High", "Gymnasium Nord", "Washington Elementary")),
        grade=s.pick("A", "B+", "9"),
        score=s.h.share(),
        attempts=s.rng.randint(1, 5),
        class_code=s.h("coupon"),
        language=s.h("language"),
        completed_at=s.h.time(),
    )  # fmt: skip
    return message(
        "track", s.pick("Lesson Completed", "course_enrolled"), p.user_id, properties=properties
    )


def ride(s: Scene) -> dict[str, Any]:
    """Rides and deliveries: places of people."""
    p, d = s.person(), s.person()
    (lat1, lng1), (lat2, lng2) = s.ids.position(), s.ids.position()
    properties = s.some(
        6,
        pickup={"lat": online("coordinates", lat1), "lng": online("coordinates", lng1), "address": yes("address", p.address)},
        dropoff={"latitude": online("coordinates", lat2), "longitude": online("coordinates", lng2)},
        coordinates=[online("coordinates", lng1), online("coordinates", lat1)],
        location=online("coordinates", f"{lat1},{lng1}"),
        driver_name=yes("person", d.name),
        driver=s.some(1, name=yes("person", d.first), phone=yes("phone", d.phone), rating=s.h.share(),
                      license_plate=yes("national id", f"{s.pick('B', 'M', 'HH')}-{s.ids.chars('ABCDEFGHKL', 2)} {s.rng.randint(10, 9999)}")),
        rider_phone=yes("phone", p.phone),
        delivery_address=yes("address", p.address),
        delivery_instructions=s.pick(text("ring at {}, second floor", yes("person", p.last), keep=("second floor",)), s.h("sentence")),
        restaurant=no("company", s.pick("Luigi's Pizza", "Wok to Walk", "Chez Marcel", "Burger King")),
        vehicle=s.pick("Toyota Prius", "bike", "UberX"),
        fare=s.h.price(),
        distance_m=s.h.count(),
        eta_s=s.h.count(),
        trip_id=s.h.uuid(),
        city=yes("city", p.city),
        zone=s.h("enum"),
        rating=s.rng.randint(1, 5),
    )  # fmt: skip
    return message("track", s.pick("Trip Completed", "order_delivered", "ride_requested"), p.user_id,
                   properties=properties)  # fmt: skip


def home(s: Scene) -> dict[str, Any]:
    """Houses and the things in them."""
    p = s.person()
    lat, lng = s.ids.position()
    properties = s.some(
        6,
        listing_id=s.h.thing_id(),
        listing_title=no("title", s.pick("Sunny 2BR Loft", "Charming Cottage", "Maison Familiale", "Penthouse Suite")),
        property_address=yes("address", p.address),
        property_type=s.pick("apartment", "House", "condo"),
        agent=yes("person", p.name),
        agent_phone=yes("phone", p.phone),
        price=s.h.large(),
        bedrooms=s.rng.randint(1, 6),
        area_sqft=s.h.count(),
        device_name=s.pick(no("device model", s.pick("Living Room Lamp", "Front Door", "Thermostat")),
                           yes("name in path", f"{p.first}'s iPhone", p.first)),
        mac_address=online("mac", s.ids.mac()),
        bssid=online("mac", s.ids.mac()),
        ssid=yes("name in path", f"{p.last} Family WiFi", p.last),
        local_ip=online("ip", f"192.168.{s.rng.randint(0, 9)}.{s.rng.randint(2, 250)}"),
        firmware=s.h("version"),
        temperature=s.h.share(),
        battery=s.rng.randint(0, 100),
        serial_number=online("device id", s.ids.chars("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 12)),
        imei=online("device id", s.ids.imei()),
        geo={"lat": online("coordinates", lat), "lon": online("coordinates", lng)},
        room=s.pick("Kitchen", "Kids Room", "Garage"),
        seller={"name": yes("person", p.name), "type": s.pick("private", "agency")},
    )  # fmt: skip
    return message("track", s.pick("Listing Viewed", "device_paired", "Sensor Reading"), p.user_id,
                   properties=properties)  # fmt: skip


FAMILIES = (
    know_your_customer,
    transfer,
    appointment,
    media,
    trip,
    game,
    staff,
    learning,
    ride,
    home,
)
