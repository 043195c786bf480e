"""A field of ripe wheat under a wide sky."""

import math

from PIL import Image

from tools.illustrations.press import (
    BLACK,
    BLUE,
    HEIGHT,
    MIST,
    OCHRE,
    PAPER,
    RED,
    SAND,
    WIDTH,
    Point,
    Sheet,
    Stencil,
    dice,
    fall,
    screen,
    within,
)


def draw_grain() -> Image.Image:
    """Draw a field of ripe wheat under a wide sky."""
    sheet = Sheet()
    horizon = 392.0
    sky = Stencil().box(0, 0, WIDTH, horizon)
    sheet.glaze(within(sky, screen(fall(0, 0.95, horizon, 0.12))), OCHRE)
    sheet.glaze(within(sky, screen(fall(0, 0.28, 210, 0.0))), RED)
    sheet.cover(Stencil().disc(300, 196, 88), PAPER)
    for left, right, y, depth in ((470, 860, 128, 20), (640, 1130, 178, 24), (-60, 200, 262, 16), (820, 1260, 262, 14)):
        cloud = Stencil().oval((left + right) / 2, y, (right - left) / 2, depth)
        cloud.oval(left + (right - left) * 0.42, y - depth * 0.8, (right - left) * 0.2, depth)
        sheet.cover(within(cloud, Stencil().box(0, 0, WIDTH, y + depth * 0.35)), PAPER)
    sheet.cover(
        Stencil().polygon(
            (
                (0, horizon - 26),
                (260, horizon - 40),
                (560, horizon - 22),
                (1200, horizon - 34),
                (1200, horizon + 6),
                (0, horizon + 6),
            )
        ),
        MIST,
    )
    _print_elevator(sheet, horizon)
    crop = Stencil().box(0, horizon, WIDTH, HEIGHT)
    sheet.cover(crop, OCHRE)
    rows = Stencil()
    for place in range(-26, 27):
        left = 600 + place * 26
        rows.polygon(
            (
                (left, horizon),
                (left + 5, horizon),
                (600 + (left + 10 - 600) * 4.6, HEIGHT),
                (600 + (left - 600) * 4.6 - 14, HEIGHT),
            )
        )
    sheet.glaze(within(rows, crop, screen(fall(horizon, 0.3, HEIGHT, 0.85))), RED)
    sheet.cover(within(crop, screen(fall(horizon, 0.6, horizon + 90, 0.0))), SAND)
    chance = dice(5)
    layers = ((500, 0.5, SAND, 52, 23), (548, 0.8, RED, 27, 45), (588, 1.28, BLACK, 11, 112))
    for top, size, ink, count, apart in layers:
        ears = Stencil()
        for place in range(count):
            x = (place + 0.5) * apart + chance.uniform(-0.32, 0.32) * apart - 10
            _ear(ears, x, top - 96 * size + chance.uniform(-34, 30) * size, size, chance.uniform(-9, 17))
        if ink == RED:
            sheet.cover(ears, RED)
            sheet.glaze(within(ears, screen(fall(470, 0.0, HEIGHT, 0.7))), BLUE)
        else:
            sheet.cover(ears, ink)
    return sheet.finish()


def _print_elevator(sheet: Sheet, horizon: float) -> None:
    silos, shade = Stencil(), Stencil()
    for place in range(4):
        x = 842 + place * 48
        silos.box(x, horizon - 118, x + 44, horizon + 4)
        shade.box(x + 25, horizon - 118, x + 44, horizon + 4)
    silos.box(800, horizon - 176, 842, horizon + 4).polygon(
        ((794, horizon - 174), (848, horizon - 174), (821, horizon - 202))
    )
    shade.box(826, horizon - 176, 842, horizon + 4)
    silos.box(816, horizon - 132, 1040, horizon - 116)
    silos.line(((1036, horizon - 122), (1104, horizon - 4)), 9)
    sheet.cover(silos, BLACK)
    sheet.cover(within(silos, screen(fall(horizon - 200, 0.55, horizon, 0.3))), BLUE)
    sheet.cover(shade, BLACK)
    sheet.cover(Stencil().box(812, horizon - 160, 822, horizon - 148), OCHRE)


def _ear(stencil: Stencil, x: float, top: float, size: float, lean: float) -> None:
    """Add an ear of wheat with its stalk; `lean` is the angle in degrees by which its tip hangs to the right."""

    def spine(down: float) -> tuple[Point, float]:
        """Return a place on the stalk and its direction, `down` from the tip."""
        bend = max(0.0, 1 - down / 260)
        angle = math.radians(-90 + lean * 2 * bend)
        return (x + size * lean * 3.2 * bend**2, top + size * down), angle

    stencil.line([spine(step * 14)[0] for step in range(6, 40)], 3.4 * size)
    for grain in range(9):
        (at_x, at_y), angle = spine(24 + grain * 15)
        full = size * (0.62 + 0.38 * math.sin(math.pi * (grain + 1.5) / 10.5))
        for side in (-1, 1):
            _grain(stencil, at_x, at_y, angle + side * 0.62, angle + side * 0.17, full)
    (at_x, at_y), angle = spine(26)
    _grain(stencil, at_x, at_y, angle, angle, size * 0.9)


def _grain(stencil: Stencil, x: float, y: float, angle: float, awn: float, size: float) -> None:
    """Add a grain that grows from (`x`, `y`) towards `angle`, with a hair towards `awn`."""
    along, across = _direction(angle, size), _direction(angle + math.pi / 2, size * 5.2)
    middle = (x + along[0] * 13, y + along[1] * 13)
    tip = (x + along[0] * 29, y + along[1] * 29)
    leaf = ((x, y), (middle[0] + across[0], middle[1] + across[1]), tip, (middle[0] - across[0], middle[1] - across[1]))
    stencil.polygon(leaf)
    hair = _direction(awn, size)
    stencil.line((tip, (tip[0] + 52 * hair[0], tip[1] + 52 * hair[1])), 1.2 * size)


def _direction(angle: float, length: float) -> Point:
    return (length * math.cos(angle), length * math.sin(angle))
