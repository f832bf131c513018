"""The map of a brief."""

import re

from tocsin.publish.brief.world import HEIGHT, WIDTH, draw_map
from tocsin.store.situation import Spot


def spot(place, latitude, longitude, conflict=1, cooperation=0):
    return Spot(
        place=place,
        latitude=latitude,
        longitude=longitude,
        cooperation=cooperation,
        conflict=conflict,
    )


def test_map_of_no_place_is_none():
    assert draw_map([]) is None


def test_map_holds_every_place():
    drawn = draw_map(
        [spot("Kursk", 51.7, 36.2), spot("Seoul", 37.6, 127.0), spot("Nome", 64.5, -165.4)]
    )
    assert len(drawn.circles) == 3
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
