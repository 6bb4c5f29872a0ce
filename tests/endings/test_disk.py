"""Real file systems that are full or read-only, below a whole client, in a mount of their own."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from endings.world import PATIENCE, PRELUDE, World

MOUNT = "mount -t tmpfs -o size={size},mode=700 tmpfs box && exec {python} program.py"


def can_mount():
    command = ["unshare", "-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return (
        bool(shutil.which("unshare"))
        and subprocess.run(command, capture_output=True).returncode == 0
    )


pytestmark = pytest.mark.skipif(not can_mount(), reason="no mounts in a namespace of one's own")


def run_on(world: World, size: str, program: str) -> tuple[str, str]:
    """Run a program whose outbox is on a file system of its own, which ends with it."""
    world.outbox.mkdir(mode=0o700)
    (world.folder / "program.py").write_text(PRELUDE + program)
    shell = MOUNT.format(size=size, python=sys.executable)
    process = world.run(["unshare", "-Urm", "sh", "-ec", shell])
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    return out, err


FILL = """
def fill():
    file = os.open("box/ballast", os.O_WRONLY | os.O_CREAT)
    try:
        while os.write(file, b"x" * 4096): pass
    except OSError: pass
    os.close(file)
def books():
    stats = client.stats()["hook"]
    assert stats["tracked"] == stats["delivered"] + stats["pending"] + sum(stats["dropped"].values())
    return stats
"""


@pytest.mark.parametrize("spool", ["clean", "sealed"])
def test_a_disk_that_fills_up_while_events_are_tracked_costs_no_event(spool, tmp_path, capture):
    world = World(tmp_path, capture, spool=spool)
    out, err = run_on(
        world,
        "4m",
        FILL
        + """
client = safetrack.Client()
step(client, *range(200))
client.flush(30)
fill()
step(client, *range(200, 2000))
assert client.flush(30), books()
os.unlink("box/ballast")
step(client, *range(2000, 2500))
assert client.close(30)
print(books()["delivered"], books()["dropped"])
print(*sorted(name.partition("-")[0] for name in os.listdir("box")))
""",
    )

    assert out.split("\n")[0] == "2500 {}"
    assert out.split("\n")[1] == ""
    assert world.numbers() == list(range(2500))
    assert "canary" not in err
    assert err.count("refuses") <= 6


@pytest.mark.parametrize("spool", ["clean", "sealed"])
def test_a_disk_that_is_full_from_the_start_costs_no_event(spool, tmp_path, capture):
    world = World(tmp_path, capture, spool=spool)
    out, err = run_on(
        world,
        "4m",
        FILL
        + """
fill()
client = safetrack.Client()
step(client, *range(500))
assert client.close(30)
print(books()["delivered"], books()["dropped"])
""",
    )

    assert out == "500 {}\n"
    assert world.numbers() == list(range(500))
    assert "on disk" in err


def test_a_file_system_that_becomes_read_only_costs_no_event(tmp_path, capture):
    world = World(tmp_path, capture, spool="sealed")
    out, _ = run_on(
        world,
        "4m",
        FILL
        + """
import subprocess
client = safetrack.Client()
step(client, *range(200))
client.flush(30)
client.close(0)
subprocess.run(["mount", "-o", "remount,ro", "box"], check=True)
client = safetrack.Client()
step(client, *range(200, 500))
assert client.close(30)
print(books()["delivered"], books()["dropped"])
""",
    )

    assert out == "300 {}\n"
    assert world.numbers() == list(range(500))
