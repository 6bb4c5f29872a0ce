"""gunicorn, uvicorn and Celery, as they are used: their own processes, their own signals."""

from __future__ import annotations

import signal
import sys
import threading
import urllib.request
from pathlib import Path

import pytest

from endings.world import wait_for

BIN = Path(sys.executable).parent
WSGI = """
import safetrack
client = safetrack.Client()
def app(environ, start_response):
    number = int(environ["QUERY_STRING"])
    client.track(f"user-{number}", "Step", {"n": number})
    start_response("200 OK", [])
    return [b"ok"]
"""


def ask(url, number):
    with urllib.request.urlopen(f"{url}/?{number}", timeout=30) as answer:  # noqa: S310  loopback
        return answer.read()


def ask_all(url, numbers):
    threads = [
        threading.Thread(target=lambda own: [ask(url, n) for n in own], args=(numbers[at::4],))
        for at in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def gunicorn(world, *options):
    (world.folder / "app.py").write_text(WSGI)
    command = [f"{BIN}/gunicorn", "app:app", "--bind", "127.0.0.1:0", "--workers", "2", *options]
    return world.serve(*command, ready=r"Listening at: (http://[\d.:]+)")


@pytest.mark.parametrize("preload", [(), ("--preload",)], ids=["each its own", "preloaded"])
@pytest.mark.parametrize("kind", ["sync", "gthread", "gevent"])
def test_gunicorn_loses_nothing_when_it_is_stopped(preload, kind, world):
    """With gevent threads, locks and sockets are others, from before or after the client is made."""
    process, url = gunicorn(world, "--worker-class", kind, *preload)
    ask_all(url, range(200))
    process.send_signal(signal.SIGTERM)

    assert process.wait(60) == 0
    assert world.numbers() == list(range(200))
    assert world.left() == []


def test_gunicorn_loses_nothing_when_it_recycles_its_workers(world):
    process, url = gunicorn(world, "--max-requests", "10", "--preload")
    ask_all(url, range(100))
    process.send_signal(signal.SIGTERM)

    assert process.wait(60) == 0
    assert world.numbers() == list(range(100))
    assert (world.folder / "server.log").read_text().count("Booting worker") > 4
    assert world.left() == []


def test_gunicorn_loses_nothing_when_it_reloads(world):
    process, url = gunicorn(world)
    for start in (0, 50, 100):
        ask_all(url, range(start, start + 50))
        process.send_signal(signal.SIGHUP)
    wait_for(lambda: len(world.numbers()) == 150)
    process.send_signal(signal.SIGTERM)

    assert process.wait(60) == 0
    assert world.numbers() == list(range(150))
    assert world.left() == []


def test_a_worker_that_gunicorn_kills_loses_nothing_that_was_sealed(sealed, monkeypatch):
    """SIGQUIT: the workers get no time to end."""
    process, url = gunicorn(sealed, "--preload")
    ask_all(url, range(100))
    process.send_signal(signal.SIGQUIT)
    process.wait(60)

    assert sealed.settle(monkeypatch) == list(range(100))


ASGI = """
import contextlib, safetrack
client = safetrack.Client()
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                {close}
            await send({{"type": message["type"] + ".complete"}})
            if message["type"] == "lifespan.shutdown":
                return
    number = int(scope["query_string"])
    client.track(f"user-{{number}}", "Step", {{"n": number}})
    await send({{"type": "http.response.start", "status": 200}})
    await send({{"type": "http.response.body", "body": b"ok"}})
"""


def uvicorn(world, close):
    (world.folder / "app.py").write_text(ASGI.format(close=close))
    command = [f"{BIN}/uvicorn", "app:app", "--port", "0", "--no-access-log"]
    return world.serve(*command, ready=r"running on (http://[\d.:]+)")


def test_uvicorn_loses_nothing_when_the_lifespan_closes_the_client(world):
    process, url = uvicorn(world, "await client.aclose(20)")
    ask_all(url, range(200))
    process.send_signal(signal.SIGTERM)
    process.wait(60)

    assert world.numbers() == list(range(200))
    assert world.left() == []


def test_uvicorn_without_that_loses_nothing_that_was_sealed(sealed, monkeypatch):
    """It raises SIGTERM again when it is done, and with its default action."""
    process, url = uvicorn(sealed, "pass")
    ask_all(url, range(200))
    process.send_signal(signal.SIGTERM)

    assert process.wait(60) == -signal.SIGTERM
    assert sealed.settle(monkeypatch) == list(range(200))


CELERY = """
import safetrack
from celery import Celery
client = safetrack.Client()
app = Celery("tasks", broker="filesystem://")
app.conf.broker_transport_options = {
    "data_folder_in": "queue", "data_folder_out": "queue", "processed_folder": "done",
    "control_folder": "control",
}
app.conf.worker_prefetch_multiplier = 1
@app.task
def work(number):
    client.track(f"user-{number}", "Step", {"n": number})
"""


@pytest.mark.parametrize("recycled", [(), ("--max-tasks-per-child", "20")], ids=["", "recycled"])
def test_celery_loses_nothing_when_it_is_stopped(recycled, world):
    (world.folder / "tasks.py").write_text(CELERY)
    for name in ("queue", "done", "control"):
        (world.folder / name).mkdir()
    world.run(
        [sys.executable, "-c", "import tasks\nfor n in range(60): tasks.work.delay(n)"]
    ).communicate(timeout=60)
    command = [f"{BIN}/celery", "--app", "tasks", "worker", "--pool", "prefork", *recycled]
    process, _ = world.serve(
        *command, "--concurrency", "2", "--loglevel", "INFO", ready=r"celery@.* (ready)"
    )
    wait_for(lambda: not list((world.folder / "queue").iterdir()))
    process.send_signal(signal.SIGTERM)

    assert process.wait(60) == 0
    assert world.numbers() == list(range(60))
    assert world.left() == []
