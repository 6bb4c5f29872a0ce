"""Storages of the application's own are given nothing raw, and nothing is treated twice."""

import datetime as dt
import pickle
import threading

import amplitude
import pytest
from amplitude.storage import InMemoryStorage, Storage, StorageProvider

import safetrack.dropin.amplitude as dropin
from safetrack import Policy
from safetrack.dropin.amplitude.storage import SealedStorage
from safetrack.testing import Answer

EMAIL = "jane.canary@example.org"


class Disk(Storage):
    """Keeps events as bytes, as one on a disk would. Everything that was ever kept is in `kept`."""

    def __init__(self):
        self.waiting, self.kept, self.lock = [], [], threading.Condition()
        self.wait_time = 10_000

    @property
    def total_events(self):
        return len(self.waiting)

    def setup(self, configuration, workers):
        self.workers = workers

    def push(self, event, delay=0):
        data = pickle.dumps(event)
        self.waiting.append(data)
        self.kept.append(data)
        return True, None

    def pull(self, batch_size):
        pulled, self.waiting = self.waiting[:batch_size], self.waiting[batch_size:]
        return [pickle.loads(data) for data in pulled]  # noqa: S301  our own

    def pull_all(self):
        return self.pull(len(self.waiting))


class Provider(StorageProvider):
    def __init__(self, storage):
        self.storage = storage

    def get_storage(self):
        return self.storage


@pytest.fixture
def disk():
    return Disk()


@pytest.fixture
def client(disk, make):
    return make(amplitude.Config(storage_provider=Provider(disk)))


def event(**more):
    own = {"event_properties": {"plan": "pro", "email": EMAIL}, "insert_id": "raw-id", **more}
    return dropin.BaseEvent("Signed Up", user_id=EMAIL, **own)


def test_nothing_raw_is_stored_and_what_was_stored_leaves(client, disk, sent):
    client.track(event())

    (message,) = sent(client)
    assert EMAIL.encode() not in disk.kept[0]
    assert message["event_properties"] == {"plan": "pro"}
    assert client.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}


def test_what_was_stored_is_sent_again_as_it_was(client, disk, sent, capture):
    capture.answers += [Answer(500, b'{"code": 500}')] * 2
    client.track(event())

    for _ in range(3):
        sent(client)

    bodies = {request.body for request in capture.requests}
    assert len(capture.requests) == 3
    assert len(bodies) == 1
    assert client.safetrack.stats()["tracked"] == 1


def test_what_is_stored_without_our_seal_is_raw(client, disk, sent):
    disk.push(event())
    forged = event()
    vars(forged)["_safetrack_seal"] = "00000000-0000-0000-0000-000000000000"
    disk.push(forged)

    messages = sent(client)

    assert len(messages) == 2
    assert EMAIL not in str(messages)


def test_what_was_changed_while_it_was_stored_is_raw_again(client, disk, sent):
    client.track(event())
    (stored,) = disk.pull_all()
    stored.event_properties["email"] = EMAIL
    disk.push(stored)

    (message,) = sent(client)

    assert EMAIL not in str(message)


def test_an_event_that_the_policy_drops_is_not_stored(disk, make, sent):
    policy = Policy.from_dict({"version": 1, "unlisted_events": "drop"})
    client = make(amplitude.Config(storage_provider=Provider(disk)), policy=policy)

    client.track(event())

    assert sent(client) == []
    assert disk.kept == []
    assert client.safetrack.stats()["dropped"] == {"event_dropped": 1}


def test_what_is_no_event_is_counted_and_not_sent(client, disk, sent):
    disk.waiting.append(pickle.dumps(EMAIL))
    client.track(event())

    assert len(sent(client)) == 1
    assert client.safetrack.stats()["dropped"] == {"unreadable": 1}


def test_observing_the_event_itself_is_stored(disk, make, sent):
    until = dt.date(2999, 1, 1)
    policy = Policy.from_dict({"version": 1, "mode": "observe", "until": until})
    client = make(amplitude.Config(storage_provider=Provider(disk)), policy=policy)

    client.track(event())

    (message,) = sent(client)
    assert message["user_id"] == EMAIL
    assert EMAIL.encode() in disk.kept[0]


def test_all_else_that_a_storage_has_is_reachable(client, disk):
    (plugin,) = client._timeline.plugins[dropin.PluginType.DESTINATION]

    assert type(plugin.storage) is SealedStorage
    assert plugin.storage.lock is disk.lock
    assert disk.workers is plugin.workers
    assert dropin.storage.InMemoryStorage is amplitude.storage.InMemoryStorage


def test_the_sdks_own_thread_takes_what_was_stored(disk, make, capture):
    waiting = amplitude.Config(storage_provider=Provider(disk), flush_interval_millis=1)
    client = make(waiting)
    (plugin,) = client._timeline.plugins[dropin.PluginType.DESTINATION]
    client.track(event())

    plugin.workers.buffer_consumer()
    client.shutdown()

    assert len(capture.messages()) == 1
    assert EMAIL not in str(capture.messages())


def test_a_storage_without_a_lock_is_ended_and_begun_anew_as_well(client, disk, sent):
    del disk.lock

    client._timeline.begin_anew()
    client.track(event())

    assert len(sent(client)) == 1
    client.shutdown()


class Watched(InMemoryStorage):
    """The SDK's own storage, of which an application keeps a journal."""

    def __init__(self):
        super().__init__()
        self.journal = []

    def push(self, event, delay=0):
        self.journal.append(str(event))
        return super().push(event, delay)

    def pull_all(self):
        self.journal.append("emptied")
        return super().pull_all()


def test_a_storage_that_is_derived_from_the_sdks_own_is_given_nothing_raw_either(make, sent):
    storage = Watched()
    client = make(amplitude.Config(storage_provider=Provider(storage)))

    client.track(event())

    assert len(sent(client)) == 1
    assert len(storage.journal) == 2
    assert EMAIL not in str(storage.journal)
    assert client.safetrack.stats() == {"tracked": 1, "passed": 1, "dropped": {}}


def test_in_a_child_process_what_waits_in_memory_is_the_parents_and_no_code_of_others_runs(
    make, sent
):
    storage = Watched()
    client = make(amplitude.Config(storage_provider=Provider(storage)))
    client.track(event())
    storage.journal.clear()
    before = storage.lock

    client._timeline.begin_anew()

    assert storage.journal == []
    assert storage.total_events == 0
    assert storage.lock is not before
    assert sent(client) == []
