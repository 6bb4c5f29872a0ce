import traceback

import pytest

from safetrack.dropin.value_free import value_free

CANARY = "jane.canary@example.org"


class OddError(Exception):
    def __init__(self, code, message):
        super().__init__(code, message)
        self.message = message


@value_free
def refuse(kind, *args):
    raise kind(*args)


@pytest.mark.parametrize(
    ("kind", "args"), [(AssertionError, (CANARY,)), (OddError, (1, CANARY)), (KeyError, (CANARY,))]
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
