"""Turbines in shallow water at low tide."""

import math

from PIL import Image

from tools.illustrations.press import (
    BLACK,
    BLUE,
    HEIGHT,
    MIST,
    OCHRE,
    PAPER,
    SAND,
    WIDTH,
    Point,
    Sheet,
    Stencil,
    fall,
    flat,
    hatch,
    screen,
    within,
    without,
)
from tools.illustrations.shapes import gulls, ripples


def draw_wind_farm() -> Image.Image:
    """Turbines in shallow water at low tide."""
    sheet = Sheet()
    horizon = 452.0
    sky = Stencil().box(0, 0, WIDTH, horizon)
    sheet.cover(sky, MIST)
    sheet.cover(within(sky, screen(fall(40, 0.0, horizon - 60, 0.98))), PAPER)
    sheet.glaze(within(sky, screen(fall(0, 0.5, 240, 0.0))), BLUE)
    sheet.glaze(within(sky, screen(fall(230, 0.0, horizon, 0.55))), OCHRE)
    sheet.cover(Stencil().disc(880, 372, 58), OCHRE)
    bands = Stencil().box(0, horizon, WIDTH, HEIGHT)
    sheet.cover(bands, BLUE)
    sheet.cover(within(bands, screen(fall(horizon, 0.85, HEIGHT, 0.0))), MIST)
    flats = Stencil()
    for y, height, left, right in (
        (498, 9, -60, 520),
        (524, 8, 640, 1300),
        (560, 15, 120, 980),
        (616, 22, -80, 560),
        (634, 24, 760, 1320),
    ):
        flats.oval((left + right) / 2, y, (right - left) / 2, height)
    sheet.cover(flats, SAND)
    sheet.glaze(within(flats, hatch(fall(480, 0.12, HEIGHT, 0.4))), OCHRE)
    sheet.cover(within(ripples(880, horizon, 56, 9), without(bands, flats)), OCHRE)
    far = Stencil()
    for place, (x, size, turn) in enumerate(
        ((1120, 0.3, 10), (1010, 0.36, 47), (886, 0.44, 80), (742, 0.54, 25), (566, 0.68, 62))
    ):
        _turbine(far, x, horizon + 8 + place * 6, size, turn)
    sheet.cover(far, BLUE)
    near = Stencil()
    _turbine(near, 292, 588, 1.42, 18)
    sheet.cover(near, PAPER)
    shade = Stencil()
    _turbine(shade, 292, 588, 1.42, 18, half=True)
    sheet.glaze(shade, MIST)
    sheet.glaze(within(shade, screen(flat(0.55))), BLUE)
    sheet.cover(Stencil().polygon(((262, 560), (322, 560), (326, 600), (258, 600))), OCHRE)
    sheet.cover(Stencil().box(254, 596, 330, 604).line(((258, 560), (326, 560)), 4), BLACK)
    sheet.cover(_service_boat(676, 536), BLACK)
    sheet.cover(Stencil().box(694, 502, 716, 514), OCHRE)
    sheet.cover(gulls(((560, 120, 26), (620, 96, 20))), BLACK)
    return sheet.finish()


def _turbine(stencil: Stencil, x: float, foot: float, size: float, turn: float, *, half: bool = False) -> None:
    """Add a turbine; with `half` only the side in the shade."""
    hub = foot - 330 * size
    left = 0.0 if half else -7.5
    stencil.polygon(
        ((x + left * size, foot), (x + 7.5 * size, foot), (x + 4 * size, hub), (x + left * 0.53 * size, hub))
    )
    for blade in range(3):
        angle = math.radians(turn + 120 * blade)
        along = (math.cos(angle), math.sin(angle))
        across = (-along[1], along[0])

        def at(far: float, side: float, along: Point = along, across: Point = across) -> Point:
            return (x + size * (far * along[0] + side * across[0]), hub + size * (far * along[1] + side * across[1]))

        front = 0.0 if half else -4.0
        stencil.polygon(
            (
                at(6, front),
                at(34, front * 2.2 if not half else 1),
                at(172, -1 if not half else 0),
                at(172, 1),
                at(40, 6),
                at(6, 5),
            )
        )
    if not half:
        stencil.disc(x, hub, 9 * size)


def _service_boat(x: float, y: float) -> Stencil:
    boat = Stencil().polygon(((x - 44, y - 16), (x + 74, y - 20), (x + 60, y), (x - 36, y)))
    boat.box(x + 4, y - 42, x + 46, y - 16).line(((x + 26, y - 42), (x + 26, y - 66)), 3).line(
        ((x - 40, y - 28), (x - 6, y - 28)), 2.4
    )
    return boat
