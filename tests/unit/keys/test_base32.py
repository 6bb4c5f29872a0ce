import base64
import os

import pytest

from safetrack.keys.keyring import _base32


@pytest.mark.parametrize("length", range(0, 70, 3))
def test_it_is_that_of_the_standard_library(length):
    data = os.urandom(length)

    assert _base32(data) == base64.b32encode(data).decode().rstrip("=").lower()
