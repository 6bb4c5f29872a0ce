import json


def test_the_schema_is_one_json_document_about_the_policys_keys(call, in_folder):
    result = call("schema")

    schema = json.loads(result.out)
    assert result.status == 0
    assert {"version", "extends", "properties", "destinations"} <= set(schema["properties"])
