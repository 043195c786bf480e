"""Gabled houses along a quay without cars, with bicycles and a heron."""

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
    dice,
    fall,
    hatch,
    ring,
    screen,
    shift,
    sweep,
    together,
    within,
)


def draw_salt_quay() -> Image.Image:
    """Gabled houses along a quay without cars, with bicycles and a heron."""
    sheet = Sheet()
    quay = 500.0
    sky = Stencil().box(0, 0, WIDTH, quay)
    sheet.glaze(within(sky, screen(fall(0, 0.8, 360, 0.08))), MIST)
    for left, right, y, depth in ((90, 420, 92, 18), (700, 1010, 64, 16)):
        cloud = Stencil().oval((left + right) / 2, y, (right - left) / 2, depth)
        cloud.oval(left + (right - left) * 0.6, y - depth * 0.7, (right - left) * 0.2, depth)
        sheet.cover(within(cloud, Stencil().box(0, 0, WIDTH, y + depth * 0.4)), PAPER)
    _print_houses(sheet, quay - 62)
    street = Stencil().box(0, quay - 62, WIDTH, quay)
    sheet.cover(street, SAND)
    sheet.glaze(within(street, hatch(fall(quay - 62, 0.3, quay, 0.05))), OCHRE)
    wall = Stencil().box(0, quay, WIDTH, quay + 50)
    sheet.cover(wall, BLACK)
    stones = Stencil()
    for row in range(3):
        for place in range(17):
            x = place * 76 - (row % 2) * 38
            stones.line(((x, quay + row * 17), (x, quay + 17 + row * 17)), 1.6)
        stones.line(((0, quay + row * 17), (WIDTH, quay + row * 17)), 1.6)
    sheet.cover(within(wall, stones), BLUE)
    water = Stencil().box(0, quay + 50, WIDTH, HEIGHT)
    sheet.cover(water, BLUE)
    sheet.cover(within(water, hatch(fall(quay + 50, 0.55, HEIGHT, 0.12), 18)), MIST)
    sheet.cover(within(water, screen(fall(quay + 40, 0.55, quay + 130, 0.0))), BLACK)
    sheet.cover(_street_life(quay), BLACK)
    sheet.cover(Stencil().box(206, quay - 154, 262, quay - 108), RED)
    sheet.cover(Stencil().box(216, quay - 136, 252, quay - 126), PAPER)
    post = Stencil().box(918, 606, 974, HEIGHT).oval(946, 606, 28, 9)
    sheet.cover(post, BLACK)
    sheet.cover(within(post, screen(sweep(910, 0.7, 968, 0.0))), RED)
    sheet.cover(Stencil().oval(946, 606, 28, 9), SAND)
    _print_heron(sheet, 942, 607)
    return sheet.finish()


def _print_houses(sheet: Sheet, foot: float) -> None:
    chance = dice(14)
    inks = (RED, SAND, BLUE, OCHRE, MIST, RED, PAPER, BLUE, SAND, RED, MIST)
    x = -24.0
    for place, ink in enumerate(inks):
        width = chance.uniform(104, 126)
        top = foot - chance.uniform(178, 246)
        middle = x + width / 2
        front = Stencil().box(x, top, x + width, foot)
        if place % 3 == 0:
            steps = 5
            for step in range(steps):
                inset = width / 2 * step / steps
                front.box(x + inset, top - 17 * (step + 1), x + width - inset, top - 17 * step)
        elif place % 3 == 1:
            front.polygon(
                [
                    (x, top),
                    *ring(middle - width * 0.27, top, width * 0.23, 42, 180, 270, 12),
                    (middle - width * 0.17, top - 70),
                ]
            )
            front.polygon(
                [
                    (middle - width * 0.17, top - 70),
                    (middle, top - 88),
                    (middle + width * 0.17, top - 70),
                    *ring(middle + width * 0.27, top, width * 0.23, 42, 270, 360, 12),
                    (x + width, top),
                    (x, top),
                ]
            )
            front.box(middle - width * 0.3, top - 42, middle + width * 0.3, top).box(
                middle - width * 0.17, top - 70, middle + width * 0.17, top
            )
        else:
            front.polygon(((x - 2, top), (middle, top - 82), (x + width + 2, top)))
        sheet.cover(front, ink)
        sheet.glaze(within(front, screen(sweep(x, 0.42, x + width, 0.06))), BLUE if ink not in {BLUE, MIST} else BLACK)
        _print_windows(sheet, x, width, top, foot, ink, shop=place in {2, 5, 8})
        x += width
    edges = Stencil().box(0, foot - 4, WIDTH, foot)
    sheet.cover(edges, BLACK)


