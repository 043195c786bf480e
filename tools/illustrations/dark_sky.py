"""A small observatory under the Milky Way."""

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
    Sheet,
    Stencil,
    dice,
    fall,
    field,
    flat,
    hatch,
    ring,
    screen,
    sweep,
    together,
    within,
)
from tools.illustrations.shapes import stars


def draw_dark_sky() -> Image.Image:
    """Draw a small observatory under the Milky Way."""
    sheet = Sheet(BLACK)
    sky = Stencil().box(0, 0, WIDTH, HEIGHT)
    sheet.cover(within(sky, screen(fall(200, 0.0, 560, 0.7))), BLUE)
    _print_milky_way(sheet)
    sheet.cover(stars(300, 520, 77), PAPER)
    bright = Stencil()
    for x, y, radius in (
        (170.0, 110.0, 4.5),
        (330, 242, 3.4),
        (96, 300, 3.2),
        (1010, 92, 4.2),
        (1100, 250, 3.6),
        (958, 330, 3),
    ):
        bright.polygon(
            (
                (x, y - radius * 3),
                (x + radius * 0.7, y - radius * 0.7),
                (x + radius * 3, y),
                (x + radius * 0.7, y + radius * 0.7),
                (x, y + radius * 3),
                (x - radius * 0.7, y + radius * 0.7),
                (x - radius * 3, y),
                (x - radius * 0.7, y - radius * 0.7),
            )
        )
    sheet.cover(bright, OCHRE)
    sea = Stencil().box(0, 520, WIDTH, HEIGHT)
    sheet.cover(sea, BLUE)
    sheet.cover(within(sea, hatch(fall(520, 0.1, 620, 0.8))), BLACK)
    dyke = Stencil().polygon(((-10, 574), (200, 560), (520, 548), (1210, 582), (1210, 685), (-10, 685)))
    sheet.cover(dyke, BLACK)
    grass = Stencil()
    chance = dice(9)
    for _ in range(260):
        x = chance.uniform(-10, 1210)
        y = 574 - 26 * min(1.0, max(0.0, x / 520)) if x < 520 else 548 + 34 * (x - 520) / 690
        grass.line(((x, y + 4), (x + chance.uniform(-6, 9), y - chance.uniform(5, 15))), 1.8)
    sheet.cover(grass, BLACK)
    _print_observatory(sheet)
    sheet.cover(_watcher(642, 556), BLACK)
    return sheet.finish()


def _print_milky_way(sheet: Sheet) -> None:
    """Print a band of light that rises from the sea to the upper right, with a rift of dust in it."""
    along = (0.66, -0.75)

    def brightness(x: float, y: float) -> float:
        far = (x - 470) * along[0] + (y - 540) * along[1]
        aside = (x - 470) * -along[1] + (y - 540) * along[0]
        aside += 15 * math.sin(far / 92) + 9 * math.sin(far / 37 + 1)
        breadth = 108 - 0.03 * far
        clouds = 0.78 + 0.13 * math.sin(far / 61 + aside / 45) + 0.13 * math.sin(far / 23 - aside / 31)
        rift = math.exp(-(((aside + 6 + 13 * math.sin(far / 66)) / (13 + 9 * math.sin(far / 120) ** 2)) ** 2))
        return math.exp(-((aside / breadth) ** 2)) * clouds - 0.62 * rift

    above = Stencil().box(0, 0, WIDTH, 520)
    sheet.cover(within(above, screen(field(lambda x, y: 0.95 * brightness(x, y) - 0.06), 14)), MIST)
    sheet.cover(within(above, screen(field(lambda x, y: 1.5 * (brightness(x, y) - 0.52)), 14)), PAPER)


def _print_observatory(sheet: Sheet) -> None:
    x, floor = 330.0, 566.0
    wall = Stencil().box(x - 92, 452, x + 92, floor)
    dome = Stencil().polygon([(x - 100, 454), *ring(x, 454, 100, 104, 180, 360), (x + 100, 454)])
    slit = Stencil().polygon([(x + 12, 454), (x + 12, 340), (x + 64, 340), (x + 64, 454)])
    sheet.cover(together(wall, dome), SAND)
    sheet.cover(within(dome, slit), BLACK)
    sheet.cover(within(dome, slit, screen(flat(0.45))), RED)
    sheet.glaze(within(together(wall, dome), screen(sweep(x - 120, 0.95, x + 120, 0.3))), BLUE)
    tube = Stencil().line(((x + 20, 436), (x + 98, 330)), 25)
    sheet.cover(tube, PAPER)
    sheet.glaze(within(tube, screen(flat(0.4))), MIST)
    sheet.cover(Stencil().line(((x + 88, 343), (x + 101, 325)), 30).line(((x + 34, 417), (x + 42, 406)), 28), BLACK)
    details = Stencil().box(x - 104, 448, x + 104, 458).box(x - 58, 496, x - 22, floor)
    details.line(ring(x, 454, 66, 101, 182, 268, 30), 2).line(ring(x, 454, 30, 103, 182, 268, 30), 2)
    sheet.cover(details, BLACK)
    sheet.cover(Stencil().box(x + 26, 492, x + 62, 520), RED)
    sheet.cover(Stencil().line(((x + 44, 492), (x + 44, 520)), 3).line(((x + 26, 506), (x + 62, 506)), 3), BLACK)


def _watcher(x: float, foot: float) -> Stencil:
    person = (
        Stencil()
        .oval(x + 2, foot - 66, 8, 10)
        .polygon(((x - 13, foot - 20), (x - 10, foot - 52), (x + 9, foot - 54), (x + 13, foot - 20)))
    )
    person.polygon(
        (
            (x - 9, foot - 24),
            (x + 9, foot - 24),
            (x + 8, foot + 6),
            (x + 2, foot + 6),
            (x, foot - 16),
            (x - 2, foot + 6),
            (x - 8, foot + 6),
        )
    )
    return person.line(((x + 7, foot - 48), (x + 24, foot - 78)), 5)
