"""The encoder as it is trained (windows without padding) and as it is shipped (padded)."""

import pytest

torch = pytest.importorskip("torch", reason="torch is installed on machines that train alone")

from training.reader.network import POOL, Drop, Encoder, Shape  # noqa: E402 - after the skip

SIZES, PIECES, WIDTH = [7, 3, 5], 30, 12


@pytest.mark.parametrize("relative", [False, True])
def test_windows_read_alike_with_and_without_padding(relative):
    torch.manual_seed(1)
    shape = Shape(width=WIDTH, heads=3, layers=3, relative=relative, frozen=1)
    encoder = Encoder(PIECES, shape).eval()
    torch.nn.init.normal_(encoder.flags.weight)
    ids, flags = torch.randint(PIECES, (3, max(SIZES))), torch.randint(12, (3, max(SIZES)))
    mask = torch.arange(max(SIZES))[None] < torch.tensor(SIZES)[:, None]
    places = torch.arange(max(SIZES)).expand(3, -1)

    def read(attend, *columns):
        ids, flags, places = columns
        return encoder.depths(encoder.lower(ids, places, attend), flags, attend)[-1]

    with torch.no_grad():
        padded = read(encoder.padded(mask.float()), ids, flags, places)[mask]
        packed = read(encoder.packed(SIZES), ids[mask], flags[mask], places[mask])
    assert torch.allclose(padded, packed, atol=1e-5)


def test_units_are_dropped_in_the_part_that_is_asked_and_the_rest_scaled_up():
    torch.manual_seed(1)
    dropped = Drop(0.25).train()(torch.ones(POOL // 8))
    assert (dropped == 0).float().mean().item() == pytest.approx(0.25, abs=0.01)
    assert dropped.mean().item() == pytest.approx(1.0, abs=0.01)
