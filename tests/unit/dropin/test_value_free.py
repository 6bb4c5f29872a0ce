import asyncio
import traceback

import pytest

from safetrack.dropin.value_free import value_free, value_free_calls, vouched_for
from safetrack.errors import ConfigError

CANARY = "jane.canary@example.org"


class OddError(Exception):
    def __init__(self, code, message):
        super().__init__(code, message)
        self.message = message


@value_free
def refuse(kind, *args):
    raise kind(*args)


@pytest.mark.parametrize(
    ("kind", "args"),
    [
        (AssertionError, (CANARY,)),
        (OddError, (1, CANARY)),
        (KeyError, (CANARY,)),
        (UnicodeEncodeError, ("utf-8", CANARY, 0, 1, CANARY)),
        (UnicodeDecodeError, ("utf-8", CANARY.encode(), 0, 1, CANARY)),
        (UnicodeError, (CANARY,)),
    ],
)
def test_an_error_keeps_its_type_and_loses_text_frames_and_attributes(kind, args):
    with pytest.raises(kind) as caught:
        refuse(kind, *args)

    error = caught.value
    shown = "".join(
        traceback.TracebackException.from_exception(error, capture_locals=True).format()
    )
    own = shown.rpartition("src/safetrack/dropin/value_free.py")[
        2
    ]  # the test's own frame holds the canary
    assert type(error) is kind
    assert "refuse failed in" in str(error)
    assert CANARY not in own
    assert CANARY not in repr(vars(error))
    assert error.__context__ is None
    assert error.__cause__ is None


def test_what_does_not_fail_returns_as_it_is():
    assert value_free(lambda given: given)(3) == 3


class StatusError(Exception):
    def __init__(self, status, code, response):
        self.status, self.code, self.response = status, code, response
        self.is_final, self.user = True, 4915112345678

    def __str__(self):
        return f"{self.code} ({self.status})"


def test_what_callers_read_from_an_error_stays_as_far_as_it_can_hold_no_value():
    with pytest.raises(StatusError) as caught:
        refuse(StatusError, 429, CANARY, object())

    error = caught.value
    assert (error.status, error.is_final) == (429, True)
    assert (error.response, error.user) == (None, None)
    assert CANARY not in str(error)
    assert "(429)" in str(error)


class UnmakeableError(Exception):
    def __new__(cls, *args):
        if not args:
            raise TypeError(CANARY)
        return super().__new__(cls, *args)


def test_an_error_that_cannot_be_made_anew_is_still_one_and_says_nothing():
    with pytest.raises(RuntimeError, match="refuse failed in") as caught:
        refuse(UnmakeableError, CANARY)

    assert caught.value.__context__ is None


def test_errors_of_our_own_and_those_vouched_for_keep_their_text():
    with pytest.raises(ConfigError, match="say this"):
        refuse(ConfigError, "say this")

    def late():
        raise vouched_for(OddError(400, "of the vendor"))

    with pytest.raises(OddError, match="of the vendor"):
        value_free(value_free(late))()


@pytest.mark.parametrize("kind", [ConfigError, OddError])
def test_nothing_that_stood_behind_an_error_comes_with_it(kind):
    def refuse_again():
        try:
            int(CANARY)
        except ValueError as error:
            raise vouched_for(kind(1, "say this")) from error

    with pytest.raises(kind, match="say this") as caught:
        value_free(refuse_again)()

    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


class Over(BaseException):
    """What ends a green thread."""


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, Over])
@pytest.mark.parametrize("is_coroutine", [False, True])
def test_what_ends_a_call_is_the_same_object_without_frames(kind, is_coroutine):
    ended = kind("of the application")

    def end(given):
        try:
            int(given)
        except ValueError:
            raise ended from None

    async def end_later(given):
        end(given)

    def begin(given):
        if is_coroutine:
            value_free(end_later)(given).send(None)
        else:
            value_free(end)(given)

    with pytest.raises(kind) as caught:
        begin(CANARY)

    names = [frame.f_code.co_name for frame, _ in traceback.walk_tb(caught.value.__traceback__)]
    assert caught.value is ended
    assert ended.__context__ is None
    assert names[-1] == "framed"
    assert not {"end", "end_later"} & set(names)


def test_an_error_that_is_cleaned_twice_says_where_it_came_from_first():
    with pytest.raises(KeyError) as caught:
        value_free(refuse)(KeyError, CANARY)

    assert "test_value_free" in str(caught.value)


def test_a_coroutine_function_loses_values_too():
    @value_free
    async def refuse_later():
        raise ValueError(CANARY)

    with pytest.raises(ValueError, match="refuse_later failed in") as caught:
        asyncio.run(refuse_later())

    assert CANARY not in str(caught.value)
    assert caught.value.__context__ is None


def test_all_public_calls_of_a_class_lose_values_and_keep_their_kind():
    class Base:
        def refuse(self):
            raise ValueError(CANARY)

        @staticmethod
        def shout(text):
            return text.upper()

    @value_free_calls
    class Ours(Base):
        async def later(self):
            return 3

        def both(self):
            self.refuse()

    with pytest.raises(ValueError, match=r"Base\.refuse failed in"):
        Ours().both()
    with pytest.raises(ValueError, match=CANARY):
        Base().refuse()
    assert Ours.shout("a") == "A"
    assert asyncio.run(Ours().later()) == 3
