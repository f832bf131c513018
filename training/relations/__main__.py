"""Train the relation classifier and write its weights; see `docs/model-card-relations.md`."""

from __future__ import annotations

import argparse
import copy
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

from tocsin.extract.events.relations import Relation, by_rules, weigh
from tocsin.models.networks import WEIGHTS, Floats
from tocsin.models.pairs import TYPES
from tocsin.models.pieces import Vocabulary
from tocsin.models.reading import Models, load_models
from tocsin.settings import Settings
from training.attribution.__main__ import unpack_base
from training.attribution.vocabulary import read_base_vocabulary, write_vocabulary
from training.relations.export import export
from training.relations.learn import FIRST, SECOND, Plan, ask, show, train
from training.relations.measure import features, fit_weights, rates
from training.relations.network import Network, load_network
from training.relations.sentences import (
    Example,
    fold_numbers,
    is_held_out,
    read_gold,
    read_own,
)

#: Own sentences seen again beside the benchmark's, so that they are not forgotten.
AGAIN = 450


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.relations", description=__doc__)
    parser.add_argument("gold", type=Path, help="plover_relations_train.tsv")
    parser.add_argument("--to", type=Path, default=WEIGHTS, help="where the weights go")
    parser.add_argument("--folds", action="store_true", help="measure before; five times as long")
    given = parser.parse_args()
    torch.set_num_threads(1)
    gold, own = list(read_gold(given.gold)), list(read_own())
    network, vocabulary = start()
    taught = [one for one in own if not is_held_out(one)]
    learn(network, vocabulary, taught, FIRST)
    held = [one for one in own if is_held_out(one)]
    if given.folds:
        measure(network, vocabulary, gold, taught, held)
    learn(network, vocabulary, [*gold, *held, *again(taught)], SECOND)
    export(network, given.to / "relations.onnx")
    write_vocabulary(vocabulary, given.to / "vocabulary.txt")


def start() -> tuple[Network, Vocabulary]:
    """Return the base with new heads, and its vocabulary."""
    torch.manual_seed(FIRST.seed)
    with tempfile.TemporaryDirectory() as scratch:
        base = unpack_base(Path(scratch))
        vocabulary, kept = read_base_vocabulary(base / "tokenizer.json")
        network = Network(len(kept))
        load_network(network, load_file(base / "model.safetensors"), kept)
    return network, vocabulary


def again(taught: Sequence[Example]) -> list[Example]:
    return random.Random(0).sample(list(taught), AGAIN)


def learn(
    network: Network, vocabulary: Vocabulary, examples: Sequence[Example], plan: Plan
) -> None:
    began = time.monotonic()

    def report(step: int, loss: float) -> None:
        print(f"step {step} loss {loss:.3f} {time.monotonic() - began:.0f} s", flush=True)

    train(network, show(examples, vocabulary), plan, vocabulary.numbers["[MASK]"], report)


def measure(
    network: Network,
    vocabulary: Vocabulary,
    gold: Sequence[Example],
    taught: Sequence[Example],
    held: Sequence[Example],
) -> None:
    """Print the rates of network, rules and both: on held-out own sentences, and over folds."""
    models = load_models(Settings())
    folds = np.array(fold_numbers(gold))
    chances = np.zeros((len(gold), len(TYPES)), dtype=np.float32)
    for fold in range(folds.max() + 1):
        there = copy.deepcopy(network)
        seen = [one for one, number in zip(gold, folds, strict=True) if number != fold]
        learn(there, vocabulary, [*seen, *again(taught)], SECOND)
        rest = [one for one, number in zip(gold, folds, strict=True) if number == fold]
        chances[folds == fold] = ask(there, show(rest, vocabulary))
        if fold == 0:
            of_held = ask(there, show(held, vocabulary))
            relations = by_rules_all(held, models)
            vote, choice = fit_weights(features(of_held, relations), held)
            print(f"VOTE {vote:.2f} CHOICE {choice:.2f}")
            compare("own, held out", held, of_held, relations)
    compare("folds", gold, chances, by_rules_all(gold, models))


def by_rules_all(examples: Sequence[Example], models: Models) -> list[Relation]:
    """Return what the rules say of each example, without the network."""
    readings = models.read_many(one.triple[0] for one in examples)
    return [by_rules(r.doc, *one.triple[1:]) for one, r in zip(examples, readings, strict=True)]


def compare(
    name: str, examples: Sequence[Example], chances: Floats, relations: Sequence[Relation]
) -> None:
    right = [one.type for one in examples]
    both = [weigh(r, row).type for r, row in zip(relations, chances, strict=True)]
    print(name, "network", rates(right, [TYPES[i] for i in chances.argmax(1)]))
    print(name, "rules", rates(right, [one.type for one in relations]))
    print(name, "both", rates(right, both))


if __name__ == "__main__":
    main()
