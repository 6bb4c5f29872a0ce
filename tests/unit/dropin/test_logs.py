import logging

from safetrack.dropin.logs import silence_values

CANARY = "jane.canary@example.org"


def test_records_of_the_sdk_keep_their_place_and_lose_their_values(caplog):
    silence_values(["vendor.sdk"])
    log = logging.getLogger("vendor.sdk")
    caplog.set_level(logging.DEBUG)

    try:
        raise ValueError(CANARY)  # noqa: TRY301
    except ValueError:
        log.exception("failed for %s", CANARY, extra={"event": CANARY}, stack_info=True)
    log.debug(f"queueing {CANARY}")  # noqa: G004

    first, second = caplog.records
    assert first.levelno == logging.ERROR
    assert "test_logs.py" in first.getMessage()
    assert "(ValueError)" in first.getMessage()
    assert second.levelno == logging.DEBUG
    for record in caplog.records:
        assert CANARY not in repr(vars(record))
        assert record.exc_info is None


def test_other_loggers_are_left_alone(caplog):
    silence_values(["vendor.sdk"])

    logging.getLogger("vendor.other").error("as it is")

    assert caplog.messages == ["as it is"]
