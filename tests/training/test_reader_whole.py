"""The whole training of the reader, of tiny bases on a handful of made articles.

Torch is no part of the development environment, and the scorers lie in the shared data: without
either these tests are skipped and say so.
"""

import json
import shutil
from pathlib import Path

import pytest

from tocsin.models.encoder import load_encoder

SHARED = Path(__file__).parents[3] / "shared"
SCORERS = [SHARED / "gold" / name for name in ("score_events.py", "score_attribution.py")]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(each.exists() for each in SCORERS), reason="the scorers lie in the shared data"
    ),
]
torch = pytest.importorskip("torch", reason="torch is installed on machines that train alone")
pytest.importorskip("onnx", reason="onnx is installed on machines that train alone")
pytest.importorskip("safetensors", reason="safetensors is installed on machines that train alone")

GRAPHS = ("reader.onnx", "mentions.onnx", "acts.onnx", "vocabulary.txt", "reader.json")
WIDTH = 24
CONFIG = {"hidden_size": WIDTH, "num_attention_heads": 4, "num_hidden_layers": 3}
TEXT = """Vardan shelled France on Tuesday, "without warning", the ministry said.
The shelling stopped after talks, Germany said in Paris.
"""


def span(words):
    return [TEXT.index(words), TEXT.index(words) + len(words)]


ACTS = [
    {"act": span("shelled"), "type": "ASSAULT", "status": "asserted", "actors": ["DEU"],
     "recipients": ["FRA"], "actor_words": [span("Vardan")], "recipient_words": [span("France")],
     "when": [span("Tuesday")], "same": None, "day": None},
    {"act": span("shelling"), "type": "ASSAULT", "status": "historical", "actors": ["DEU"],
     "recipients": ["FRA"], "same": 0, "day": None},
]  # fmt: skip
PARTS = {"Cue": "said", "Source": "the ministry", "Content": "without warning"}


def brat():
    lines = [
        f"T{n}\t{kind} {span(words)[0]} {span(words)[1]}\t{words}"
        for n, (kind, words) in enumerate(PARTS.items(), 1)
    ]
    return "\n".join([*lines, "E1\tCue:T1 Source:T2 Content:T3"])


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_rows(path, rows):
    write(path, "".join(json.dumps(row) + "\n" for row in rows))


def articles(name, count, **fields):
    return [
        {"id": f"{name}{n}", "date": "2024-05-07", "text": f"{TEXT}Number {n}."} | fields
        for n in range(count)
    ]


def write_base(folder, model_type):
    """Write a tiny base with weights drawn by chance, as the bases of the training are kept."""
    from safetensors.torch import save_file

    from training.reader.network import BERT, MPNET, Layer

    torch.manual_seed(4)
    letters = [chr(code) for code in range(33, 127)]
    pieces = ["[CLS]", "[SEP]", "[UNK]", "<s>", "</s>", "<unk>", *letters]
    pieces += [f"##{letter}" for letter in letters]
    relative = model_type == "mpnet"
    weights = {
        "embeddings.word_embeddings.weight": torch.randn(len(pieces), WIDTH),
        "embeddings.position_embeddings.weight": torch.randn(300, WIDTH),
        "embeddings.token_type_embeddings.weight": torch.randn(2, WIDTH),
        "embeddings.LayerNorm.weight": torch.ones(WIDTH),
        "embeddings.LayerNorm.bias": torch.zeros(WIDTH),
        "encoder.relative_attention_bias.weight": torch.randn(32, CONFIG["num_attention_heads"]),
    }
    for number in range(CONFIG["num_hidden_layers"]):
        for ours, value in Layer(WIDTH).state_dict().items():
            part, kind = ours.split(".")
            name = (MPNET if relative else BERT)[part]
            weights[f"encoder.layer.{number}.{name}.{kind}"] = value.clone()
    numbers = {piece: number for number, piece in enumerate(pieces)}
    write(folder / "tokenizer.json", json.dumps({"model": {"vocab": numbers}}))
    write(folder / "config.json", json.dumps(CONFIG | {"model_type": model_type}))
    save_file(weights, folder / "model.safetensors")


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """Return a folder with bases, and with made articles where the shared data has given ones."""
    folder = tmp_path_factory.mktemp("given")
    gold = folder / "gold"
    write_rows(gold / "events/train.jsonl", articles("train", 20, acts=ACTS))
    write_rows(gold / "events/dev.jsonl", articles("dev", 1, acts=ACTS))
    write_rows(gold / "events/unmarked.jsonl", articles("unmarked", 4))
    for part, count in (("train", 3), ("dev", 1)):
        for number in range(count):
            write(gold / f"polnear/{part}/text/{part}-{number}.txt", TEXT)
            write(gold / f"polnear/{part}/attributions/{part}-{number}_a1b2.ann", brat())
    for scorer in SCORERS:
        shutil.copy(scorer, gold / scorer.name)
    write_rows(folder / "marked/polnear.jsonl", [{"id": "train-0", "date": None, "acts": ACTS}])
    write_rows(folder / "marked/own.jsonl", articles("own", 1, acts=ACTS))
    write_rows(folder / "marked/news.jsonl", [{"id": "unmarked0", "date": None, "acts": ACTS}])
    write_rows(folder / "marked/held.jsonl", [{"id": "unmarked1", "date": None, "acts": ACTS}])
    write_base(folder / "mpnet", "mpnet")
    write_base(folder / "minilm", "bert")
    return folder


