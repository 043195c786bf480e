"""Transparent eels swim up towards a lamp."""

import math

from PIL import Image

from tools.illustrations.press import (
    BLACK,
    BLUE,
    HEIGHT,
    MIST,
    PAPER,
    RED,
    SAND,
    WIDTH,
    Point,
    Sheet,
    Stencil,
    dice,
    flat,
    glow,
    screen,
    within,
)


def draw_glass_eels() -> Image.Image:
    """Transparent eels swim up towards a lamp."""
    sheet = Sheet(BLUE)
    whole = Stencil().box(0, 0, WIDTH, HEIGHT)
    lamp = 690.0
    sheet.cover(within(whole, screen(glow(lamp, -40, 820, 0.0, 1.0))), BLACK)
    sheet.cover(within(whole, screen(glow(lamp, -60, 420, 1.0, 0.0))), MIST)
    sheet.cover(within(whole, screen(glow(lamp, -70, 280, 1.0, 0.0))), PAPER)
    surface = Stencil()
    for height, half in ((18, 560), (38, 430), (62, 330), (92, 230)):
        surface.line(
            [(lamp + offset, height + 6 * math.sin(offset / 46 + height)) for offset in range(-half, half + 1, 6)], 4
        )
    sheet.cover(surface, SAND)
    chance = dice(61)
    weeds = Stencil()
    for _ in range(26):
        x = chance.choice((chance.uniform(-20, 300), chance.uniform(930, 1220)))
        tall = chance.uniform(90, 250)
        weeds.polygon(
            [
                *[(x + 15 * math.sin(step / 3 + x), HEIGHT - step * tall / 20) for step in range(21)],
                *[
                    (x + 13 * (1 - step / 20) + 15 * math.sin(step / 3 + x), HEIGHT - step * tall / 20)
                    for step in range(20, -1, -1)
                ],
            ]
        )
    sheet.cover(weeds, BLACK)
    eels = _Eels()
    places: list[Point] = []
    for _ in range(4000):
        x, y, size = chance.uniform(50, 1160), chance.uniform(150, 690), chance.uniform(0.66, 1.25)
        heading = math.atan2(-60 - y, lamp - x) + chance.uniform(-0.25, 0.25)
        body = [
            (x - size * back * math.cos(heading), y - size * back * math.sin(heading)) for back in (0, 50, 100, 150)
        ]
        if len(places) < 130 and all(math.dist(one, other) > 62 for one in body for other in places):
            places += body
            eels.add(x, y, size, heading, chance.uniform(0, 6.28))
    sheet.cover(within(eels.bodies, screen(flat(0.5), 8)), PAPER)
    sheet.cover(eels.edges, PAPER)
    sheet.cover(eels.spines, RED)
    sheet.cover(eels.heads, PAPER)
    sheet.cover(eels.eyes, BLACK)
    return sheet.finish()


class _Eels:
    """Stencils of eels, one for each ink."""

    def __init__(self) -> None:
        self.bodies, self.edges, self.spines, self.heads, self.eyes = (Stencil() for _ in range(5))

    def add(self, x: float, y: float, size: float, heading: float, phase: float) -> None:
        """Add an eel with its head at (`x`, `y`), swimming towards `heading`."""
        along = (math.cos(heading), math.sin(heading))
        across = (-along[1], along[0])

        def at(back: float, side: float) -> Point:
            sway = (5 + back * 0.085) * math.sin(back / 21 + phase)
            return (
                x + size * (-back * along[0] + (sway + side) * across[0]),
                y + size * (-back * along[1] + (sway + side) * across[1]),
            )

        def girth(back: float) -> float:
            return 7.6 * min(1.0, 0.45 + back / 22) * (1 - math.pow(back / 152, 2.2)) + 0.6

        steps = range(0, 151, 5)
        outline = [*[at(back, girth(back)) for back in steps], *[at(back, -girth(back)) for back in reversed(steps)]]
        self.bodies.polygon(outline)
        self.edges.line([*outline, outline[0]], 2.2 * size)
        self.spines.line([at(back, 0) for back in range(14, 140, 5)], 1.6 * size)
        self.heads.disc(*at(8, 0), 4.2 * size)
        self.eyes.disc(*at(8, 0), 2.7 * size)
