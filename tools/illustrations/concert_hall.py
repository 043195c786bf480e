"""A concert hall from the stage, with one person in a beam of light."""

from PIL import Image

from tools.illustrations.press import (
    BLACK,
    BLUE,
    HEIGHT,
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
    glow,
    ring,
    screen,
    sweep,
    within,
)


def draw_concert_hall() -> Image.Image:
    """Draw a concert hall from the stage, with one person in a beam of light."""
    sheet = Sheet(BLUE)
    centre = 600.0
    whole = Stencil().box(0, 0, WIDTH, HEIGHT)
    sheet.cover(within(whole, screen(glow(centre, 250, 720, 0.0, 0.95))), BLACK)
    back = Stencil().polygon([(170, 470), (214, 96), *ring(centre, 110, 386, 60, 180, 360), (986, 96), (1030, 470)])
    sheet.cover(back, RED)
    sheet.glaze(within(back, screen(glow(centre, 250, 520, 0.15, 0.85))), BLUE)
    panels = Stencil()
    chance = dice(216)
    for row in range(4):
        for place in range(-7, 8):
            if chance.random() < 0.68:
                x = centre + place * 50
                y = 112 + row * 44 + abs(place) * 1.5
                panels.polygon(((x - 20, y), (x + 20, y), (x + 20, y + 33), (x - 20, y + 33)))
    sheet.cover(within(panels, back), SAND)
    sheet.glaze(within(panels, back, screen(glow(centre, 180, 460, 0.1, 0.7))), BLUE)
    for y, across, down in ((300, 470, 62), (384, 560, 84)):
        _print_balcony(sheet, centre, y, across, down)
    _print_walls(sheet)
    _print_seats(sheet, centre)
    beam = Stencil().polygon(((560, -10), (600, -10), (716, 640), (486, 640)))
    sheet.cover(within(beam, screen(fall(0, 0.8, 640, 0.28))), PAPER)
    stage = Stencil().polygon(
        [(-20, HEIGHT + 10), (-20, 640), *ring(centre, 640, 640, 40, 180, 360), (WIDTH + 20, HEIGHT + 10)]
    )
    sheet.cover(stage, OCHRE)
    boards = Stencil()
    for place in range(-14, 15):
        boards.line(((centre + place * 42, 590), (centre + place * 74, HEIGHT)), 1.6)
    sheet.cover(within(boards, stage), RED)
    sheet.cover(within(stage, screen(glow(centre, 650, 640, 0.0, 0.9))), BLACK)
    sheet.cover(within(Stencil().oval(centre, 640, 120, 20), stage), PAPER)
    sheet.cover(_acoustician(centre), BLACK)
    return sheet.finish()


def _print_balcony(sheet: Sheet, centre: float, y: float, across: float, down: float) -> None:
    edge = ring(centre, y - down, across, down, 12, 168)
    front = Stencil().polygon([*edge, *[(x, height + 34) for x, height in reversed(edge)]])
    shadow = Stencil().polygon(
        [*[(x, height + 30) for x, height in edge], *[(x, height + 64) for x, height in reversed(edge)]]
    )
    heads = Stencil()
    for row in range(2):
        for x, height in ring(
            centre, y - down - 13 - row * 13, across * (0.98 - row * 0.03), down, 18, 162, 44 - row * 3
        ):
            heads.polygon(((x - 9, height + 12), (x - 9, height - 5), (x + 9, height - 5), (x + 9, height + 12)))
    sheet.cover(heads, BLACK)
    sheet.cover(within(heads, screen(flat(0.32))), RED)
    sheet.cover(shadow, BLACK)
    sheet.cover(front, OCHRE)
    sheet.glaze(within(front, screen(sweep(centre - across, 0.9, centre, 0.0))), RED)
    sheet.glaze(within(front, screen(sweep(centre, 0.0, centre + across, 0.9))), RED)
    sheet.cover(Stencil().line([(x, height + 2) for x, height in edge], 3.5), PAPER)


def _print_walls(sheet: Sheet) -> None:
    for side in (-1, 1):

        def at(x: float, side: int = side) -> float:
            return 600 + side * x

        wall = Stencil().polygon(((at(386), 96), (at(640), -40), (at(640), 640), (at(430), 520)))
        sheet.cover(wall, BLACK)
        sheet.cover(within(wall, screen(fall(0, 0.1, 640, 0.5))), BLUE)
        fins = Stencil()
        for step in range(5):
            x = 416 + step * 46
            top, foot = 86 - step * 22, 480 + step * 30
            fins.polygon(((at(x), top), (at(x + 17), top - 9), (at(x + 19), foot + 12), (at(x + 4), foot)))
        sheet.cover(fins, RED)
        sheet.glaze(within(fins, screen(fall(40, 0.25, 560, 0.9))), BLUE)


def _print_seats(sheet: Sheet, centre: float) -> None:
    for row in range(7):
        y = 452 + row * 25 + row * row * 1.6
        across = 400 + row * 62
        size = 10 + row * 2.5
        seats, tops = Stencil(), Stencil()
        count = 34 - row
        for x, height in ring(centre, y - 44, across, 46 + row * 3, 16, 164, count):
            seats.polygon(
                (
                    (x - size, height + size * 2),
                    (x - size * 0.9, height - size * 0.6),
                    (x + size * 0.9, height - size * 0.6),
                    (x + size, height + size * 2),
                )
            )
            tops.oval(x, height - size * 0.5, size * 0.86, size * 0.36)
        sheet.cover(seats, BLACK)
        sheet.cover(within(seats, screen(glow(centre, 470, 620, 0.75, 0.1))), RED)
        sheet.cover(tops, RED)


def _acoustician(centre: float) -> Stencil:
    figure = Stencil()
    x, foot, size = centre - 34, 646, 1.32
    figure.oval(x, foot - 106 * size, 10.5 * size, 12.5 * size).disc(x - 9 * size, foot - 112 * size, 8 * size)
    figure.polygon(
        (
            (x - 19 * size, foot - 34 * size),
            (x - 15 * size, foot - 84 * size),
            (x - 7 * size, foot - 93 * size),
            (x + 8 * size, foot - 93 * size),
            (x + 16 * size, foot - 84 * size),
            (x + 22 * size, foot - 34 * size),
        )
    )
    figure.polygon(
        (
            (x - 12 * size, foot - 40 * size),
            (x + 12 * size, foot - 40 * size),
            (x + 9 * size, foot),
            (x + 2 * size, foot),
            (x, foot - 30 * size),
            (x - 2 * size, foot),
            (x - 9 * size, foot),
        )
    )
    figure.line(
        ((x + 13 * size, foot - 82 * size), (x + 32 * size, foot - 104 * size), (x + 29 * size, foot - 132 * size)),
        7 * size,
    )
    figure.line(((x + 26 * size, foot - 134 * size), (x + 42 * size, foot - 134 * size)), 5 * size)
    stand = centre + 62
    figure.line(((stand, foot), (stand, foot - 96)), 4).line(
        ((stand - 24, foot + 3), (stand, foot - 26), (stand + 24, foot + 3)), 3.4
    )
    return figure.polygon(
        ((stand - 34, foot - 92), (stand + 30, foot - 92), (stand + 36, foot - 134), (stand - 28, foot - 134))
    )
