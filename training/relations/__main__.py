"""Train the head of relations on the states of the reader that ships."""

from __future__ import annotations

import argparse
import copy
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from benchmarks.relations.pairs import RELATIONS
from benchmarks.relations.typed import Relation, by_rules, weigh
from tocsin.models.encoder import load_encoder
from tocsin.models.networks import Floats
from tocsin.models.reader import TYPES
from training.device import use_device
from training.onnx import quantize, write_graph
from training.relations.learn import FIRST, SECOND, Plan, Shown, ask, show, train
from training.relations.measure import features, fit_weights, rates
from training.relations.network import Network, Several
from training.relations.sentences import (
    Example,
    fold_numbers,
    is_held_out,
    read_gold,
    read_own,
)

#: Own sentences seen again beside the benchmark's, so that they are not forgotten.
AGAIN = 450
#: Of the networks whose mean is asked.
SEEDS = (5, 6, 7)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.relations", description=__doc__)
    parser.add_argument("gold", type=Path, help="plover_relations_train.tsv")
    parser.add_argument("--to", type=Path, default=RELATIONS, help="where to write it")
    parser.add_argument("--folds", action="store_true", help="measure before; five times as long")
    given = parser.parse_args()
    use_device(threads=2)
    encoder = load_encoder()
    gold, own = list(read_gold(given.gold)), list(read_own())
    shown = dict(zip(map(id, (*gold, *own)), show([*gold, *own], encoder), strict=True))
    width = next(iter(shown.values())).marked.states.shape[1]
    taught = [one for one in own if not is_held_out(one)]
    held = [one for one in own if is_held_out(one)]
    networks = []
    for seed in SEEDS:
        torch.manual_seed(seed)
        networks.append(Network(width))
        learn(networks[-1], [shown[id(one)] for one in taught], replace(FIRST, seed=seed))
    if given.folds:
        measure(networks, shown, gold, taught, held)
    everything = [shown[id(one)] for one in (*gold, *held, *again(taught))]
    export(specialise(networks, everything), width, given.to)


def specialise(networks: Sequence[Network], shown: Sequence[Shown]) -> Several:
    """Return copies of `networks` that have learned from the benchmark's sentences too."""
    there = copy.deepcopy(networks)
    for seed, network in zip(SEEDS, there, strict=True):
        learn(network, shown, replace(SECOND, seed=seed))
    together = Several(there)
    together.eval()
    return together


def again(taught: Sequence[Example]) -> list[Example]:
    return random.Random(0).sample(list(taught), AGAIN)


def learn(network: Network, shown: Sequence[Shown], plan: Plan) -> None:
    began = time.monotonic()

    def report(step: int, loss: float) -> None:
        print(f"step {step} loss {loss:.3f} {time.monotonic() - began:.0f} s", flush=True)

    train(network, shown, plan, report)


def export(network: Several, width: int, path: Path) -> None:
    states, mask = torch.zeros(2, 16, width), torch.ones(2, 16)
    long = {0: "rows", 1: "length"}
    write_graph(
        network,
        {"states": states, "mask": mask, "parties": torch.ones(2, 16, dtype=torch.int64)},
        ("scores",),
        {"states": long, "mask": long, "parties": long, "scores": {0: "rows"}},
        path,
    )
    quantize(path)


def measure(
    networks: Sequence[Network],
    shown: dict[int, Shown],
    gold: Sequence[Example],
    taught: Sequence[Example],
    held: Sequence[Example],
) -> None:
    """Print the rates of network, rules and both: on held-out own sentences, and over folds."""
    folds = np.array(fold_numbers(gold))
    chances = np.zeros((len(gold), len(TYPES)), dtype=np.float32)
    for fold in range(folds.max() + 1):
        seen = [one for one, number in zip(gold, folds, strict=True) if number != fold]
        there = specialise(networks, [shown[id(one)] for one in (*seen, *again(taught))])
        rest = [one for one, number in zip(gold, folds, strict=True) if number == fold]
        chances[folds == fold] = ask(there, [shown[id(one)] for one in rest])
        if fold == 0:
            of_held = ask(there, [shown[id(one)] for one in held])
            relations = by_rules_all(held)
            vote, choice = fit_weights(features(of_held, relations), held)
            print(f"VOTE {vote:.2f} CHOICE {choice:.2f}")
            compare("own, held out", held, of_held, relations)
    compare("folds", gold, chances, by_rules_all(gold))


def by_rules_all(examples: Sequence[Example]) -> list[Relation]:
    """Return what the rules say of each example, without the network."""
    from tocsin.models.parser import load_language
    from tocsin.settings import Settings

    docs = load_language(Settings()).pipe(one.triple[0] for one in examples)
    return [by_rules(doc, *one.triple[1:]) for one, doc in zip(examples, docs, strict=True)]


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
