"""How long to wait before the next try."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safetrack.delivery.backoff import FIRST, LONGEST, backoff


@given(st.integers(1, 10_000))
def test_a_wait_is_random_up_to_a_bound_that_doubles_and_ends(failures):
    assert 0 <= backoff(failures) <= min(LONGEST, FIRST * 2 ** min(failures - 1, 20))


def test_waits_differ_so_that_clients_do_not_come_back_all_at_once():
    assert len({backoff(5) for _ in range(50)}) > 40


@pytest.mark.parametrize("failures", [1, 50])
def test_what_the_provider_asks_for_is_the_least_that_is_waited(failures):
    assert all(backoff(failures, 600.0) == 600.0 for _ in range(20))
    assert all(backoff(failures, 0.0) >= 0 for _ in range(20))
