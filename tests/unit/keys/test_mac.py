import hmac

import pytest

from safetrack.keys.mac import Mac


@pytest.mark.parametrize("key", [b"k", bytes(range(32)), bytes(range(64))])
@pytest.mark.parametrize("length", [0, 1, 55, 56, 64, 3000])
def test_codes_are_those_of_the_standard_library(key, length):
    message = bytes(number % 251 for number in range(length))
    mac = Mac(key)

    assert mac.digest(message) == mac.digest(message) == hmac.digest(key, message, "sha256")
