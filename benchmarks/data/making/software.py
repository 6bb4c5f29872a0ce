"""Families of software: sign-up, teams, developer tools, language models, support."""

from __future__ import annotations

from typing import Any

from making.numbers import card
from making.scene import Scene, message
from making.template import no, online, secret, text, yes


def signed_up(s: Scene) -> dict[str, Any]:
    """A form that was sent."""
    p = s.person()
    who = s.pick(
        {"email": yes("email", p.email), "name": yes("person", p.written_name)},
        {"user": {"name": yes("person", p.name), "email": yes("email", p.email),
                  "id": yes("user id", p.user_id)}},
        {"email_address": yes("email", p.email), "first_name": yes("first name", p.first),
         "last_name": yes("last name", p.last), "username": yes("handle", p.handle)},
        {"contact": {"full_name": yes("person", p.written_name), "mobile": yes("phone", p.phone)}},
        {"login": yes("handle", p.handle), "display_name": yes("person", p.name)},
    )  # fmt: skip
    properties = {
        **who,
        **s.some(
            5,
            plan=s.h("plan"),
            company=s.h("company"),
            company_size=s.h("size band"),
            industry=s.h("industry"),
            role=s.h("role"),
            job_title=s.h("job title"),
            signup_method=s.h("method"),
            locale=s.h("locale"),
            timezone=s.h("time zone"),
            country=s.h("country"),
            utm_source=s.h("utm source"),
            utm_medium=s.h("utm medium"),
            utm_campaign=s.h("campaign"),
            experiment=s.h("experiment"),
            landing_page=s.h("url"),
            newsletter=s.h.flag(),
            created_at=s.h.time(),
            ip=online("ip", s.ids.ip()),
            date_of_birth=yes("birth date", p.birth_date),
            phone_number=yes("phone", p.phone),
            password=secret("password", s.ids.password()),
        ),
    }
    return message("track", s.pick("Signed Up", "user_registered", "Account Created"), p.user_id,
                   properties=properties)  # fmt: skip


def feature_used(s: Scene) -> dict[str, Any]:
    """Ordinary product analytics: all harmless but the workspace's people."""
    p = s.person()
    properties = s.some(
        8,
        feature=s.h("feature"),
        feature_name=s.h("feature"),
        button_text=s.h("button"),
        page_name=s.h("page"),
        screen_name=s.h("screen"),
        element=s.h("element"),
        workspace_name=s.h("company"),
        workspace_id=s.h.thing_id(),
        team=s.h("team"),
        plan_name=s.h("plan"),
        duration_ms=s.h.large(),
        rows=s.h.count(),
        success=s.h.flag(),
        experiment_name=s.h("experiment"),
        app_version=s.h("version"),
        request_id=s.h.uuid(),
        trace_id=s.h.thing_id(),
        file_name=s.h("file name"),
        file_size=s.h.large(),
        theme=s.h("enum"),
        source=s.h("enum"),
        environment=s.h("environment"),
        owner_email=yes("email", p.email),
        invited_by=yes("person", p.name),
        account_id=yes("user id", p.user_id),
        tags=[s.h("enum"), s.h("feature")],
    )
    return message("track", s.pick("Feature Used", "button_clicked", "Report Exported"), p.user_id,
                   properties=properties)  # fmt: skip


def invited(s: Scene) -> dict[str, Any]:
    """Several people at once, in lists."""
    p = s.person()
    others = [s.person() for _ in s.times(3)]
    people = s.pick(
        {"invitees": [yes("email", o.email) for o in others]},
        {"members": [{"name": yes("person", o.name), "email": yes("email", o.email),
                      "role": s.h("role")} for o in others]},
        {"participants": [yes("person", o.name) for o in others]},
        {"emails": no("empty", "") if not others else
         yes("email", ", ".join(o.email for o in others), *(o.email for o in others))},
    )  # fmt: skip
    properties = {
        **people,
        **s.some(
            3,
            inviter=yes("person", p.name),
            team_name=s.h("team"),
            role=s.h("role"),
            invite_count=len(others),
            channel=s.h("utm medium"),
            project=s.h("repo"),
            expires_at=s.h.time(),
            invite_link=secret("link token", *_link(s, "invite")),
        ),
    }
    return message(
        "track", s.pick("Invite Sent", "Members Added"), p.user_id, properties=properties
    )


