"""A pilot boat beside the side of a ship at night, a person on the rope ladder between the two."""

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
    Ink,
    Sheet,
    Stencil,
    fall,
    glow,
    hatch,
    screen,
    sweep,
    wave_line,
    within,
)
from tools.illustrations.shapes import stars

_LADDER = 676.0


def draw_pilot() -> Image.Image:
    """Draw a pilot boat beside the side of a ship at night, a person on the rope ladder between the two."""
    sheet = Sheet(BLUE)
    sky = Stencil().box(0, 0, WIDTH, 460)
    sheet.cover(within(sky, screen(fall(0, 0.9, 440, 0.15))), BLACK)
    sheet.cover(stars(70, 320, 12), PAPER)
    _print_buoys(sheet)
    _print_wave(sheet, 452, 7, 260, 0.1, MIST)
    _print_ship(sheet)
    _print_wave(sheet, 520, 12, 330, 0.4, BLUE)
    _print_boat(sheet)
    _print_wave(sheet, 590, 15, 420, 0.75, BLUE)
    _print_wave(sheet, 634, 13, 360, 0.3, BLACK)
    return sheet.finish()


def _print_buoys(sheet: Sheet) -> None:
    for x, y, ink in ((70.0, 428.0, RED), (214, 420, OCHRE), (352, 416, RED)):
        sheet.cover(Stencil().line(((x, y), (x, 456)), 6), BLACK)
        sheet.cover(within(Stencil().disc(x, y, 26), screen(glow(x, y, 26, 0.8, 0.0), 8)), ink)
        sheet.cover(Stencil().disc(x, y, 5), PAPER)


def _print_ship(sheet: Sheet) -> None:
    """Print the side of the ship, and what hangs on it."""
    side = Stencil().polygon(((560, 90), (1210, 66), (1210, 640), (640, 640), (618, 430)))
    sheet.cover(side, BLACK)
    sheet.cover(within(side, screen(sweep(560, 0.34, 980, 0.0))), BLUE)
    lamp = Stencil().polygon(((_LADDER + 4, 118), (_LADDER - 92, 560), (_LADDER + 150, 560)))
    sheet.cover(within(lamp, side, screen(glow(_LADDER, 118, 470, 0.85, 0.08))), MIST)
    plates = Stencil()
    for row in range(4):
        plates.line(((560, 196 + row * 84), (1210, 180 + row * 84)), 1.6)
    for place in range(7):
        plates.line(((740 + place * 78, 70), (740 + place * 78, 560)), 1.4)
    sheet.cover(within(side, plates), BLUE)
    sheet.cover(within(side, Stencil().box(540, 470, WIDTH, 640)), RED)
    sheet.cover(within(side, Stencil().box(540, 463, WIDTH, 470)), PAPER)
    marks = Stencil()
    for step in range(8):
        marks.box(1112, 262 + step * 25, 1130 if step % 2 else 1142, 267 + step * 25)
    sheet.cover(marks, PAPER)
    rail = Stencil().line(((556, 62), (1210, 38)), 4).line(((556, 76), (1210, 52)), 3)
    for place in range(14):
        x = 566 + place * 48
        rail.line(((x, 90 - place * 1.7), (x, 60 - place * 1.7)), 4)
    sheet.cover(rail, PAPER)
    ropes = (
        Stencil().line(((_LADDER - 13, 88), (_LADDER - 13, 486)), 3).line(((_LADDER + 13, 87), (_LADDER + 13, 486)), 3)
    )
    for step in range(20):
        ropes.box(_LADDER - 19, 102 + step * 20, _LADDER + 19, 107 + step * 20)
    for y in (190.0, 370.0):
        ropes.box(_LADDER - 62, y, _LADDER + 62, y + 7)
    sheet.cover(ropes, SAND)
    sheet.cover(Stencil().disc(_LADDER + 4, 116, 9), OCHRE)
    _print_climber(sheet, _LADDER, 344)


