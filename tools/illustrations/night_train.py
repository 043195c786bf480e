"""A lit train on a viaduct below mountains at full moon."""

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
    Point,
    Sheet,
    Stencil,
    dice,
    fall,
    flat,
    ring,
    screen,
    sweep,
    together,
    within,
)
from tools.illustrations.shapes import stars


def draw_night_train() -> Image.Image:
    """Draw a lit train on a viaduct below mountains at full moon."""
    sheet = Sheet(BLUE)
    sky = Stencil().box(0, 0, WIDTH, HEIGHT)
    sheet.cover(within(sky, screen(fall(0, 0.85, 330, 0.05))), BLACK)
    sheet.cover(stars(90, 300, 31), PAPER)
    sheet.cover(Stencil().disc(906, 128, 62), PAPER)
    sheet.glaze(within(Stencil().disc(888, 116, 13).disc(928, 146, 17).disc(902, 158, 8), screen(flat(0.5))), MIST)
    far: list[Point] = [
        (-20, 360),
        (90, 236),
        (150, 276),
        (300, 96),
        (392, 214),
        (452, 178),
        (600, 330),
        (720, 226),
        (800, 280),
        (960, 214),
        (1060, 292),
        (1230, 190),
        (1230, 560),
        (-20, 560),
    ]
    _print_range(sheet, far, 420, MIST, 0.55)
    near = [
        (-20, 318),
        (70, 400),
        (180, 350),
        (330, 470),
        (520, 400),
        (640, 486),
        (820, 366),
        (930, 300),
        (1010, 372),
        (1100, 330),
        (1230, 430),
        (1230, 675),
        (-20, 675),
    ]
    body = Stencil().polygon(near)
    sheet.cover(body, BLUE)
    sheet.cover(within(body, screen(fall(300, 0.2, 640, 0.72))), BLACK)
    deck = 408.0
    sheet.cover(_viaduct(deck), SAND)
    sheet.glaze(within(_viaduct(deck), screen(sweep(0, 0.35, WIDTH, 0.75))), BLUE)
    sheet.cover(_viaduct_joints(deck), BLACK)
    _print_train(sheet, deck)
    firs = Stencil()
    chance = dice(41)
    for _ in range(70):
        x = chance.choice((chance.uniform(-20, 330), chance.uniform(870, 1220), chance.uniform(-20, 1220)))
        height = chance.uniform(60, 124) * (1.15 if x < 330 or x > 870 else 0.6)
        foot = HEIGHT + 16 - max(0.0, abs(x - 600) - 260) * 0.13
        for tier in range(4):
            up = foot - height * tier * 0.22
            half = height * (0.23 - tier * 0.04)
            firs.polygon(((x - half, up), (x + half, up), (x, up - height * 0.42)))
    sheet.cover(firs, BLACK)
    return sheet.finish()


def _print_range(sheet: Sheet, ridge: list[Point], foot: float, ink: Ink, dark: float) -> None:
    """Print mountains: snow on the side of the moon, rock on the other."""
    body = Stencil().polygon(ridge)
    sheet.cover(body, PAPER)
    shade = Stencil()
    peaks = ridge[1:-3]
    for place, (x, y) in enumerate(peaks):
        before = ridge[place][1]
        if before > y:
            left = ridge[place][0]
            shade.polygon(
                (
                    (x, y),
                    (x + 14, y + 40),
                    (x - 12, y + 78),
                    (x + 16, y + 120),
                    (x - 18, foot + 140),
                    (left, foot + 140),
                    (left, before),
                )
            )
    sheet.cover(within(body, shade), ink)
    sheet.glaze(within(body, shade, screen(flat(dark))), BLUE)
    sheet.cover(within(body, screen(fall(foot - 200, 0.0, foot + 60, 1.0))), BLUE)


def _viaduct(deck: float) -> Stencil:
    wall = Stencil().box(0, deck, WIDTH, HEIGHT)
    for place in range(9):
        x = 12 + place * 147
        wall.polygon(
            [
                (x - 55, HEIGHT + 5),
                (x - 55, deck + 82),
                *ring(x, deck + 82, 55, 60, 180, 360, 40),
                (x + 55, deck + 82),
                (x + 55, HEIGHT + 5),
            ],
            0,
        )
    return wall


def _viaduct_joints(deck: float) -> Stencil:
    joints = Stencil().box(0, deck - 3, WIDTH, deck + 5)
    for place in range(10):
        x = 12 + place * 147 - 73.5
        joints.polygon(((x + 8, deck + 96), (x + 18.5, deck + 82), (x + 18.5, HEIGHT), (x + 8, HEIGHT)))
        for row in range(9):
            y = deck + 92 + row * 22
            joints.line(((x - 18, y), (x + 18, y)), 1.3)
        joints.box(x - 22, deck + 76, x + 22, deck + 81)
        joints.line(ring(x + 73.5, deck + 82, 61, 66, 184, 356, 40), 1.6)
    return joints


def _print_train(sheet: Sheet, deck: float) -> None:
    cars, roofs, windows, trim, wheels = (Stencil() for _ in range(5))
    chance = dice(8)
    for place in range(5):
        left = -74 + place * 192
        cars.box(left, deck - 66, left + 184, deck - 11)
        roofs.polygon([(left, deck - 60), *ring(left + 92, deck - 60, 92, 17, 180, 360, 30), (left + 184, deck - 60)])
        roofs.box(left + 184, deck - 54, left + 192, deck - 16)
        trim.box(left, deck - 22, left + 184, deck - 17)
        for window in range(8):
            if chance.random() < 0.66:
                x = left + 10 + window * 21.5
                windows.box(x, deck - 52, x + 14, deck - 33)
        for axle in (24, 46, 138, 160):
            wheels.disc(left + axle, deck - 8, 7)
    front = -74 + 5 * 192
    cars.polygon(
        (
            (front, deck - 11),
            (front, deck - 66),
            (front + 128, deck - 66),
            (front + 164, deck - 36),
            (front + 172, deck - 11),
        )
    )
    roofs.polygon(((front + 6, deck - 66), (front + 16, deck - 76), (front + 112, deck - 76), (front + 128, deck - 66)))
    roofs.line(((front + 30, deck - 76), (front + 52, deck - 96), (front + 34, deck - 114)), 3).line(
        ((front + 16, deck - 114), (front + 54, deck - 114)), 3
    )
    windows.polygon(
        ((front + 124, deck - 58), (front + 131, deck - 58), (front + 152, deck - 38), (front + 124, deck - 38))
    )
    trim.box(front, deck - 22, front + 168, deck - 17)
    for axle in (26, 52, 110, 136):
        wheels.disc(front + axle, deck - 8, 7)
    masts = Stencil()
    for x in range(46, WIDTH, 147):
        masts.line(((x, deck), (x, deck - 132)), 3.4).line(((x, deck - 120), (x + 34, deck - 116)), 2)
    masts.line(((0, deck - 116), (WIDTH, deck - 116)), 1.6)
    light = Stencil().polygon(
        ((front + 168, deck - 24), (WIDTH + 60, deck - 96), (WIDTH + 60, deck + 2), (front + 170, deck - 14))
    )
    sheet.cover(within(light, screen(sweep(front + 160, 0.95, WIDTH + 60, 0.15))), SAND)
    sheet.cover(masts, BLACK)
    sheet.cover(together(roofs, wheels), BLACK)
    sheet.cover(cars, RED)
    sheet.glaze(within(cars, screen(fall(deck - 66, 0.0, deck - 8, 0.6))), BLUE)
    sheet.cover(trim, SAND)
    sheet.cover(windows, OCHRE)
