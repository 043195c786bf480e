"""An empty conference table before windows that look out to sea."""

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
    hatch,
    ring,
    screen,
    within,
)


def draw_accord() -> Image.Image:
    """Draw an empty conference table before windows that look out to sea."""
    sheet = Sheet(SAND)
    sheet.glaze(within(Stencil().box(0, 0, WIDTH, HEIGHT), screen(fall(0, 0.5, 420, 0.05))), OCHRE)
    _print_windows(sheet)
    floor = Stencil().box(0, 430, WIDTH, HEIGHT)
    sheet.cover(floor, BLUE)
    sheet.cover(within(floor, screen(fall(430, 0.1, HEIGHT, 0.85))), BLACK)
    light = Stencil()
    for left, right in ((96, 292), (352, 548), (608, 804), (864, 1060)):
        shift = (left + right) / 2 - 600
        light.polygon(
            (
                (left + shift * 0.1, 440),
                (right + shift * 0.1, 440),
                (right + shift * 0.75 + 30, HEIGHT),
                (left + shift * 0.75 - 30, HEIGHT),
            )
        )
    sheet.cover(within(light, floor, screen(fall(440, 0.75, HEIGHT, 0.2))), MIST)
    for place in range(7):
        _print_chair(sheet, 366 + place * 78, 430, 0.62, BLUE)
    table = Stencil().polygon(((300, 470), (900, 470), (1110, 606), (90, 606)))
    sheet.cover(Stencil().polygon(((90, 606), (1110, 606), (1104, 632), (96, 632))), BLACK)
    sheet.cover(
        Stencil()
        .polygon(((180, 632), (220, 632), (212, HEIGHT), (188, HEIGHT)))
        .polygon(((980, 632), (1020, 632), (1012, HEIGHT), (988, HEIGHT))),
        BLACK,
    )
    sheet.cover(table, RED)
    sheet.glaze(within(table, screen(fall(470, 0.0, 606, 0.65))), BLUE)
    shine = (
        Stencil()
        .polygon(((430, 470), (520, 470), (500, 606), (360, 606)))
        .polygon(((640, 470), (720, 470), (790, 606), (680, 606)))
    )
    sheet.cover(within(shine, table, screen(fall(470, 0.5, 606, 0.08))), SAND)
    _print_papers(sheet)
    for place in range(7):
        _print_chair(sheet, 126 + place * 158, 560, 1.28, BLACK)
    return sheet.finish()


def _print_windows(sheet: Sheet) -> None:
    frames, panes, sea, ship = Stencil(), Stencil(), Stencil(), Stencil()
    for left in (96, 352, 608, 864):
        right, top, foot = left + 196, 84, 396
        arch = [(left, foot), (left, top + 74), *ring((left + right) / 2, top + 74, 98, 74, 180, 360), (right, foot)]
        frames.polygon(
            [
                (left - 13, foot + 13),
                (left - 13, top + 70),
                *ring((left + right) / 2, top + 74, 111, 88, 180, 360),
                (right + 13, foot + 13),
            ]
        )
        panes.polygon(arch)
        sea.box(left, 286, right, foot)
    sheet.cover(frames, BLACK)
    sheet.cover(panes, PAPER)
    sheet.glaze(within(panes, screen(fall(60, 0.8, 286, 0.0))), MIST)
    sheet.cover(sea, BLUE)
    sheet.cover(within(sea, hatch(fall(286, 0.5, 396, 0.1))), MIST)
    ship.polygon(((704, 276), (792, 276), (784, 292), (714, 292))).box(770, 252, 786, 276).line(
        ((724, 276), (724, 250)), 3
    ).line(((746, 276), (746, 254)), 3)
    ship.polygon(((150, 281), (196, 281), (192, 289), (154, 289))).box(184, 270, 192, 281)
    sheet.cover(ship, BLACK)
    sheet.cover(Stencil().disc(480, 230, 36), OCHRE)
    bars = Stencil()
    for left in (96, 352, 608, 864):
        bars.line(((left + 98, 84), (left + 98, 396)), 5)
        for y in (158, 238, 318):
            bars.line(((left, y), (left + 196, y)), 4)
        bars.box(left - 24, 402, left + 220, 416)
    sheet.cover(bars, BLACK)
    curtains = Stencil()
    for left, right in ((0, 62), (1094, WIDTH), (310, 334), (566, 590), (822, 846)):
        curtains.box(left, 40, right, 430)
    sheet.cover(curtains, RED)
    folds = Stencil()
    for x in (14, 36, 58, 320, 330, 576, 586, 832, 842, 1108, 1132, 1156, 1180):
        folds.box(x, 40, x + 5, 430)
    sheet.glaze(folds, BLUE)
    sheet.glaze(within(curtains, screen(fall(40, 0.1, 430, 0.6))), BLUE)
    sheet.cover(Stencil().box(0, 28, WIDTH, 44), BLACK)


def _print_chair(sheet: Sheet, x: float, top: float, size: float, ink: tuple[int, int, int]) -> None:
    back = Stencil().polygon(
        [
            (x - 42 * size, top + 88 * size),
            (x - 40 * size, top + 14 * size),
            *ring(x, top + 14 * size, 40 * size, 16 * size, 180, 360, 24),
            (x + 40 * size, top + 14 * size),
            (x + 42 * size, top + 88 * size),
        ]
    )
    sheet.cover(back, BLACK)
    inner = Stencil().polygon(
        [
            (x - 32 * size, top + 78 * size),
            (x - 31 * size, top + 20 * size),
            *ring(x, top + 20 * size, 31 * size, 12 * size, 180, 360, 24),
            (x + 31 * size, top + 20 * size),
            (x + 32 * size, top + 78 * size),
        ]
    )
    if ink != BLACK:
        sheet.cover(inner, ink)
        sheet.cover(within(inner, screen(fall(top, 0.1, top + 80 * size, 0.7))), BLACK)
    else:
        sheet.cover(inner, RED)
        sheet.cover(within(inner, screen(fall(top, 0.45, top + 90 * size, 1.0))), BLACK)


def _print_papers(sheet: Sheet) -> None:
    papers, glasses, lines = Stencil(), Stencil(), Stencil()
    for place in range(7):
        x = 366 + place * 78
        papers.polygon(
            ((x - 20, 482), (x + 14, 482), (x + 14 + (x - 600) * 0.03, 496), (x - 24 + (x - 600) * 0.03, 496))
        )
        near = 170 + place * 143
        lean = (near - 600) * 0.07
        papers.polygon(((near - 36, 556), (near + 26, 556), (near + 30 + lean, 592), (near - 44 + lean, 592)))
        for row in range(3):
            y = 564 + row * 8
            lines.line(((near - 32 + lean * row / 4, y), (near + 18 + lean * row / 4, y)), 1.6)
        glasses.polygon(((near + 44, 552), (near + 62, 552), (near + 59, 582), (near + 47, 582)))
        glasses.polygon(((x + 22, 474), (x + 31, 474), (x + 29, 490), (x + 24, 490)))
    sheet.cover(papers, PAPER)
    sheet.cover(lines, BLUE)
    sheet.cover(glasses, MIST)
