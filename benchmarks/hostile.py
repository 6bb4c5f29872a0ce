"""What padding costs: repeated tokens, at three lengths, through all readings and patterns.

A pattern that takes more than linear time on some padding is a way to stop a process. Every
recogniser that is asked (the policy's countries included) and every reading is in the measurement;
the language model is not. The limit is a second of CPU for a text of 100,000 characters; what
takes longer does not leave (`timeout`), nor what is beyond the budget of long texts.
"""

from __future__ import annotations

import time
from typing import Final

from safetrack.detect.detector import Query, SearchFailed
from safetrack.detect.presidio.analyzer import PresidioDetector

LENGTHS: Final = (2_000, 16_000, 100_000)
TOKENS: Final = (
    *("a", "1", ".", "-", "_", "/", "@", ":", " ", "%", "&", "=", "?", "#", "(", "[", "{", '"', "\\"),
    *("a.", "1.", "1-", "1 ", "1,", "a@", "@a.", "www.", "jane.", "http://", "a=b&", "%41", "%2541"),
    *("&#97;", "\\u0061", "YWRh", "616461", "A ", "Aa ", "Jane ", "Street 1, ", "12 Elm ", "\u0430"),
    *("\u200b", "\u0661", "\uff11", "e\u0301", "1\n", "a\n", '{"a":', "a:b,", "Bearer ", "eyJh"),
    *("sk_live_", "key=", "token: ", "-----BEGIN ", "GB29", "4111 ", "+1 ", "(415) ", "::", "ab:", "1:"),
    *("a b", "a.b-c_d", "one two ", "at dot ", "[at]", "=?", "xn--", "C:\\", "/users/", "1e9", "0x1f"),
)  # fmt: skip


def cpu_seconds(detector: PresidioDetector, text: str) -> tuple[float, str]:
    """CPU seconds that a text takes, and what became of it."""
    started = time.process_time()
    (found,) = detector.find([Query(text)])
    seconds = time.process_time() - started
    if isinstance(found, SearchFailed):
        return seconds, str(found.reason)
    unsearched = {str(one.unsearched) for one in found if one.unsearched is not None}
    return seconds, ", ".join(sorted(unsearched)) or "searched"


def main() -> None:
    """Print the ten worst at each length."""
    detector = PresidioDetector()
    detector.warm()
    for length in LENGTHS:
        measured = []
        for token in TOKENS:
            text = (token * (length // len(token) + 1))[: length - 20] + " ada@example.org"
            measured.append((*cpu_seconds(detector, text), token))
        measured.sort(reverse=True)
        print(f"\n{length:,} characters, {len(TOKENS)} tokens; CPU seconds of the patterns")
        for seconds, became, token in measured[:10]:
            print(f"{seconds:8.3f}  {token!r:16} {became}")
        over = sum(seconds > 1 for seconds, _, _ in measured)
        print(f"over a second: {over} of {len(measured)}")


if __name__ == "__main__":
    main()
