"""Charts of a brief: the network of parties, and the map."""

import re

from tocsin.publish.brief.charts import HEIGHT, WIDTH, draw_map, draw_network
from tocsin.store.situation import Spot
from tocsin.watch.brief.records import Tie


def tie(actor, recipient, events=1, score=-5.0):
    return Tie(actor=actor, recipient=recipient, events=events, conflict=events, score=score)


def spot(place, latitude, longitude, conflict=1, cooperation=0):
    return Spot(
        place=place,
        latitude=latitude,
        longitude=longitude,
        cooperation=cooperation,
        conflict=conflict,
    )


def test_network_puts_those_asked_for_first_and_leaves_out_who_has_no_part():
    network = draw_network([tie("FRA", "UKR"), tie("RUS", "UKR")], ["RUS", "PRK", "UKR"])
    assert [node.name for node in network.nodes] == ["Russia", "Ukraine", "France"]


def test_network_draws_the_most_last_and_thickest():
    network = draw_network([tie("RUS", "UKR", 50), tie("UKR", "RUS", 3)], [])
    assert [edge.tie.events for edge in network.edges] == [3, 50]
    assert network.edges[0].width < network.edges[1].width == 5.0


def test_network_tells_conflict_from_cooperation():
    ties = [tie("RUS", "UKR", 1), tie("PRK", "RUS", 2, 7.0), tie("RUS", "PRK", 3, 0.5)]
    tones = [edge.tone for edge in draw_network(ties, []).edges]
    assert tones == ["conflict", "cooperation", "mixed"]


def test_network_of_nobody_is_empty():
    assert draw_network([], ["RUS"]).nodes == []


def test_map_of_no_place_is_none():
    assert draw_map([]) is None


def test_map_holds_every_place():
    drawn = draw_map(
        [spot("Kursk", 51.7, 36.2), spot("Seoul", 37.6, 127.0), spot("Nome", 64.5, -165.4)]
    )
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for (x, y), *_ in drawn.circles)


def test_map_shows_land_around_a_single_place():
    drawn = draw_map([spot("Kursk", 51.7, 36.2)])
    assert drawn.circles[0].at == (WIDTH / 2, HEIGHT / 2)
    assert drawn.land


def test_map_draws_little_beyond_its_edges():
    numbers = re.findall(r"[-\d.]+", " ".join(draw_map([spot("Kursk", 51.7, 36.2)]).land))
    assert min(map(float, numbers)) >= -9.1
    assert max(map(float, numbers)) <= WIDTH + 9.1


def test_map_stays_small():
    drawn = draw_map([spot("Kursk", 51.7, 36.2), spot("Seoul", 37.6, 127.0)])
    assert sum(map(len, drawn.land)) < 150_000


def test_map_names_places_only_where_they_cover_no_other_name():
    near = [spot("Kursk", 51.7, 36.2, 9), spot("Sudzha", 51.7, 36.3, 3), spot("Kyiv", 50.4, 30.5)]
    assert [circle.named for circle in draw_map(near).circles] == [True, False, True]


def test_map_draws_the_most_largest():
    large, small = draw_map([spot("Kursk", 51.7, 36.2, 9), spot("Kyiv", 50.4, 30.5)]).circles
    assert large.radius > small.radius
