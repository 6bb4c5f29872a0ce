import csv
import gzip
import io
import json
import os
import stat
import subprocess
import sys

import pytest

NEUTRAL = {
    "type": "track",
    "event": "Signed Up",
    "userId": "jane@acme.com",
    "messageId": "m-1",
    "timestamp": "2026-11-23T17:48:10Z",
    "properties": {"plan": "pro", "seats": 3, "name": "Jane Doe"},
}
MIXPANEL = {
    "event": "Signed Up",
    "properties": {
        "time": 1795456090,
        "distinct_id": "jane@acme.com",
        "$insert_id": "abc",
        "plan": "pro",
        "$city": "Lyon",
    },
}
POSTHOG = {
    "uuid": "0197",
    "event": "Signed Up",
    "distinct_id": "jane@acme.com",
    "timestamp": "2026-11-23T17:48:10Z",
    "properties": '{"plan": "pro", "$ip": "1.2.3.4"}',
}
AMPLITUDE = {
    "event_type": "Signed Up",
    "user_id": "jane@acme.com",
    "event_time": "2026-11-23 17:48:10.000000",
    "event_properties": {"plan": "pro"},
    "ip_address": "1.2.3.4",
}


def lines(*messages):
    return "".join(json.dumps(message) + "\n" for message in messages)


def numbered(count):
    return [NEUTRAL | {"properties": {"seats": number % 1000}} for number in range(count)]


pytestmark = pytest.mark.usefixtures("policy")


def test_a_file_is_sanitized_in_order(call, in_folder):
    (in_folder / "in.jsonl").write_text(lines(*numbered(1203)))

    result = call("scrub", "in.jsonl", "-o", "out.jsonl")

    assert result.status == 0
    assert "1,203 events read, 1,203 written" in result.err
    found = [json.loads(line) for line in (in_folder / "out.jsonl").read_text().splitlines()]
    assert [one["properties"]["seats"] for one in found] == [n % 1000 for n in range(1203)]
    assert all(one["userId"].startswith("st1_k1_0_") for one in found)
    assert stat.S_IMODE((in_folder / "out.jsonl").stat().st_mode) == 0o600
    assert not (in_folder / "out.jsonl.rejected.jsonl").exists()


def test_nothing_raw_is_in_any_output(call, in_folder):
    bad = '{"userId": "jane@acme.com", "x": NaN}\n"jane@acme.com"\n{"jane@acme.com'
    (in_folder / "in.jsonl").write_text(lines(NEUTRAL) + bad)

    result = call("scrub", "in.jsonl", "-o", "out.jsonl")

    written = (in_folder / "out.jsonl").read_text()
    rejected = (in_folder / "out.jsonl.rejected.jsonl").read_text()
    for text in (*result[1:], written, rejected):
        assert "jane" not in text.lower()


@pytest.mark.parametrize(
    ("export", "person", "properties"),
    [
        (NEUTRAL, "userId", "properties"),
        (MIXPANEL, None, "properties"),
        (POSTHOG, "distinct_id", "properties"),
        (AMPLITUDE, "user_id", "event_properties"),
    ],
    ids=["neutral", "mixpanel", "posthog", "amplitude"],
)
def test_every_vendors_export_is_recognised_and_keeps_its_form(call, export, person, properties):
    result = call("scrub", "-", stdin=lines(export).encode())

    assert result.status == 0
    (found,) = map(json.loads, result.out.splitlines())
    bag = found[properties]
    bag = json.loads(bag) if isinstance(bag, str) else bag
    assert bag["plan"] == "pro"
    assert (found[person] if person else bag["distinct_id"]).startswith("st1_k1_0_")
    assert isinstance(found[properties], type(export[properties]))
    assert "1.2.3.4" not in result.out
    assert "Lyon" not in result.out


def test_a_named_format_counts_more_than_the_keys(call):
    result = call("scrub", "-", "--format", "mixpanel", stdin=lines(NEUTRAL).encode())

    assert "userId" not in result.out


def test_tokens_are_those_of_the_destination(call):
    one, same, other = (
        json.loads(call("scrub", "-", *more, stdin=lines(NEUTRAL).encode()).out)["userId"]
        for more in ([], ["--destination", "vault"], ["--destination", "elsewhere"])
    )

    assert one == same != other


def test_what_cannot_be_read_is_listed_by_line_and_reason(call, in_folder):
    (in_folder / "in.jsonl").write_text(lines(NEUTRAL) + '{"a":NaN}\noops\n' + lines(NEUTRAL))

    result = call("scrub", "in.jsonl", "-o", "out.jsonl")

    assert result.status == 1
    assert "4 events read, 2 written" in result.err
    assert "2 records that could not be read: not_finite 1, not_json 1" in result.err
    assert len((in_folder / "out.jsonl").read_text().splitlines()) == 2
    rejected = (in_folder / "out.jsonl.rejected.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in rejected] == [
        {"line": 2, "reason": "not_finite"},
        {"line": 3, "reason": "not_json"},
    ]


