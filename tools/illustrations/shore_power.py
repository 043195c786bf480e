"""A cruise ship at the quay at dusk, connected by a cable."""

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
    sweep,
    together,
    within,
)


def draw_shore_power() -> Image.Image:
    """Draw a cruise ship at the quay at dusk, connected by a cable."""
    sheet = Sheet()
    quay = 566.0
    sky = Stencil().box(0, 0, WIDTH, quay)
    sheet.cover(sky, MIST)
    sheet.cover(within(sky, screen(fall(120, 0.0, 470, 0.98))), SAND)
    sheet.glaze(within(sky, screen(fall(0, 0.72, 300, 0.0))), BLUE)
    sheet.cover(Stencil().disc(196, 118, 44), PAPER)
    sheet.cover(within(Stencil().disc(178, 110, 44), sky), MIST)
    sheet.glaze(within(Stencil().disc(178, 110, 44), screen(fall(0, 0.72, 300, 0.0))), BLUE)
    cranes = together(_crane(86, quay, 1.0), _crane(262, quay, 0.82))
    sheet.cover(cranes, BLUE)
    sheet.glaze(within(cranes, screen(fall(120, 0.15, quay, 0.8))), BLACK)
    _print_ship(sheet, quay)
    land = Stencil().box(0, quay, WIDTH, HEIGHT)
    sheet.cover(land, BLACK)
    joints = Stencil()
    for x in range(-200, WIDTH + 400, 118):
        joints.line(((x, HEIGHT), (600 + (x - 600) * 0.72, quay + 14)), 1.6)
    sheet.cover(within(land, joints), BLUE)
    sheet.cover(Stencil().box(0, quay, WIDTH, quay + 9), OCHRE)
    sheet.cover(_quay_things(quay), RED)
    sheet.cover(_quay_bollards(quay), PAPER)
    return sheet.finish()


def _crane(x: float, foot: float, size: float) -> Stencil:
    def at(across: float, up: float) -> Point:
        return (x + across * size, foot - up * size)

    crane = Stencil()
    for leg in (-48, 40):
        crane.line((at(leg, 0), at(leg * 0.86, 250)), 11 * size)
    crane.line((at(-46, 92), at(39, 92)), 9 * size).line((at(-46, 8), at(39, 92)), 5 * size)
    crane.polygon((at(-70, 250), at(196, 262), at(196, 274), at(-70, 274)))
    crane.line((at(-10, 270), at(4, 392)), 8 * size).line((at(36, 272), at(4, 392)), 6 * size)
    crane.line((at(4, 390), at(190, 270)), 4 * size).line((at(4, 390), at(-66, 272)), 4 * size)
    crane.polygon((at(-74, 228), at(-30, 228), at(-30, 262), at(-74, 262)))
    crane.line((at(150, 262), at(150, 166)), 2.5 * size).polygon(
        (at(128, 166), at(172, 166), at(172, 146), at(128, 146))
    )
    return crane


def _print_ship(sheet: Sheet, quay: float) -> None:
    hull = Stencil().polygon([(372, 430), (1260, 430), (1260, quay + 4), (470, quay + 4), (430, 540), (398, 488)])
    house = Stencil()
    decks = [(470, 392), (500, 354), (524, 316), (556, 278), (640, 240)]
    for left, top in decks:
        house.polygon(((left, top + 40), (left + 22, top), (1260, top), (1260, top + 40)))
    house.polygon(((880, 240), (912, 150), (1010, 150), (1030, 240)))
    house.line(((700, 240), (700, 170)), 6).line(((678, 190), (722, 190)), 4)
    sheet.cover(house, PAPER)
    sheet.cover(within(house, screen(sweep(420, 0.42, 900, 0.06))), BLUE)
    sheet.cover(hull, BLACK)
    sheet.cover(Stencil().box(352, 516, 1260, 526).polygon(((352, 516), (414, 516), (419, 526), (352, 526)), 0), RED)
    sheet.cover(Stencil().polygon(((905, 170), (1017, 170), (1020, 186), (899, 186))), RED)
    sheet.cover(Stencil().polygon(((899, 192), (1022, 192), (1025, 206), (893, 206))), BLACK)
    lights = Stencil()
    dark = Stencil()
    chance = dice(12)
    for row, (left, top) in enumerate(decks):
        for place in range(28 if row else 4):
            x = left + 34 + place * 27 + (row % 2) * 6
            if x > WIDTH:
                break
            (lights if chance.random() < 0.4 else dark).box(x, top + 12, x + 14, top + 27)
        dark.line(((left + 20, top + 1), (1260, top + 1)), 2.4)
    for place in range(27):
        (lights if chance.random() < 0.3 else Stencil()).disc(470 + place * 29, 462, 5)
    sheet.cover(dark, BLUE)
    sheet.cover(lights, OCHRE)
    boats = Stencil()
    for x in range(620, WIDTH, 116):
        boats.polygon([(x, 392), (x + 76, 392), (x + 66, 412), (x + 10, 412)])
    sheet.cover(boats, RED)


def _quay_things(quay: float) -> Stencil:
    """Return the box on the quay, and the cable from it to the ship."""
    things = Stencil().box(196, quay - 78, 308, quay + 30)
    cable: list[Point] = []
    for step in range(41):
        share = step / 40
        cable.append((306 + 206 * share, quay - 28 + 92 * share - 158 * share * share + 40 * math.sin(math.pi * share)))
    for offset in (0, 10, 20):
        things.line([(x, y + offset * (1 - 0.5 * (x - 306) / 206)) for x, y in cable], 5.5)
    return things.box(500, 484, 534, 520)


def _quay_bollards(quay: float) -> Stencil:
    marks = Stencil()
    marks.polygon(
        (
            (257, quay - 66),
            (236, quay - 18),
            (252, quay - 18),
            (243, quay + 18),
            (272, quay - 30),
            (255, quay - 30),
            (268, quay - 66),
        )
    )
    for x in (60, 420, 760, 1090):
        marks.box(x - 11, quay - 4, x + 11, quay + 12).oval(x, quay - 6, 17, 7)
    return marks
