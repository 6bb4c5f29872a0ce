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


SDK = """
def say(log, value):
    log.warning("refused by the server")
    log.warning("refused: %s", value)
    log.warning(f"refused: {value}")
    log.warning(value)
    log.warning(7)

def say_for_the_caller(log, value):
    log.warning(value, stacklevel=2)
"""


def sdk():
    """Functions of a module that is named as an SDK's."""
    module = {"__name__": "vendor.sdk"}
    exec(compile(SDK, "/sdk/vendor/sdk.py", "exec"), module)  # noqa: S102  it stands above
    return module


def test_words_that_stand_in_the_source_of_the_sdk_stay_and_what_is_filled_in_does_not(caplog):
    silence_values(["vendor.sdk"])

    sdk()["say"](logging.getLogger("vendor.sdk"), CANARY)

    unknown = "; its text may hold values"
    assert [message.partition("said something at ")[2] for message in caplog.messages] == [
        "sdk.py:3: refused by the server",
        "sdk.py:4: refused: %s",
        f"sdk.py:5{unknown}",
        f"sdk.py:6{unknown}",
        f"sdk.py:7{unknown}",
    ]


def test_so_it_is_for_a_logger_of_the_applications(caplog):
    sdk()["say"](ValueFreeLogger(logging.getLogger("application")), CANARY)

    assert caplog.messages[0] == "vendor said something at sdk.py:3: refused by the server"
    assert CANARY not in caplog.text


def test_words_of_whoever_calls_the_sdk_are_values(caplog):
    silence_values(["vendor.sdk"])

    sdk()["say_for_the_caller"](logging.getLogger("vendor.sdk"), "jane@acme.com")
    logging.getLogger("vendor.sdk").warning("jane@acme.com")

    assert "jane" not in caplog.text


def test_a_record_that_was_made_elsewhere_has_no_words(caplog):
    silence_values(["vendor.sdk"])
    log = logging.getLogger("vendor.sdk")

    log.handle(log.makeRecord("vendor.sdk", logging.ERROR, "/far/away.py", 1, CANARY, (), None))

    assert "away.py:1;" in caplog.text
    assert CANARY not in caplog.text