def test_a_clean_run_removes_the_rejected_file_of_the_one_before(call, in_folder):
    (in_folder / "in.jsonl").write_text("oops\n")
    call("scrub", "in.jsonl", "-o", "out.jsonl")
    (in_folder / "in.jsonl").write_text(lines(NEUTRAL))

    assert call("scrub", "in.jsonl", "-o", "out.jsonl").status == 0
    assert not (in_folder / "out.jsonl.rejected.jsonl").exists()


def test_a_half_written_gzip_is_read_to_its_break(call, in_folder):
    whole = gzip.compress(lines(*numbered(5000)).encode())
    (in_folder / "in.jsonl.gz").write_bytes(whole[: len(whole) // 2])

    result = call("scrub", "in.jsonl.gz", "-o", "out.jsonl")

    assert result.status == 1
    assert "truncated 1" in result.err
    assert len((in_folder / "out.jsonl").read_text().splitlines()) > 1000


def test_a_truncated_array_is_read_to_its_break(call, in_folder):
    (in_folder / "in.json").write_text(json.dumps(numbered(10), indent=1)[:-60])

    result = call("scrub", "in.json", "-o", "out.json")

    assert result.status == 1
    assert len(json.loads((in_folder / "out.json").read_text())) == 9


def test_gzip_is_told_by_its_bytes_on_standard_input(call):
    result = call("scrub", "-", stdin=gzip.compress(lines(NEUTRAL).encode()))

    assert json.loads(result.out)["properties"] == {"plan": "pro", "seats": 3}


def test_csv_in_and_out(call):
    text = (
        "type,event,userId,properties.plan,properties.seats,properties.email\n"
        "track,Signed Up,u-1,pro,3,jane@acme.com\n"
        "track,Signed Up,u-2,gold,,\n"
    )

    result = call("scrub", "-", stdin=text.encode())

    first, second = csv.DictReader(io.StringIO(result.out))
    assert result.status == 0
    assert (first["properties.plan"], first["properties.seats"]) == ("pro", "3")
    assert (second["properties.plan"], second["properties.seats"]) == ("other", "")
    assert "properties.email" not in first
    assert "jane" not in result.out


def test_a_bag_in_one_column_is_read_where_the_form_has_an_object(call):
    text = 'type,event,userId,properties\ntrack,Signed Up,u-1,"{""plan"":""pro"",""x"":1}"\n'

    result = call("scrub", "-", stdin=text.encode())

    assert next(csv.DictReader(io.StringIO(result.out)))["properties.plan"] == "pro"


def test_parquet_and_back(call, in_folder):
    pytest.importorskip("pyarrow")
    (in_folder / "in.jsonl").write_text(lines(*numbered(700)))

    assert call("scrub", "in.jsonl", "-o", "mid.parquet").status == 0
    assert call("scrub", "mid.parquet", "-o", "out.jsonl").status == 0

    found = [json.loads(line) for line in (in_folder / "out.jsonl").read_text().splitlines()]
    assert [one["properties"]["seats"] for one in found] == list(range(700))


def test_several_inputs_into_one_output(call, in_folder):
    (in_folder / "a.jsonl").write_text(lines(NEUTRAL) + "oops\n")
    (in_folder / "b.json").write_text(json.dumps([NEUTRAL]))

    result = call("scrub", "a.jsonl", "b.json", "-o", "out.jsonl")

    assert result.status == 1
    assert len((in_folder / "out.jsonl").read_text().splitlines()) == 2
    rejected = json.loads((in_folder / "out.jsonl.rejected.jsonl").read_text())
    assert rejected == {"file": "a.jsonl", "line": 2, "reason": "not_json"}


def test_several_inputs_into_a_folder(call, in_folder):
    (in_folder / "a.jsonl").write_text(lines(NEUTRAL))
    (in_folder / "b.json").write_text(json.dumps([NEUTRAL]))
    (in_folder / "out").mkdir()

    assert call("scrub", "a.jsonl", "b.json", "-o", "out").status == 0
    assert (in_folder / "out" / "a.jsonl").read_text().startswith('{"type"')
    assert len(json.loads((in_folder / "out" / "b.json").read_text())) == 1


def test_an_unusable_input_does_not_stop_the_others(call, in_folder):
    (in_folder / "a.bin").write_bytes(b"\x7fELF....")
    (in_folder / "b.jsonl").write_text(lines(NEUTRAL))

    result = call("scrub", "a.bin", "b.jsonl", "-o", "out.jsonl")

    assert result.status == 1
    assert "a.bin: neither JSON Lines, a JSON array, CSV nor Parquet" in result.err
    assert len((in_folder / "out.jsonl").read_text().splitlines()) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x7fELF....", "neither JSON Lines"),
        (b"PK\x03\x04zip", "unpack it"),
        (b'{"a": 1}\n', "--format"),
        (b"PAR1....", "Parquet"),
    ],
)
def test_an_unusable_only_input_is_refused(call, in_folder, data, words):
    (in_folder / "in.bin").write_bytes(data)

    result = call("scrub", "in.bin", "-o", "out.jsonl")

    assert result.status == 2
    assert words in result.err
    assert sorted(path.name for path in in_folder.iterdir()) == ["in.bin", "safetrack.yaml"]


