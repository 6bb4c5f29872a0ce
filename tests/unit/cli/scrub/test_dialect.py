import pytest

from safetrack.cli.scrub.dialect import Dialect, destination_for, recognise, shape_of
from safetrack.errors import ConfigError, InputError
from safetrack.policy.load import Policy

MIXPANEL = {"event": "A", "properties": {"time": 1, "distinct_id": "x"}}
POSTHOG = {"uuid": "u", "event": "A", "distinct_id": "x", "properties": "{}"}
AMPLITUDE = {"event_type": "A", "user_id": "x", "event_properties": {}}
NEUTRAL = {"type": "track", "event": "A", "userId": "x"}


@pytest.mark.parametrize(
    ("record", "dialect"),
    [
        (MIXPANEL, Dialect.MIXPANEL),
        (POSTHOG, Dialect.POSTHOG),
        (AMPLITUDE, Dialect.AMPLITUDE),
        (NEUTRAL, Dialect.NEUTRAL),
    ],
)
def test_a_vendors_export_is_told_by_its_keys(record, dialect):
    assert recognise([{"odd": 1}, record]) is dialect
    assert shape_of(dialect).vendor == dialect.value


def test_records_of_two_forms_are_refused():
    with pytest.raises(InputError, match=r"different forms.*--format"):
        recognise([MIXPANEL, NEUTRAL])


def test_records_of_no_known_form_are_refused():
    with pytest.raises(InputError, match="--format"):
        recognise([{"a": 1}, {"event": "A", "properties": "text"}])


def policy(**destinations):
    return Policy.from_dict({"version": 1, "destinations": destinations})


MINE = {"type": "mixpanel", "token": "t"}
OTHER = {"type": "stdout"}


def test_the_destination_that_is_named_counts():
    assert destination_for(policy(mine=MINE), Dialect.MIXPANEL, "x") == "x"


def test_an_export_goes_by_the_only_destination_of_its_vendor():
    assert destination_for(policy(mine=MINE, other=OTHER), Dialect.MIXPANEL, None) == "mine"


def test_without_one_the_vendors_name_is_the_scope():
    assert destination_for(policy(other=OTHER), Dialect.MIXPANEL, None) == "mixpanel"


def test_neutral_events_go_by_the_policys_only_destination():
    assert destination_for(policy(other=OTHER), Dialect.NEUTRAL, None) == "other"
    assert destination_for(policy(), Dialect.NEUTRAL, None) is None


def test_of_several_one_must_be_named():
    with pytest.raises(ConfigError, match="--destination: mine, other"):
        destination_for(policy(mine=MINE, other=OTHER), Dialect.NEUTRAL, None)
