"""The demo's event stream: six weeks of an invented AI-API platform, the same for the same seed.

It ends on the day the incident that it replays became known. Nothing in it is taken from anyone:
names, addresses and ids are drawn from the tables beside this file, e-mail domains are reserved
ones. People arrive day by day, a few of them do most of the work (Pareto), most fade away.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from safetrack.cli.demo.messages import IMPERSONAL, PERSONAL
from safetrack.cli.demo.people import (
    PRICES,
    Organisation,
    Person,
    draw_organisations,
    draw_person,
    draw_phone,
    draw_text,
    draw_uuid,
)
from safetrack.cli.demo.planted import Planted
from safetrack.cli.demo.web import CAMPAIGNS, PAGES, SITE, draw_referrer, draw_url

Message: TypeAlias = dict[str, Any]
"""One event in the neutral form."""

START: Final = dt.datetime(2025, 9, 29, tzinfo=dt.UTC)
WEEKS: Final = 6
END: Final = START + dt.timedelta(weeks=WEEKS)

_MODELS: Final = ("nova-large", "nova-small", "nova-embed", "nova-vision")
_METHODS: Final = ("password", "google", "github", "sso")
_SUPPORT_SHARE: Final = 0.19
_IMPERSONAL_SHARE: Final = 0.12


@dataclass(frozen=True, slots=True)
class Stream:
    """The events in order of time, and all that is personal in them."""

    messages: list[Message]
    planted: Planted
    people: list[Person]


def generate(users: int = 2500, seed: int = 20251109) -> Stream:
    """Invent `users` people and what they did: about eleven events each.

    The same arguments give the same stream, byte for byte.
    """
    rng = random.Random(seed)  # noqa: S311  a seed is the point
    planted = Planted()
    organisations = draw_organisations(rng, users)
    people = _draw_people(rng, users, organisations)
    messages = [
        message for person in people for message in _Life(rng, person, people, planted).messages()
    ]
    messages.sort(key=lambda message: (message["timestamp"], message["messageId"]))
    return Stream(messages, planted, people)


def _draw_people(rng: random.Random, users: int, organisations: list[Organisation]) -> list[Person]:
    """Every organisation gets one person, the rest join by lot; large ones attract more."""
    weights = [rng.paretovariate(1.3) for _ in organisations]
    extra = rng.choices(organisations, weights, k=max(0, users - len(organisations)))
    employers = (organisations + extra)[:users]
    return [draw_person(rng, employer, _draw_arrival(rng)) for employer in employers]


def _draw_arrival(rng: random.Random) -> dt.datetime:
    """A sign-up time: a third came in the months before, the rest within the six weeks."""
    days = -rng.uniform(1, 120) if rng.random() < 0.33 else rng.uniform(0, WEEKS * 7 - 0.5)  # noqa: PLR2004
    return START + dt.timedelta(days=days)


class _Life:
    """What one person does on the platform, from the first visit to the end of the stream."""

    def __init__(
        self, rng: random.Random, person: Person, people: list[Person], planted: Planted
    ) -> None:
        self.rng = rng
        self.person = person
        self.people = people
        self.planted = planted
        self.fresh = Planted()
        self.now = person.signed_up
        if self.now < START:
            self.now = START + dt.timedelta(days=rng.uniform(0, WEEKS * 5))
        self.page = {"url": SITE + "/", "referrer": ""}

    def messages(self) -> Iterator[Message]:
        """All events of the person, up to the end of the six weeks."""
        for message in self._all():
            if self.now >= END:
                return
            self._plant(message)
            yield message

    def _plant(self, message: Message) -> None:
        """Now that the message is part of the stream, remember what is personal in it."""
        self.fresh.add("message_id", message["messageId"])
        self.fresh.add_person(self.person)
        self.planted.update(self.fresh)
        self.fresh = Planted()

    def _all(self) -> Iterator[Message]:
        yield from self._arrive() if self.person.signed_up >= START else self._return()
        yield self._message("identify", traits=self._traits())
        yield self._message(
            "group", groupId=self.person.organisation.id, traits=self._group_traits()
        )
        yield from self._session()
        for _ in range(self.person.sessions):
            self._wait()
            yield from self._return()
            yield from self._session()

    def _wait(self) -> None:
        """Until the next visit, at daytime: people who come often come soon."""
        days = self.rng.expovariate(1 / (1.5 + 12 / self.person.sessions))
        hour = self.rng.triangular(7, 23, 14) - self.person.country.hours
        midnight = (self.now + dt.timedelta(days=days)).replace(hour=0, minute=0, second=0)
        self.now = max(self.now, midnight + dt.timedelta(hours=hour))

    def _arrive(self) -> Iterator[Message]:
        person = self.person
        yield self._open("Pricing", draw_referrer(self.rng, person, self.fresh))
        yield self._track(
            "Signed Up",
            plan=person.plan,
            method=self.rng.choice(_METHODS),
            utm_campaign=self.rng.choice(CAMPAIGNS),
            email=person.email,
            name=person.name,
        )

    def _traits(self) -> Message:
        person = self.person
        return {
            "name": person.name,
            "email": person.email,
            "phone": person.phone,
            "plan": person.plan,
            "company": person.organisation.name,
            "createdAt": _iso(person.signed_up),
        }

    def _group_traits(self) -> Message:
        organisation = self.person.organisation
        return {
            "name": organisation.name,
            "website": f"https://{organisation.domain}/",
            "industry": organisation.industry,
            "size": organisation.size,
            "plan": self.person.plan,
        }

    def _return(self) -> Iterator[Message]:
        """Half of the visits start at an address elsewhere, the others at a bookmark."""
        outside = self.rng.random() < 0.5  # noqa: PLR2004
        referrer = draw_referrer(self.rng, self.person, self.fresh) if outside else ""
        yield self._open(self.rng.choice(tuple(PAGES)), referrer)

    def _session(self) -> Iterator[Message]:
        rng = self.rng
        if rng.random() < 0.35:  # noqa: PLR2004
            yield self._open(rng.choice(tuple(PAGES)), self.page["url"])
        if rng.random() < 0.3:  # noqa: PLR2004
            yield self._create_key()
        for _ in range(rng.choice((0, 0, 1, 1))):
            yield self._run()
        yield from self._pay()
        if rng.random() < _SUPPORT_SHARE:
            yield self._write_to_support()

    def _create_key(self) -> Message:
        key = f"sk-{draw_text(self.rng, 8)}"
        self.fresh.add("key", key)
        label = self.rng.choice(("default", "staging", f"{self.person.first}'s laptop", "ci"))
        return self._track(
            "API Key Created", key_prefix=key, key_name=label, scopes=["read", "write"]
        )

    def _run(self) -> Message:
        return self._track(
            "Playground Run",
            model=self.rng.choices(_MODELS, (5, 9, 2, 1))[0],
            plan=self.person.plan,
            input_tokens=int(self.rng.lognormvariate(6, 1.2)),
            output_tokens=int(self.rng.lognormvariate(5, 1)),
            latency_ms=int(self.rng.lognormvariate(6.5, 0.6)),
            stream=self.rng.random() < 0.6,  # noqa: PLR2004
        )

    def _pay(self) -> Iterator[Message]:
        person, rng = self.person, self.rng
        if person.plan != "enterprise" and rng.random() < 0.04:  # noqa: PLR2004
            plans = tuple(PRICES)
            before, person.plan = person.plan, plans[plans.index(person.plan) + 1]
            yield self._track("Upgraded", from_plan=before, plan=person.plan, seats=person.seats)
        if person.plan != "free" and rng.random() < 0.3:  # noqa: PLR2004
            yield self._invoice()

    def _invoice(self) -> Message:
        person = self.person
        invoice = f"INV-{self.rng.randrange(10**7, 10**8)}"
        self.fresh.add("order_id", invoice)
        amount = PRICES[person.plan] + round(self.rng.lognormvariate(3, 1.1), 2)
        return self._track(
            "Invoice Paid",
            invoice_id=invoice,
            amount=round(amount, 2),
            currency="USD",
            plan=person.plan,
            billing_email=person.email,
        )

    def _write_to_support(self) -> Message:
        rng = self.rng
        if rng.random() < _IMPERSONAL_SHARE:
            topic, text = rng.choice(IMPERSONAL)
            return self._track("Support Message Sent", topic=topic, message=text)
        topic, written = rng.choice(PERSONAL)
        text = self._fill(written)
        self.fresh.texts.add(text)
        return self._track("Support Message Sent", topic=topic, message=text)

    def _fill(self, written: str) -> str:
        """A text to support with this person's details in its gaps."""
        person, colleague = self.person, self.rng.choice(self.people)
        order = f"ORD-{self.rng.randrange(10**6, 10**7)}"
        phone = person.phone if self.rng.random() < 0.8 else draw_phone(self.rng, person.country)  # noqa: PLR2004
        if "{order}" in written:
            self.fresh.add("order_id", order)
        if "{phone}" in written:
            self.fresh.add("phone", phone)
        if "{colleague}" in written:
            self.fresh.add("name", colleague.name)
        return written.format(
            name=person.name,
            first=person.first,
            email=person.email,
            phone=phone,
            order=order,
            colleague=colleague.name,
            company=person.organisation.name,
            city=person.city.name,
        )

    def _open(self, page: str, referrer: str) -> Message:
        url = draw_url(self.rng, page, self.person, self.fresh)
        self.page = {"url": url, "referrer": referrer}
        properties = {"url": url, "referrer": referrer, "path": PAGES[page], "title": page}
        return self._message("page", name=page, properties=properties)

    def _track(self, event: str, **properties: object) -> Message:
        return self._message("track", event=event, properties=properties)

    def _message(self, kind: str, **fields: object) -> Message:
        person = self.person
        self.now += dt.timedelta(seconds=self.rng.uniform(4, 240))
        return {
            "type": kind,
            **fields,
            "userId": person.id,
            "anonymousId": person.anonymous_id,
            "groups": {"company": person.organisation.id},
            "context": self._context(),
            "timestamp": _iso(self.now),
            "messageId": draw_uuid(self.rng),
        }

    def _context(self) -> Message:
        person = self.person
        return {
            "ip": person.ip,
            "userAgent": person.device.user_agent,
            "locale": person.country.locale,
            "os": {"name": person.device.os, "version": person.device.os_version},
            "location": {
                "city": person.city.name,
                "region": person.city.region,
                "country": person.country.code,
                "latitude": person.city.latitude,
                "longitude": person.city.longitude,
            },
            "page": dict(self.page),
        }


def _iso(time: dt.datetime) -> str:
    """ISO 8601 in UTC with milliseconds, as browsers write it."""
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