def _link(s: Scene, what: str) -> tuple[str, str]:
    token = s.ids.chars("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMN23456789", s.rng.randint(24, 43))
    pattern = s.pick("https://app.vela.app/{}?token={}", "https://northwind.io/{}/{}")
    return pattern.format(what, token), token


def auth(s: Scene) -> dict[str, Any]:
    """Logins, resets, tokens in the wrong place."""
    p = s.person()
    key, token = s.ids.api_key(), s.ids.jwt(p.user_id)
    properties = s.some(
        6,
        username=yes("handle", p.handle),
        email=yes("email", p.email),
        method=s.h("method"),
        provider=s.h("vendor"),
        success=s.h.flag(),
        failure_reason=s.h("error"),
        attempts=s.h.count(),
        client_ip=online("ip", s.ids.ip()),
        user_agent=s.h("user agent"),
        device_id=online("device id", s.ids.device()),
        session_id=online("session id", s.ids.session()),
        reset_url=secret("link token", *_link(s, "reset-password")),
        access_token=secret("jwt", token),
        authorization=secret("jwt", f"Bearer {token}", token),
        api_key=secret("api key", key),
        password=secret("password", s.ids.password()),
        otp=secret("one-time code", f"{s.rng.randrange(10**6):06}"),
        cookie=secret("session cookie", f"sid={(c := s.ids.hex(32))}; Path=/; HttpOnly", c),
        mfa_enabled=s.h.flag(),
        last_login=s.h.time(),
        token_type=no("enum", "Bearer"),
        password_changed=s.h.flag(),
    )
    return message("track", s.pick("Logged In", "login_failed", "Password Reset Requested"), p.user_id,
                   properties=properties)  # fmt: skip


def developer(s: Scene) -> dict[str, Any]:
    """Developer tools: commits, paths, keys in logs."""
    p = s.person()
    key = s.ids.api_key()
    first = p._ascii[0]  # noqa: SLF001
    properties = s.some(
        8,
        repository=s.h("repo"),
        branch=s.h("branch"),
        commit=s.h.hash(),
        commit_sha=s.h.hash(),
        language=s.h("language name"),
        cli_version=s.h("version"),
        exit_code=s.rng.randint(0, 2),
        duration=s.h.share(),
        author=yes("person", p.name),
        author_email=yes("email", p.email),
        github_username=yes("handle", p.handle),
        cwd=text(s.pick("/Users/{}/code/app", "/home/{}/src", "C:\\Users\\{}\\Projects"),
                 yes("name in path", first)),
        command=text(s.pick("deploy --token {}", "export API_KEY={}", "curl -H 'X-Api-Key: {}' /v1"),
                     secret("api key", key)),
        remote=text("https://oauth2:{}@git.example.com/team/app.git",
                    secret("password", s.ids.chars("abcdefghijkmnpqrstuvwxyz23456789", 20))),
        error_message=s.h("error"),
        node_version=s.h("version"),
        ci=s.h.flag(),
        build_number=s.h.count(),
        image=no("container image", f"registry.example.com/app:{s.rng.randint(1, 9)}.4.{s.rng.randint(0, 30)}"),
        package=s.h("package name"),
        machine_id=online("device id", s.ids.hex(64)),
        hostname=yes("name in path", s.pick(f"{first}s-macbook-pro.local", f"{first}-laptop"), first),
        private_key=secret("private key", s.ids.private_key()),
    )  # fmt: skip
    return message("track", s.pick("Build Finished", "cli_command_run", "Deploy Started"), p.user_id,
                   properties=properties)  # fmt: skip


