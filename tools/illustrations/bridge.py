"""A drawbridge of two leaves at dawn."""

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
    flat,
    ring,
    screen,
    within,
)
from tools.illustrations.shapes import gulls, ripples


def draw_bridge() -> Image.Image:
    """Draw a drawbridge of two leaves at dawn."""
    sheet = Sheet()
    deck = 398.0
    water = 492.0
    sky = Stencil().box(0, 0, WIDTH, water)
    sheet.glaze(within(sky, screen(fall(60, 0.0, water, 0.62))), OCHRE)
    sheet.glaze(within(sky, screen(fall(330, 0.0, water, 0.5))), RED)
    sheet.cover(Stencil().disc(690, 356, 150), RED)
    _print_far_bank(sheet, water)
    river = Stencil().box(0, water, WIDTH, HEIGHT)
    sheet.cover(river, BLUE)
    sheet.cover(within(river, screen(fall(water, 0.0, HEIGHT, 0.62))), BLACK)
    sheet.cover(ripples(690, water, 130, 4), RED)
    sheet.cover(within(ripples(690, water + 3, 118, 5), screen(flat(0.5))), OCHRE)
    sheet.cover(_bridge_iron(deck, water), BLACK)
    towers = _bridge_towers(deck, water)
    sheet.cover(towers, SAND)
    sheet.glaze(within(towers, screen(flat(0.32))), BLUE)
    sheet.cover(_tower_shade(deck, water), BLACK)
    sheet.cover(_tower_lamps(), BLACK)
    sheet.cover(_lamp_lights(), OCHRE)
    sheet.cover(_van(604, deck), PAPER)
    sheet.cover(_van_shade(604, deck), BLACK)
    sheet.cover(gulls(((188, 176, 30), (262, 140, 20), (1090, 214, 24))), BLACK)
    return sheet.finish()


def _print_far_bank(sheet: Sheet, water: float) -> None:
    rows = dice(7)
    town = Stencil()
    x = -10.0
    while x < WIDTH:
        width = rows.uniform(22, 46)
        roof = water - rows.uniform(58, 112)
        town.box(x, roof, x + width, water)
        town.polygon(((x, roof), (x + width / 2, roof - width * 0.62), (x + width, roof)))
        x += width
    town.box(168, 350, 198, water).polygon(((162, 352), (183, 262), (204, 352)))
    town.box(1108, 366, 1148, water).oval(1128, 366, 24, 27).line(((1128, 350), (1128, 318)), 4)
    sheet.cover(town, MIST)
    sheet.glaze(within(town, screen(fall(330, 0.25, water, 0.75))), BLUE)


def _bridge_iron(deck: float, water: float) -> Stencil:
    """Deck, girders, approach arches and chains."""
    iron = Stencil().box(0, deck, WIDTH, deck + 17)
    iron.line(((0, deck - 22), (WIDTH, deck - 22)), 3)
    for x in range(6, WIDTH, 24):
        iron.line(((x, deck - 22), (x, deck)), 2)
    for start, step in ((480, 42), (900, -42)):
        middle = 690
        outer = deck + 62
        iron.polygon(((start, deck + 10), (middle, deck + 10), (middle, deck + 26), (start, outer)))
        for bay in range(5):
            a = start + step * bay
            b = a + step
            low = outer - (outer - deck - 26) * abs(a - start) / 210
            next_low = outer - (outer - deck - 26) * abs(b - start) / 210
            inner = ((a + step * 0.16, deck + 22), (b - step * 0.16, deck + 22), (b - step * 0.16, next_low - 9))
            iron.polygon((*inner,), 0)
            iron.polygon(((a + step * 0.16, deck + 34), (a + step * 0.16, low - 8), (b - step * 0.3, next_low - 6)), 0)
    for left, right in ((-70, 360), (1020, 1450)):
        iron.box(left, deck, right, water + 34)
        for bay in range(2):
            centre = left + 108 + bay * 215
            iron.polygon(
                [(centre - 84, water + 40), *ring(centre, water + 6, 84, 72, 180, 360), (centre + 84, water + 40)], 0
            )
    for tower, far in ((420, 632), (960, 748)):
        iron.line(((tower, 246), (far, deck)), 3.5)
        iron.line(((tower, 262), ((tower + far) / 2, deck)), 2.5)
        back = tower - (far - tower) * 0.75
        iron.line(((tower, 246), (back, deck)), 3.5)
    return iron


def _bridge_towers(deck: float, water: float) -> Stencil:
    stone = Stencil()
    for x in (420, 960):
        stone.polygon(((x - 52, deck + 10), (x + 52, deck + 10), (x + 66, water + 56), (x - 66, water + 56)))
        stone.polygon(((x - 42, 226), (x + 42, 226), (x + 50, deck + 12), (x - 50, deck + 12)))
        stone.box(x - 52, 216, x + 52, 232)
        stone.polygon([(x - 22, deck), (x - 22, 330), *ring(x, 330, 22, 30, 180, 360), (x + 22, deck)], 0)
    return stone


def _tower_shade(deck: float, water: float) -> Stencil:
    """Return the side of the towers away from the sun, with joints between the stones."""
    shade = Stencil()
    for x, side in ((420, -1), (960, 1)):
        shade.polygon(((x + side * 42, 232), (x + side * 28, 232), (x + side * 32, deck), (x + side * 50, deck)))
        shade.polygon(
            (
                (x + side * 52, deck + 10),
                (x + side * 36, deck + 10),
                (x + side * 46, water + 56),
                (x + side * 66, water + 56),
            )
        )
        for y in (262, 292, 326, 360):
            shade.line(((x - 42, y), (x - 25, y)), 1.6)
            shade.line(((x + 25, y + 12), (x + 42, y + 12)), 1.6)
        for y in (430, 460, 492, 524):
            shade.line(((x - 58, y), (x + 58, y)), 1.6)
        shade.box(x - 55, 213, x + 55, 219)
        shade.box(x - 66, water + 50, x + 66, water + 58)
    return shade


def _tower_lamps() -> Stencil:
    lamps = Stencil()
    for x in (420, 960):
        lamps.polygon(((x - 19, 213), (x + 19, 213), (x + 24, 158), (x - 24, 158)))
        lamps.polygon(((x - 31, 158), (x + 31, 158), (x, 128)))
        lamps.line(((x, 132), (x, 112)), 4).disc(x, 112, 5)
    return lamps


def _lamp_lights() -> Stencil:
    lights = Stencil()
    for x in (420, 960):
        for left, right in ((-17, -2), (2, 17)):
            lights.polygon(((x + left, 164), (x + right, 164), (x + right * 0.82, 207), (x + left * 0.82, 207)))
    return lights


def _van(x: float, deck: float) -> Stencil:
    body = [
        (x, deck - 8),
        (x, deck - 46),
        (x + 58, deck - 46),
        (x + 76, deck - 28),
        (x + 88, deck - 24),
        (x + 88, deck - 8),
    ]
    return Stencil().polygon(body)


def _van_shade(x: float, deck: float) -> Stencil:
    shade = Stencil().disc(x + 19, deck - 6, 9).disc(x + 69, deck - 6, 9)
    shade.polygon(((x + 54, deck - 41), (x + 57, deck - 41), (x + 70, deck - 28), (x + 54, deck - 28)))
    shade.line(((x, deck - 8), (x + 88, deck - 8)), 3)
    shade.oval(x + 25, deck - 28, 13, 7)
    return shade
