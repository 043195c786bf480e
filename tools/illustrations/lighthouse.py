"""A lighthouse on a mole under the stars, its cottage dark."""

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
    fall,
    field,
    flat,
    glow,
    hatch,
    screen,
    within,
)
from tools.illustrations.shapes import ripples, stars

_AXIS = 430.0
_SEA = 512.0


def draw_lighthouse() -> Image.Image:
    """Draw a lighthouse on a mole under the stars, its cottage dark."""
    sheet = Sheet(BLACK)
    sky = Stencil().box(0, 0, WIDTH, _SEA)
    sheet.cover(within(sky, screen(fall(80, 0.0, _SEA, 0.85))), BLUE)
    sheet.cover(stars(240, 440, 58), PAPER)
    _print_beams(sheet)
    sea = Stencil().box(0, _SEA, WIDTH, HEIGHT)
    sheet.cover(sea, BLUE)
    sheet.cover(within(sea, hatch(fall(_SEA, 0.25, HEIGHT, 0.9))), BLACK)
    sheet.cover(within(sea, ripples(930, _SEA, 120, 36)), MIST)
    _print_mole(sheet)
    _print_cottage(sheet)
    _print_tower(sheet)
    return sheet.finish()


def _print_beams(sheet: Sheet) -> None:
    """Print two beams, which grow fainter, and the streak on the end of the mole."""
    right = Stencil().polygon(((_AXIS, 138), (WIDTH + 40, 96), (WIDTH + 40, 330)))
    left = Stencil().polygon(((_AXIS, 138), (-40, 60), (-40, 168)))
    sheet.cover(within(right, screen(glow(_AXIS, 138, 860, 1.0, 0.2))), SAND)
    sheet.cover(within(left, screen(glow(_AXIS, 138, 560, 1.0, 0.2))), SAND)
    streak = Stencil().polygon(((_AXIS + 10, 146), (700, 520), (800, 520)))
    sheet.cover(within(streak, screen(field(lambda x, y: 0.34 - (x + y) / 5200))), MIST)


def _print_tower(sheet: Sheet) -> None:
    x, foot = _AXIS, 520.0
    tower = Stencil().polygon(((x - 42, 184), (x + 42, 184), (x + 70, foot), (x - 70, foot)))
    sheet.cover(tower, PAPER)
    bands = Stencil()
    for top in (184, 318, 452):
        bands.box(x - 90, top, x + 90, top + 67)
    sheet.cover(within(tower, bands), RED)
    side = Stencil().polygon(((x - 42, 184), (x - 2, 184), (x - 10, foot), (x - 70, foot)))
    sheet.glaze(within(side, tower, screen(flat(0.62))), BLUE)
    lantern = Stencil().box(x - 58, 174, x + 58, 187).box(x - 30, 104, x + 30, 176)
    lantern.polygon(((x - 42, 107), (x + 42, 107), (x, 62))).line(((x, 66), (x, 38)), 4).disc(x, 36, 6)
    for place in range(-54, 55, 12):
        lantern.line(((x + place, 175), (x + place, 151)), 2.4)
    lantern.line(((x - 56, 152), (x + 56, 152)), 2.8)
    sheet.cover(lantern, BLUE)
    sheet.cover(Stencil().box(x - 22, 114, x - 3, 162).box(x + 3, 114, x + 22, 162), OCHRE)
    sheet.cover(Stencil().box(x - 15, 128, x + 15, 148), PAPER)
    openings = Stencil().box(x - 13, 458, x + 13, foot).disc(x, 458, 13)
    openings.box(x - 7, 264, x + 7, 290).box(x - 7, 352, x + 7, 378)
    sheet.cover(openings, BLACK)


def _print_cottage(sheet: Sheet) -> None:
    wall = Stencil().box(208, 446, 330, 524)
    roof = Stencil().polygon(((194, 448), (344, 448), (316, 396), (222, 396))).box(296, 372, 314, 402)
    sheet.cover(wall, SAND)
    sheet.glaze(within(wall, screen(flat(0.7))), BLUE)
    sheet.cover(roof, BLACK)
    sheet.cover(Stencil().line(((194, 448), (222, 396), (316, 396)), 2.4), MIST)
    sheet.cover(Stencil().box(224, 466, 250, 494).box(290, 466, 316, 494).box(259, 474, 281, 524), BLACK)
    sheet.cover(Stencil().line(((237, 466), (237, 494)), 2).line(((303, 466), (303, 494)), 2), BLUE)


def _print_mole(sheet: Sheet) -> None:
    mole = Stencil().polygon(((-20, 526), (770, 512), (812, 604), (-20, 640)))
    sheet.cover(mole, BLACK)
    blocks = Stencil()
    for row in range(5):
        y = 530 + row * 20
        blocks.line(((-20, y + 4), (830, y - 12)), 2)
        for place in range(18):
            left = place * 50 + row * 19
            blocks.line(((left, y), (left + 3, y + 17)), 2)
    sheet.cover(within(mole, blocks), BLUE)
    lit = Stencil().polygon(((690, 514), (768, 512), (800, 580), (716, 584)))
    sheet.cover(within(lit, screen(flat(0.5))), MIST)
    sheet.cover(Stencil().line(((748, 512), (748, 470)), 6).box(742, 460, 754, 474), RED)