@pytest.fixture(autouse=True)
def _made_marks(given, monkeypatch):
    """Put made marks in the place of the project's own, and keep the training often."""
    from training.reader import learn, marked_articles

    names = ("polnear", "own", "news")
    own = [given / "marked" / f"{name}.jsonl" for name in names]
    monkeypatch.setattr(marked_articles, "OWN", own)
    monkeypatch.setattr(marked_articles, "HELD", given / "marked/held.jsonl")
    monkeypatch.setattr(learn, "KEPT_EVERY", 2)


def train(given, work, stage="all"):
    from training.reader.__main__ import main

    bases = [f"--{name}={given / name}" for name in ("mpnet", "minilm")]
    kept = [f"--shared={given}", f"--work={work}", f"--to={work / 'to'}"]
    main([stage, *bases, *kept, "--part=0.3", "--threads=1"])


def files(work):
    return {name: (work / "to" / name).read_bytes() for name in GRAPHS}


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return tmp_path_factory.mktemp("work")


@pytest.fixture
def trained(given, work):
    """Return where a whole training is kept."""
    if not (work / "to").exists():
        train(given, work)
    return work


def test_training_ends_with_graphs_that_read(trained):
    (window,) = load_encoder(trained / "to").encode(TEXT)
    assert window.states.shape[1] == WIDTH


def test_training_tells_what_the_result_finds_beside_what_ships(trained):
    told = (trained / "figures.txt").read_text()
    for name in ("what ships", "trained"):
        assert f"{name}: acts found: " in told
        assert f"{name}: acts right: " in told
        assert f"{name}: polnear all attributed: " in told


def test_training_twice_gives_the_same_files(given, trained, tmp_path):
    shutil.copy(trained / "words.jsonl", tmp_path / "words.jsonl")  # what rules find takes longest
    train(given, tmp_path)
    assert files(tmp_path) == files(trained)


@pytest.mark.parametrize("stage", ["teacher", "small"])
def test_training_that_was_broken_off_goes_on_where_it_was(
    given, trained, tmp_path, monkeypatch, stage
):
    from training.reader import learn

    shutil.copy(trained / "words.jsonl", tmp_path / "words.jsonl")
    keep = learn._save
    times = []

    def break_off(saved, *state):
        keep(saved, *state)
        times.append(saved)
        if saved.name == f"{stage}.pt" and times.count(saved) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(learn, "_save", break_off)
    with pytest.raises(KeyboardInterrupt):
        train(given, tmp_path)
    monkeypatch.setattr(learn, "_save", keep)
    train(given, tmp_path)
    assert files(tmp_path) == files(trained)
