"""Events: the vendor's in all they do, but for the values in their errors."""

import copy
import pickle
import traceback

import amplitude
import pytest

import safetrack.dropin.amplitude as dropin

EMAIL = "jane.canary@example.org"
EVENTS = ("EventOptions", "BaseEvent", "IdentifyEvent", "GroupIdentifyEvent", "RevenueEvent")
OBJECTS = (*EVENTS, "Identify", "Revenue")


def cyclic():
    bag = {"email": EMAIL}
    bag["again"] = bag
    return bag


def event():
    return dropin.BaseEvent("Signed Up", user_id=EMAIL)


def set_later():
    own = event()
    own["event_properties"] = cyclic()


def loaded():
    options = dropin.EventOptions()
    options.user_id = Unwilling()
    event().load_event_options(options)


def written():
    own = event()
    own.event_properties = {"when": Unwilling()}
    str(own)


class Unwilling:
    """Cannot be copied, and cannot be written as JSON."""

    email = EMAIL

    def __deepcopy__(self, memo):
        raise ValueError(EMAIL)

    def __repr__(self):
        return EMAIL


CALLS = {
    "an event": lambda: dropin.BaseEvent("E", user_id=EMAIL, event_properties=cyclic()),
    "of identify": lambda: dropin.IdentifyEvent(user_id=EMAIL, user_properties=cyclic()),
    "of a group": lambda: dropin.GroupIdentifyEvent(user_id=EMAIL, group_properties=cyclic()),
    "of revenue": lambda: dropin.RevenueEvent(user_id=EMAIL, event_properties=cyclic()),
    "options": lambda: dropin.EventOptions(**{EMAIL: 1}),
    "set": set_later,
    "set to nothing": lambda: event().__setitem__([EMAIL], None),
    "got": lambda: event()[[EMAIL]],
    "contained": lambda: [EMAIL] in event(),
    "loaded": loaded,
    "written": written,
    "identify": lambda: dropin.Identify().set("a", cyclic()),
    "unset": lambda: dropin.Identify().unset([EMAIL]),
    "revenue": lambda: dropin.Revenue(3.5, properties={"a": Unwilling()}).to_revenue_event(),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=[name.replace(" ", "_") for name in CALLS])
def test_no_error_holds_a_value(call):
    with pytest.raises(Exception, match="the vendor's text is left out") as caught:
        call()

    frames = traceback.TracebackException.from_exception(caught.value, capture_locals=True).stack
    others = [frame for frame in frames if frame.filename != __file__]
    assert others
    assert EMAIL not in str([frame.locals for frame in others])
    assert EMAIL not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("name", OBJECTS)
def test_what_the_sdk_makes_itself_is_of_our_classes_too(name):
    own, vendors = getattr(dropin, name), getattr(amplitude, name)

    assert own is not vendors
    assert issubclass(own, vendors)
    assert issubclass(vendors, own)
    assert not issubclass(str, own)
    assert not isinstance(EMAIL, own)


def test_events_are_told_apart_as_the_vendors_are():
    for made, kind in (
        (dropin.Identify(), "Identify"),
        (amplitude.IdentifyEvent(user_id="u"), "IdentifyEvent"),
        (dropin.RevenueEvent(user_id="u"), "RevenueEvent"),
        (dropin.Revenue(3.5).to_revenue_event(), "RevenueEvent"),
        (amplitude.BaseEvent("E"), "BaseEvent"),
    ):
        for name in OBJECTS:
            is_one = isinstance(made, getattr(amplitude, name))
            assert isinstance(made, getattr(dropin, name)) is is_one
        assert isinstance(made, getattr(dropin, kind))


def test_a_class_of_the_applications_own_has_its_own_instances_alone():
    class Sale(dropin.RevenueEvent):
        pass

    assert isinstance(Sale(user_id="u"), Sale)
    assert isinstance(Sale(user_id="u"), dropin.BaseEvent)
    assert issubclass(Sale, dropin.RevenueEvent)
    assert not isinstance(dropin.RevenueEvent(user_id="u"), Sale)
    assert not isinstance(amplitude.RevenueEvent(user_id="u"), Sale)
    assert not issubclass(dropin.RevenueEvent, Sale)


def test_events_can_be_copied_and_pickled():
    own = dropin.BaseEvent("Signed Up", user_id="u", event_properties={"plan": "pro"})

    for other in (copy.deepcopy(own), pickle.loads(pickle.dumps(own))):  # noqa: S301  our own
        assert type(other) is dropin.BaseEvent
        assert other.get_event_body() == own.get_event_body()


def test_their_module_is_the_vendors_but_for_the_classes():
    assert dropin.event.BaseEvent is dropin.BaseEvent
    assert dropin.event.Plan is amplitude.Plan
    assert dropin.event.EVENT_KEY_MAPPING is amplitude.event.EVENT_KEY_MAPPING
