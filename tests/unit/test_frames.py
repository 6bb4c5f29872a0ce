"""Errors without the frames that hold what the caller passed."""

import asyncio
import inspect
import traceback

import pytest

from safetrack.frames import without_frames

CANARY = "jane.canary@example.org"


def seen(error):
    """What an error tracker would ship, of frames that are not the tests' own."""
    found, waiting = [], [error]
    while waiting:
        one = waiting.pop()
        waiting += [behind for behind in (one.__cause__, one.__context__) if behind]
        for frame, _ in traceback.walk_tb(one.__traceback__):
            if frame.f_code.co_name != "call":
                found.append((frame.f_code.co_name, repr(frame.f_locals)))
    return found


class Over(BaseException):
    """What ends a green thread."""


@pytest.mark.parametrize("kind", [ValueError, KeyboardInterrupt, SystemExit, Over])
def test_whatever_ends_a_call_is_the_same_object_and_has_no_frame_with_values(kind):
    ended = kind("of the application")

    @without_frames
    def track(given):
        try:
            int(given)
        except ValueError:
            raise ended from None

    def call():
        track(CANARY)

    with pytest.raises(kind) as caught:
        call()

    assert caught.value is ended
    assert ended.__context__ is None
    assert CANARY not in str(seen(ended)[1:])  # the first is this test
    assert [name for name, _ in seen(ended)][1:] == ["framed"]


def test_a_coroutine_function_stays_one_and_loses_its_frames():
    @without_frames
    async def track(given):
        int(given)

    def call():
        asyncio.run(track(CANARY))

    with pytest.raises(ValueError, match="invalid literal") as caught:
        call()

    assert [name for name, _ in seen(caught.value)][-1] == "framed"
    assert inspect.iscoroutinefunction(track)


def test_what_does_not_fail_returns_as_it_is():
    async def later():
        return 3

    assert without_frames(lambda given: given)(3) == 3
    assert asyncio.run(without_frames(later)()) == 3
