"""Replays asha (Li et al. 2020, algorithm 2) with the losses of a sweep that trained every run whole, in 1,000 random orders.

python3 replay.py runs/grid
"""
import json
import random
import statistics
import sys
from pathlib import Path

ETA, RUNGS = 3, [1, 3, 9]
folder = Path(sys.argv[1])
names = [run["name"] for run in json.loads((folder / "sweep.json").read_text())["runs"]]
losses = {}
for name in names:
    epochs = [json.loads(line)["validationLoss"] for line in (folder / name / "metrics.jsonl").read_text().splitlines()]
    losses[name] = [min(epochs[:rung]) for rung in RUNGS]


def replay(order):
    """The epochs that are trained, and the best loss of a run that comes to its end."""
    fresh, rungs, reached = list(order), [[] for _ in RUNGS], {}
    while True:
        for rung in reversed(range(len(RUNGS) - 1)):
            best = sorted(rungs[rung], key=lambda name: losses[name][rung])[: len(rungs[rung]) // ETA]
            waiting = [name for name in best if reached[name] == rung]
            if waiting:
                name, target = waiting[0], rung + 1
                break
        else:
            if not fresh:
                break
            name, target = fresh.pop(0), 0
        reached[name] = target
        rungs[target].append(name)
    return sum(RUNGS[rung] for rung in reached.values()), min(losses[name][-1] for name in rungs[-1])


best = min(loss[-1] for loss in losses.values())
orders = [random.Random(seed).sample(names, len(names)) for seed in range(1000)]
results = [replay(order) for order in orders]
epochs, whole = [result[0] for result in results], len(names) * RUNGS[-1]
print(f"epochs: mean {statistics.mean(epochs):.1f}, {min(epochs)} to {max(epochs)} of {whole};",
      f"more than half in {sum(2 * count > whole for count in epochs)} orders")
print(f"within 0.5 % of the best: {sum(loss <= 1.005 * best for _, loss in results)} of {len(results)}")
print(f"in the order of the file: {replay(names)[0]} epochs")
