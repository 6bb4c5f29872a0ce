import pytest

pytest_plugins = ["pytester"]


def test_an_application_gets_the_fixtures_from_the_plugin(pytester: pytest.Pytester):
    pytester.makepyfile(
        """
        import requests
        from safetrack.testing import assert_no_canary
        import pytest

        def test_it(safetrack_capture, safetrack_canaries):
            requests.post(safetrack_capture.url + "/x", data=safetrack_canaries.email(), timeout=5)
            with pytest.raises(AssertionError, match="canary 1"):
                assert_no_canary(safetrack_capture, safetrack_canaries)
        """
    )

    result = pytester.runpytest_subprocess()

    result.assert_outcomes(passed=1)