def prompt(s: Scene) -> dict[str, Any]:
    """A language model's product: prompts with people in them."""
    p, o = s.person(), s.person()
    written = s.pick(
        text("Write a polite reply to {} ({}) about the delayed invoice.", yes("person", o.name),
             yes("email", o.email), keep=("polite reply", "delayed invoice")),
        text("Translate to German: my phone number is {} and I live at {}.", yes("phone", p.phone),
             yes("address", o.address), keep=("Translate",)),
        text("Summarize this call with {} from accounting.", yes("person", o.name),
             keep=("Summarize this call", "accounting")),
        text("my key {} stopped working, why?", secret("api key", s.ids.api_key()),
             keep=("stopped working",)),
        text("patient {}, born {}, complains of headaches; suggest a diagnosis",
             yes("person", o.name), yes("birth date", o.born.strftime("%d.%m.%Y")), keep=("headaches",)),
        s.h("sentence"),
    )  # fmt: skip
    properties = {
        "prompt": written,
        **s.some(
            5,
            model=s.h("model"),
            temperature=s.h.share(),
            input_tokens=s.h.count(),
            output_tokens=s.h.count(),
            max_tokens=s.rng.choice([256, 1024, 4096]),
            token_count=s.h.count(),
            tool=s.h("tool"),
            tool_calls=[s.h("tool"), s.h("tool")],
            latency_ms=s.h.count(),
            finish_reason=s.pick("stop", "length", "tool_calls"),
            conversation_id=s.h.uuid(),
            cost_usd=s.h.share(),
            cache_hit=s.h.flag(),
            messages=[{"role": no("enum", "system"), "content": no("plain text", "You are a helpful assistant.")},
                      {"role": no("enum", "user"), "content": s.h("sentence")}],
            api_key_name=no("feature", "Default Key"),
        ),
    }  # fmt: skip
    return message("track", s.pick("Prompt Submitted", "llm_generation", "$ai_generation"), p.user_id,
                   properties=properties)  # fmt: skip


def support(s: Scene) -> dict[str, Any]:
    """Tickets, chats, reviews: open text."""
    p, o = s.person(), s.person()
    said = s.pick(
        text("Hi, this is {}. Please call me back on {}.", yes("person", p.name), yes("phone", p.phone),
             keep=("call me back",)),
        text("I still have not received order 48213, my address is {}", yes("address", p.address),
             keep=("order 48213",)),
        text("please change my email from {} to {}", yes("email", p.email), yes("email", o.email),
             keep=("please change",)),
        text("Customer {} called twice, ask for {}", yes("person", p.name), yes("person", o.first),
             keep=("called twice",)),
        text("Hallo, mein Name ist {} und ich habe eine Frage zur Rechnung.", yes("person", p.name),
             keep=("Frage zur Rechnung",)),
        text("Bonjour, je suis {}, joignable au {}.", yes("person", p.name), yes("phone", p.phone)),
        text("card {} was charged twice!!", yes("card number", card(s.rng)),
             keep=("charged twice",)),
        s.h("sentence"),
        s.h("sentence"),
    )  # fmt: skip
    properties = {
        s.pick("message", "body", "comment", "feedback", "description", "text"): said,
        **s.some(
            4,
            subject=s.h("sentence"),
            ticket_id=s.h.thing_id(),
            priority=s.h("enum"),
            channel=s.h("utm medium"),
            agent_name=yes("person", o.name),
            assignee=yes("person", o.written_name),
            requester=s.pick({"name": yes("person", p.name), "email": yes("email", p.email)},
                             yes("email", p.email)),
            csat=s.rng.randint(1, 5),
            status=s.h("status"),
            tags=[s.h("enum"), s.h("reason")],
            first_response_s=s.h.count(),
            product=s.h("product"),
            department=s.h("department"),
            created=s.h.time(),
        ),
    }  # fmt: skip
    return message("track", s.pick("Ticket Created", "chat_message_sent", "Review Submitted"), p.user_id,
                   properties=properties)  # fmt: skip


FAMILIES = (
    signed_up,
    signed_up,
    feature_used,
    feature_used,
    invited,
    auth,
    developer,
    prompt,
    support,
)
