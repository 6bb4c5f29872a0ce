import datetime as dt
import io
import sys

import pytest

from safetrack.cli.formats import parquet
from safetrack.errors import InputError, MissingExtraError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def table_of(rows, schema=None):
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), stream)
    stream.seek(0)
    return stream


def written(*messages):
    stream = io.BytesIO()
    writer = parquet.writer(stream)
    for message in messages:
        writer.write(message)
    writer.close()
    stream.seek(0)
    return pq.read_table(stream)


def test_rows_are_records_with_their_number():
    rows = [{"event": "A", "properties.plan": "pro"}, {"event": "B", "properties.plan": None}]

    first, second = parquet.read(table_of(rows))

    assert (first.line, first.fields) == (1, {"event": "A", "properties": {"plan": "pro"}})
    assert (second.line, second.fields) == (2, {"event": "B"})


def test_structs_maps_and_times_are_read_as_what_they_are():
    when = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    schema = pa.schema(
        [
            ("properties", pa.struct([("plan", pa.string())])),
            ("groups", pa.map_(pa.string(), pa.string())),
            ("timestamp", pa.timestamp("us", tz="UTC")),
        ]
    )
    row = {"properties": {"plan": "pro"}, "groups": [("company", "org-7")], "timestamp": when}

    (record,) = parquet.read(table_of([row], schema))

    assert record.fields == {
        "properties": {"plan": "pro"},
        "groups": {"company": "org-7"},
        "timestamp": when,
    }


def test_a_file_without_its_end_is_refused():
    half = table_of([{"event": "A"}]).getvalue()[:-20]

    with pytest.raises(InputError, match="not a whole Parquet file"):
        list(parquet.read(io.BytesIO(half)))


def test_a_pipe_is_refused():
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

    with pytest.raises(InputError, match="pipe"):
        list(parquet.read(Pipe()))


def test_without_pyarrow_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)

    with pytest.raises(MissingExtraError, match=r"safetrack\[parquet\]"):
        list(parquet.read(io.BytesIO()))


def test_columns_have_the_type_of_their_values():
    found = written(
        {"event": "A", "p": {"n": 1, "f": 1, "b": True, "mixed": 1, "tags": ["x"]}},
        {"event": "B", "p": {"n": 2, "f": 0.5, "b": False, "mixed": "other"}},
    )

    assert {name: str(found.schema.field(name).type) for name in found.schema.names} == {
        "event": "string",
        "p.n": "int64",
        "p.f": "double",
        "p.b": "bool",
        "p.mixed": "string",
        "p.tags": "string",
    }
    assert found.to_pylist()[0]["p.tags"] == '["x"]'
    assert [row["p.mixed"] for row in found.to_pylist()] == ["1", "other"]


def test_a_column_of_nothing_but_null_is_text():
    assert str(written({"a": None}).schema.field("a").type) == "string"
