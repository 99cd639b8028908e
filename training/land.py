#!/usr/bin/env python3
"""Write data/map/land.txt, the coastlines of the map in the HTML report.

    curl -O https://registry.npmjs.org/world-atlas/-/world-atlas-2.0.2.tgz && tar xzf world-atlas-2.0.2.tgz
    python training/land.py package/land-50m.json

The package redistributes Natural Earth's vector data (public domain, https://www.naturalearthdata.com). One ring a line, in
hundredths of a degree: `east north east north …`. No borders: the map takes no side. Not needed to run legation.
"""
import json
import sys
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "data/map/land.txt"
TOLERANCE, SMALLEST = 0.06, 0.02  # degrees off the line; square degrees


def simplified(points):
    """Douglas and Peucker's line simplification."""
    keep, stack = {0, len(points) - 1}, [(0, len(points) - 1)]
    while stack:
        a, b = stack.pop()
        (x0, y0), (x1, y1) = points[a], points[b]
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        worst, at = 0.0, None
        for i in range(a + 1, b):
            x, y = points[i]
            off = abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length if length else ((x - x0) ** 2 + (y - y0) ** 2) ** 0.5
            if off > worst:
                worst, at = off, i
        if at is not None and worst > TOLERANCE:
            keep.add(at)
            stack += [(a, at), (at, b)]
    return [points[i] for i in sorted(keep)]


def area(ring):
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, ring[1:]))) / 2


def main():
    topology = json.loads(Path(sys.argv[1]).read_text())
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    rings = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            ring = []
            for index in polygon[0]:  # the outer ring; lakes are not cut out
                arc = arcs[index] if index >= 0 else arcs[~index][::-1]
                ring += arc[1:] if ring else arc
            if area(ring) >= SMALLEST:
                rings.append(simplified(ring))
    lines = [" ".join(f"{round(x * 100)} {round(y * 100)}" for x, y in ring) for ring in rings if len(ring) > 3]
    lines.sort(key=lambda line: -len(line))
    head = ["# Coastlines, made by training/land.py from Natural Earth (public domain) as packaged in world-atlas 2.0.2.",
            "# One ring a line: east and north in hundredths of a degree. Do not edit."]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("\n".join(head + lines) + "\n")
    print(f"{len(lines)} rings, {sum(len(line.split()) // 2 for line in lines)} points, {OUT.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
