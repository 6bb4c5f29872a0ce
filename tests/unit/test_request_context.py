"""Properties and ids of a request."""

from __future__ import annotations

import asyncio
import contextvars
import threading

import pytest

import hostile
from safetrack.request_context import RequestContext, context, current_context


def test_without_a_block_there_is_nothing():
    assert current_context() == RequestContext()


def test_a_block_gives_ids_groups_context_and_properties_and_takes_them_back():
    with context(
        user_id="u", anonymous_id="a", groups={"g": 1}, context={"c": 2}, properties={"p": 3}
    ):
        assert current_context().fields == {
            "userId": "u",
            "anonymousId": "a",
            "groups": {"g": 1},
            "context": {"c": 2},
        }
        assert current_context().properties == {"p": 3}
    assert current_context() == RequestContext()


def test_an_inner_block_adds_to_the_outer_one_and_wins_over_it():
    with context(user_id="u", properties={"p": 1, "q": 1}):
        with context(anonymous_id="a", properties={"p": 2}):
            assert current_context().fields == {"userId": "u", "anonymousId": "a"}
            assert current_context().properties == {"p": 2, "q": 1}
        assert current_context().properties == {"p": 1, "q": 1}
        assert current_context().fields == {"userId": "u"}


def test_a_block_ends_with_an_error_too():
    with pytest.raises(ValueError, match="own"), context(user_id="u"):
        raise ValueError("own")
    assert current_context() == RequestContext()


def test_requests_at_the_same_time_do_not_see_each_other():
    async def request(user, turn):
        with context(user_id=user):
            await turn.wait()
            await asyncio.sleep(0)
            return current_context().fields["userId"]

    async def both():
        turn = asyncio.Event()
        tasks = [asyncio.create_task(request(user, turn)) for user in ("a", "b")]
        await asyncio.sleep(0)
        turn.set()
        return await asyncio.gather(*tasks)

    assert asyncio.run(both()) == ["a", "b"]


def test_a_thread_sees_the_context_that_it_is_given():
    seen = []
    with context(user_id="u"):
        copied = contextvars.copy_context()
        for run in (copied.run, lambda call: call()):
            thread = threading.Thread(
                target=run, args=(lambda: seen.append(dict(current_context().fields)),)
            )
            thread.start()
            thread.join()
    assert seen == [{"userId": "u"}, {}]


def test_properties_are_copied_when_the_block_begins():
    properties = {"p": [1]}
    with context(properties=properties):
        properties["p"].append(2)
        assert current_context().properties == {"p": [1]}


def test_what_are_no_properties_is_left_out_without_running_its_code():
    hostile.CALLS.clear()
    for properties in (5, "text", [1], *hostile.objects()):
        with context(properties=properties):
            assert current_context().properties == {}
    assert hostile.CALLS == []


def test_a_context_shows_counts_only():
    with context(user_id="jane@acme.com", properties={"jane": "x"}):
        assert repr(current_context()) == "<RequestContext fields=1 properties=1>"
