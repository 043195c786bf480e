"""A lighthouse on a mole at high tide, with a tide staff in the water."""

from PIL import Image

from tools.illustrations.press import (
    BLACK,
    BLUE,
    HEIGHT,
    MIST,
    OCHRE,
    PAPER,
    RED,
    WIDTH,
    Ink,
    Sheet,
    Stencil,
    dice,
    fall,
    flat,
    glow,
    screen,
    wave_line,
    within,
)
from tools.illustrations.shapes import gulls


def draw_tide_gauge() -> Image.Image:
    """Draw a lighthouse on a mole at high tide, with a tide staff in the water."""
    sheet = Sheet()
    sky = Stencil().box(0, 0, WIDTH, 430)
    sheet.glaze(within(sky, screen(fall(0, 0.66, 400, 0.05))), MIST)
    sheet.glaze(within(sky, screen(fall(250, 0.0, 440, 0.5))), OCHRE)
    sheet.cover(Stencil().disc(470, 424, 82), RED)
    _print_wave(sheet, 430, 5, 170, 0.1, MIST)
    _print_lighthouse(sheet)
    _print_wave(sheet, 500, 9, 240, 0.55, BLUE)
    _print_wave(sheet, 534, 12, 310, 0.2, MIST)
    _print_staff(sheet)
    _print_wave(sheet, 578, 15, 390, 0.7, BLUE)
    _print_wave(sheet, 624, 17, 470, 0.35, BLACK)
    sheet.cover(gulls(((560, 296, 34), (640, 262, 26), (404, 276, 20))), BLACK)
    return sheet.finish()


def _print_lighthouse(sheet: Sheet) -> None:
    x = 850
    beam = Stencil().polygon(((x, 133), (-40, 0), (-40, 200))).polygon(((x, 133), (1240, 72), (1240, 178)))
    sheet.cover(within(beam, screen(glow(x, 133, 900, 1.0, 0.3))), PAPER)
    tower = Stencil().polygon(((x - 42, 172), (x + 42, 172), (x + 66, 470), (x - 66, 470)))
    sheet.cover(tower, PAPER)
    bands = Stencil()
    for top in (172, 292, 412):
        bands.box(x - 80, top, x + 80, top + 60)
    sheet.cover(within(tower, bands), RED)
    side = Stencil().polygon(((x + 12, 172), (x + 42, 172), (x + 66, 470), (x + 20, 470)))
    sheet.glaze(within(side, screen(flat(0.5))), BLUE)
    lantern = Stencil().box(x - 56, 162, x + 56, 174).box(x - 26, 104, x + 26, 164)
    lantern.polygon(((x - 38, 106), (x + 38, 106), (x, 66))).line(((x, 70), (x, 46)), 4).disc(x, 44, 6)
    for place in range(-52, 53, 13):
        lantern.line(((x + place, 162), (x + place, 140)), 2.2)
    lantern.line(((x - 54, 141), (x + 54, 141)), 2.4)
    lantern.box(x - 12, 408, x + 12, 470).disc(x, 408, 12).box(x - 7, 250, x + 7, 274).box(x - 7, 330, x + 7, 354)
    sheet.cover(lantern, BLACK)
    sheet.cover(Stencil().box(x - 19, 112, x - 3, 154).box(x + 3, 112, x + 19, 154), OCHRE)
    mole = Stencil().polygon(((660, 470), (1240, 458), (1240, 560), (610, 560)))
    sheet.cover(mole, BLACK)
    stones = dice(3)
    blocks = Stencil()
    for row in range(4):
        for place in range(16):
            left = 640 + place * 40 + row * 13 + stones.uniform(-3, 3)
            blocks.line(((left, 474 + row * 21), (left, 492 + row * 21)), 1.8)
        blocks.line(((630, 472 + row * 21), (1240, 468 + row * 21)), 1.8)
    sheet.cover(within(mole, blocks), BLUE)
    house = Stencil().box(960, 398, 1090, 468).polygon(((944, 400), (1106, 400), (1080, 352), (970, 352)))
    sheet.cover(house, BLACK)
    sheet.cover(Stencil().box(984, 418, 1006, 442).box(1040, 418, 1062, 442), OCHRE)


def _print_wave(sheet: Sheet, y: float, height: float, length: float, phase: float, ink: Ink) -> None:
    crest = wave_line(-10, WIDTH + 10, y, height, length, phase)
    body = Stencil().polygon([*crest, (WIDTH + 10, HEIGHT + 10), (-10, HEIGHT + 10)])
    sheet.cover(body, ink)
    sheet.cover(within(body, screen(fall(y - height, 0.0, y + 90, 0.6))), BLUE if ink == BLACK else BLACK)
    sheet.cover(Stencil().line(crest, 4.5), PAPER)


def _print_staff(sheet: Sheet) -> None:
    left, right, top, foot = 156.0, 216.0, 210.0, 600.0
    post = Stencil().box(left - 12, top - 16, right + 12, foot + 34)
    sheet.cover(post, BLACK)
    sheet.cover(Stencil().box(left, top, right, foot + 20), PAPER)
    marks = Stencil()
    for step in range(26):
        y = top + 8 + step * 15
        marks.box(left, y, left + (36 if step % 5 == 0 else 22), y + 7.5)
    sheet.cover(marks, BLACK)
    sheet.cover(Stencil().box(left + 40, top, right, top + 42).box(left + 40, top + 158, right, top + 200), RED)
