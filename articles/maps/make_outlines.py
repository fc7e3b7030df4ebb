"""Make the outlines of the world, articles/static/articles/world.svg, from Natural Earth. Run once:

    npm pack world-atlas@2.0.2 && tar -xzf world-atlas-2.0.2.tgz
    python articles/maps/make_outlines.py package/countries-110m.json > articles/static/articles/world.svg

Natural Earth (https://www.naturalearthdata.com, 1:110m, version 4.1) is in the public domain; the npm package
world-atlas (ISC) gives it as TopoJSON, https://github.com/topojson/topojson-specification: borders are arcs, each
stored once, and a ring is a list of numbers of arcs; `~n` is arc n backwards.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

# Tenths of a degree: finer than the outlines are, and whole numbers are short.
UNITS_PER_DEGREE = 10
# The map begins in the Bering Strait, where it cuts no land: Siberia goes on beyond 180 degrees.
WESTERNMOST = -168.4
# Antarctica is left out: it would take a quarter of the map, and hardly any news comes from there.
SOUTHERNMOST = -60

Point = tuple[int, int]
Line = list[Point]

SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1684 -840 3600 1440">
<!-- Made with Natural Earth (public domain, naturalearthdata.com) by articles/maps/make_outlines.py.
     x: degrees of longitude times 10, from -1684 to 1916; y: degrees of latitude times -10. -->
<path id="land" d="{land}"/>
<path id="borders" fill="none" vector-effect="non-scaling-stroke" d="{borders}"/>
</svg>"""


def main() -> None:
    with open(sys.argv[1]) as file:  # noqa: PTH123 - the path is given as it is
        world = json.load(file)
    arcs = [list(_decode(arc, world["transform"])) for arc in world["arcs"]]
    land = [_join(ring, arcs) for ring in _rings(world["objects"]["land"])]
    borders = [arcs[number] for number in _shared_arcs(world["objects"]["countries"])]
    print(SVG.format(land=_path(filter(_is_shown, land), "z"), borders=_path(filter(_is_shown, borders))))


def _decode(arc: list[list[int]], transform: dict) -> Iterator[Point]:
    """The points of an arc, which is stored as steps on a grid, in our units; y grows downwards."""
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    column = row = 0
    for step_x, step_y in arc:
        column, row = column + step_x, row + step_y
        longitude, latitude = column * scale_x + left, row * scale_y + bottom
        longitude += 360 if longitude < WESTERNMOST else 0
        yield round(longitude * UNITS_PER_DEGREE), round(-latitude * UNITS_PER_DEGREE)


def _rings(geometry: dict) -> Iterator[list[int]]:
    """All rings of a geometry, as lists of arcs."""
    for part in geometry.get("geometries", ()):
        yield from _rings(part)
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    if geometry["type"] == "MultiPolygon":
        yield from (ring for polygon in geometry["arcs"] for ring in polygon)


def _shared_arcs(countries: dict) -> list[int]:
    """Arcs of more than one country: borders, not coasts."""
    users = Counter(_forwards(arc) for ring in _rings(countries) for arc in ring)
    return sorted(arc for arc, number in users.items() if number > 1)


def _join(ring: list[int], arcs: list[Line]) -> Line:
    points: Line = []
    for number in ring:
        line = arcs[_forwards(number)]
        points += (line if number >= 0 else line[::-1])[1 if points else 0 :]
    return points


def _forwards(number: int) -> int:
    return number if number >= 0 else ~number


def _is_shown(line: Line) -> bool:
    return min(y for _, y in line) < -SOUTHERNMOST * UNITS_PER_DEGREE


def _path(lines: Iterable[Line], end: str = "") -> str:
    """SVG path data in relative coordinates. What rounding made a single point is left out."""
    parts, at = [], (0, 0)
    for line in lines:
        points = [point for number, point in enumerate(line) if not number or point != line[number - 1]]
        if len(points) > (2 if end else 1):
            parts.append(f"m{_steps(points, at)}{end}")
            at = points[0] if end else points[-1]
    return "".join(parts)


def _steps(points: Line, at: Point) -> str:
    text = ""
    for x, y in points:
        for step in (x - at[0], y - at[1]):
            text += f"{step}" if step < 0 or not text else f" {step}"
        at = x, y
    return text


if __name__ == "__main__":
    main()