def _print_windows(sheet: Sheet, x: float, width: float, top: float, foot: float, ink: Ink, *, shop: bool) -> None:
    frames, panes, bars = Stencil(), Stencil(), Stencil()
    middle = x + width / 2
    for row, y in enumerate((top + 16, top + 72)):
        for column in (-1, 0, 1):
            left = middle + column * width * 0.3 - 11
            frames.box(left - 3, y - 3, left + 25, y + 41)
            panes.box(left, y, left + 22, y + 38)
            bars.box(left, y + 13, left + 22, y + 15.5).box(left + 9.8, y, left + 12.2, y + 38)
        if row == 0:
            frames.box(middle - 10, top - 34, middle + 10, top - 8)
            panes.box(middle - 7, top - 31, middle + 7, top - 11)
    door = middle + width * (0.26 if shop else 0.0)
    sheet.cover(frames, BLACK if ink != BLUE else PAPER)
    sheet.cover(panes, PAPER if ink != PAPER else MIST)
    sheet.cover(bars, BLACK if ink != BLUE else BLUE)
    sheet.cover(
        Stencil().box(door - 14, foot - 52, door + 14, foot).box(door - 18, foot - 58, door + 18, foot - 52), BLACK
    )
    if shop:
        sheet.cover(Stencil().box(x + 10, foot - 50, door - 22, foot - 10), BLACK)
        sheet.cover(Stencil().box(x + 13, foot - 47, door - 25, foot - 13), OCHRE)
        awning = Stencil().polygon(((x + 8, foot - 60), (door - 18, foot - 60), (door - 10, foot - 42), (x, foot - 42)))
        sheet.cover(awning, RED if ink != RED else PAPER)


def _street_life(quay: float) -> Stencil:
    """Return a camera on its pole, bicycles, people and bollards."""
    life = Stencil().box(230, quay - 250, 238, quay).box(200, quay - 160, 268, quay - 102)
    life.line(((234, quay - 246), (278, quay - 246)), 6).polygon(
        ((262, quay - 252), (304, quay - 240), (300, quay - 222), (258, quay - 234))
    )
    for x in (390, 438, 486, 1068):
        for wheel in (0, 46):
            life.line(ring(x + wheel, quay - 16, 15.5, 15.5, 0, 360, 40), 2.6)
        life.line(((x, quay - 16), (x + 14, quay - 40), (x + 40, quay - 40), (x + 22, quay - 16), (x, quay - 16)), 2.6)
        life.line(((x + 22, quay - 16), (x + 12, quay - 46)), 2.6).line(
            ((x + 46, quay - 16), (x + 38, quay - 50), (x + 48, quay - 53)), 2.6
        )
        life.line(((x + 5, quay - 47), (x + 19, quay - 47)), 4)
    for x, tall in ((664, 84), (700, 76), (728, 52)):
        life.oval(x, quay - tall + 8, tall * 0.1, tall * 0.12)
        life.polygon(
            (
                (x - tall * 0.18, quay - tall * 0.4),
                (x - tall * 0.14, quay - tall * 0.76),
                (x + tall * 0.14, quay - tall * 0.76),
                (x + tall * 0.19, quay - tall * 0.4),
            )
        )
        life.polygon(
            (
                (x - tall * 0.13, quay - tall * 0.44),
                (x + tall * 0.13, quay - tall * 0.44),
                (x + tall * 0.15, quay),
                (x + tall * 0.05, quay),
                (x, quay - tall * 0.3),
                (x - tall * 0.05, quay),
                (x - tall * 0.15, quay),
            )
        )
    for x in (120, 570, 850, 1160):
        life.box(x - 10, quay - 22, x + 10, quay + 4).oval(x, quay - 24, 15, 7)
    return life


def _print_heron(sheet: Sheet, x: float, quay: float) -> None:
    legs = (
        Stencil()
        .line(((x - 4, quay - 52), (x - 7, quay - 26), (x - 5, quay)), 3.4)
        .line(((x + 10, quay - 52), (x + 13, quay - 26), (x + 10, quay)), 3.4)
    )
    legs.line(((x - 15, quay), (x + 6, quay)), 3.4).line(((x + 1, quay), (x + 22, quay)), 3.4)
    body = Stencil().polygon(
        [
            (x - 62, quay - 50),
            (x - 40, quay - 78),
            *ring(x + 2, quay - 82, 38, 34, 190, 380, 24),
            (x + 24, quay - 54),
            (x - 6, quay - 46),
        ]
    )
    neck = Stencil().line(
        ((x + 26, quay - 92), (x + 40, quay - 112), (x + 28, quay - 136), (x + 16, quay - 158), (x + 26, quay - 182)),
        13,
    )
    head = Stencil().oval(x + 32, quay - 187, 19, 11)
    beak = Stencil().polygon(((x + 46, quay - 194), (x + 96, quay - 182), (x + 46, quay - 180)))
    outline = together(body, neck, head)
    for away in ((-3, 0), (3, 0), (0, -3), (0, 3)):
        sheet.cover(shift(outline, *away), BLACK)
    sheet.cover(legs, BLACK)
    sheet.cover(outline, PAPER)
    sheet.cover(body, MIST)
    wing = Stencil().polygon(
        [(x - 62, quay - 50), (x - 34, quay - 84), (x + 14, quay - 92), (x + 4, quay - 62), (x - 20, quay - 50)]
    )
    sheet.cover(wing, BLUE)
    sheet.cover(beak, OCHRE)
    plume = (
        Stencil()
        .polygon(((x + 42, quay - 194), (x + 20, quay - 197), (x - 26, quay - 180), (x + 18, quay - 189)))
        .disc(x + 38, quay - 188, 2.6)
    )
    sheet.cover(plume.line(((x + 24, quay - 92), (x + 36, quay - 110), (x + 26, quay - 132)), 2), BLACK)
