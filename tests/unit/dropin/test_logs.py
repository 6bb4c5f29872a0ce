import logging

from safetrack.dropin.logs import ValueFreeLogger, silence_values

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


def test_a_logger_of_the_applications_is_told_no_value_and_stays_as_it_is(caplog):
    own = logging.getLogger("application")
    caplog.set_level(logging.DEBUG)
    told = ValueFreeLogger(own)

    for say in (told.debug, told.info, told.warning, told.error, told.critical):
        say("%s", CANARY, extra={"event": CANARY})
    try:
        raise ValueError(CANARY)  # noqa: TRY301
    except ValueError:
        told.exception(CANARY)
    own.info("the application's own words")

    assert [record.levelname for record in caplog.records] == (
        ["DEBUG", "INFO", "WARNING", "ERROR", "ERROR", "ERROR", "INFO"]
    )
    assert "(ValueError)" in caplog.records[5].getMessage()
    assert caplog.messages[6] == "the application's own words"
    for record in caplog.records[:6]:
        assert "test_logs.py" in record.getMessage()
        assert CANARY not in repr(vars(record))
    assert told.name == "application"


def test_what_was_said_without_values_is_not_said_again(caplog):
    silence_values(["vendor.sdk"])
    caplog.set_level(logging.DEBUG)

    ValueFreeLogger(logging.getLogger("vendor.sdk")).info(CANARY)

    assert caplog.text.count("said something at") == 1
    assert "test_logs.py" in caplog.messages[0]