def _print_climber(sheet: Sheet, x: float, foot: float) -> None:
    jacket = Stencil().polygon(
        (
            (x - 21, foot - 30),
            (x - 25, foot - 84),
            (x - 9, foot - 96),
            (x + 12, foot - 96),
            (x + 24, foot - 82),
            (x + 20, foot - 30),
        )
    )
    jacket.line(((x - 20, foot - 82), (x - 34, foot - 106), (x - 15, foot - 128)), 12)
    jacket.line(((x + 20, foot - 82), (x + 32, foot - 96), (x + 15, foot - 106)), 12)
    legs = Stencil().line(((x - 10, foot - 34), (x - 22, foot - 14), (x - 10, foot + 16)), 15)
    legs.line(((x + 11, foot - 34), (x + 22, foot - 10), (x + 11, foot + 34)), 15)
    for left, floor in ((-18.0, 14.0), (3.0, 33.0)):
        legs.box(x + left, foot + floor, x + left + 22, foot + floor + 9)
    sheet.cover(legs, BLUE)
    sheet.cover(jacket, OCHRE)
    sheet.cover(Stencil().box(x - 23, foot - 62, x + 22, foot - 54), PAPER)
    sheet.cover(Stencil().disc(x + 1, foot - 108, 13), BLACK)
    sheet.cover(
        Stencil().polygon(
            (
                (x - 14, foot - 109),
                (x - 11, foot - 122),
                (x + 3, foot - 127),
                (x + 15, foot - 119),
                (x + 16, foot - 109),
            )
        ),
        RED,
    )


def _print_boat(sheet: Sheet) -> None:
    """Print the pilot boat, its bow raised by a wave."""
    beam = Stencil().polygon(((452, 356), (700, 250), (720, 400)))
    sheet.cover(within(beam, screen(sweep(450, 0.7, 720, 0.1), 12)), SAND)
    hull = Stencil().polygon(((138, 508), (600, 472), (640, 458), (590, 560), (560, 610), (180, 610), (146, 560)))
    sheet.cover(hull, RED)
    sheet.glaze(within(hull, screen(fall(470, 0.0, 610, 0.75))), BLUE)
    sheet.cover(Stencil().line(((138, 510), (600, 474), (642, 459)), 11), BLACK)
    cabin = Stencil().polygon(((250, 498), (262, 392), (446, 378), (494, 480)))
    sheet.cover(cabin, PAPER)
    sheet.glaze(within(cabin, screen(sweep(250, 0.6, 500, 0.05))), MIST)
    panes = Stencil().polygon(((276, 440), (280, 406), (334, 402), (336, 436)))
    panes.polygon(((350, 435), (348, 401), (400, 397), (408, 431))).polygon(
        ((422, 430), (412, 396), (440, 394), (458, 427))
    )
    sheet.cover(panes, OCHRE)
    top = Stencil().polygon(((250, 394), (258, 380), (448, 366), (458, 380))).line(((316, 376), (310, 268)), 6)
    top.line(((290, 314), (336, 310)), 4).line(((354, 372), (352, 330)), 4).box(338, 320, 368, 330)
    top.line(((520, 476), (520, 430), (596, 424), (596, 470)), 4).line(((558, 472), (558, 428)), 3)
    sheet.cover(top, BLACK)
    for x, y, ink in ((311.0, 288.0, PAPER), (312.0, 304.0, RED)):
        sheet.cover(within(Stencil().disc(x, y, 24), screen(glow(x, y, 24, 0.7, 0.0), 8)), ink)
        sheet.cover(Stencil().disc(x, y, 5.5), ink)
    mate = Stencil().oval(500, 414, 10, 12).polygon(((484, 482), (486, 428), (513, 426), (518, 480)))
    mate.line(((508, 434), (536, 416), (560, 394)), 8)
    sheet.cover(mate, BLACK)
    spray = Stencil()
    for x, y, radius in (
        (640.0, 520.0, 7.0),
        (664, 500, 5),
        (622, 548, 9),
        (652, 546, 6),
        (676, 528, 4),
        (600, 566, 8),
    ):
        spray.disc(x, y, radius)
    sheet.cover(spray, PAPER)


def _print_wave(sheet: Sheet, y: float, height: float, length: float, phase: float, ink: Ink) -> None:
    crest = wave_line(-10, WIDTH + 10, y, height, length, phase)
    body = Stencil().polygon([*crest, (WIDTH + 10, HEIGHT + 10), (-10, HEIGHT + 10)])
    sheet.cover(body, ink)
    sheet.cover(within(body, hatch(fall(y - height, 0.12, y + 100, 0.7))), BLUE if ink == BLACK else BLACK)
    sheet.cover(Stencil().line(crest, 4), MIST)