def test_an_empty_input_gives_an_empty_output(call, in_folder):
    (in_folder / "in.jsonl").write_text("")

    result = call("scrub", "in.jsonl", "-o", "out.jsonl")

    assert result.status == 0
    assert (in_folder / "out.jsonl").read_text() == ""


def test_events_that_the_policy_drops_are_counted_by_reason(call, policy):
    policy.write_text(
        policy.read_text().replace("{purpose: tests, owner: tests@example.com}", "drop")
    )

    result = call("scrub", "-", stdin=lines(NEUTRAL, NEUTRAL | {"event": "Other"}).encode())

    assert result.status == 0
    assert "1 events dropped by the policy: event_dropped 1" in result.err


def test_the_summary_for_machines(call, in_folder):
    (in_folder / "in.jsonl").write_text(lines(NEUTRAL) + "oops\n")

    result = call("scrub", "in.jsonl", "-o", "out.jsonl", "--json")

    summary = json.loads(result.out)
    assert summary["read"] == 2
    assert summary["written"] == 1
    assert summary["rejected"] == {"not_json": 1}
    assert summary["rejected_files"] == ["out.jsonl.rejected.jsonl"]


def test_with_events_on_standard_output_the_summary_goes_to_standard_error(call):
    result = call("scrub", "-", "--json", stdin=lines(NEUTRAL).encode())

    assert json.loads(result.err)["written"] == 1
    assert json.loads(result.out)["type"] == "track"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.jsonl"], "missing.jsonl: no such file"),
        (["."], "is a folder"),
        (["safetrack.yaml", "-o", "safetrack.yaml"], "would overwrite an input"),
        (["safetrack.yaml", "-p", "none.yaml"], "none.yaml: no such policy file"),
        (["safetrack.yaml", "-o", "nowhere/x.jsonl"], "cannot write to nowhere"),
    ],
)
def test_wrong_usage_is_a_plain_message(call, arguments, words):
    result = call("scrub", *arguments)

    assert result.status == 2
    assert words in result.err
    assert "Traceback" not in result.err


def test_observing_is_refused(call, policy):
    policy.write_text(policy.read_text() + "mode: observe\nuntil: 2099-01-01\n")

    result = call("scrub", "-", stdin=b"")

    assert result.status == 2
    assert "mode: observe" in result.err


def test_several_workers_give_the_same_bytes_in_the_same_order(in_folder):
    (in_folder / "in.jsonl").write_text(lines(*numbered(2500)) + "oops\n")
    outputs = []
    for workers in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-m", "safetrack.cli", "scrub", "in.jsonl", "--workers", workers],
            capture_output=True,
            check=False,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        assert done.returncode == 1, done.stderr
        outputs.append(done.stdout)

    assert outputs[0] == outputs[1]
    assert outputs[0].count(b"\n") == 2500


def test_nobody_reading_the_output_is_no_traceback(in_folder):
    (in_folder / "in.jsonl").write_text(lines(*numbered(20_000)))
    done = subprocess.run(  # noqa: S602  a pipe is the point
        f"{sys.executable} -m safetrack.cli scrub in.jsonl | head -1",
        shell=True,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )

    assert done.stdout.startswith(b'{"type":"track"')
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@pytest.mark.parametrize(
    ("inputs", "output"), [(["a.jsonl"], "clean/"), (["a.jsonl", "b.jsonl"], "x/clean")]
)
def test_a_folder_that_is_missing_is_made(call, in_folder, inputs, output):
    for name in inputs:
        (in_folder / name).write_text(lines(NEUTRAL))

    assert call("scrub", *inputs, "-o", output).status == 0
    assert sorted(path.name for path in (in_folder / output).iterdir()) == inputs


def test_the_summary_says_format_and_scope(call):
    result = call("scrub", "-", stdin=lines(NEUTRAL).encode())

    assert "1 events read, 1 written (format neutral, scope vault)" in result.err


def test_a_destination_that_the_policy_does_not_have_is_warned_of(call):
    result = call("scrub", "-", "--destination", "vualt", stdin=lines(NEUTRAL).encode())

    assert result.status == 0
    assert "vualt is no destination of the policy; used as a bare scope" in result.err
    assert "did you mean 'vault'?" in result.err
