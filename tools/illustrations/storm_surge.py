"""Waves against a harbour wall at night, a closed gate in it and gabled houses behind."""

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
    screen,
    sweep,
    wave_line,
    within,
)

_WALL = 372.0


def draw_storm_surge() -> Image.Image:
    """Draw waves against a harbour wall at night, a closed gate in it and gabled houses behind."""
    sheet = Sheet(BLUE)
    sky = Stencil().box(0, 0, WIDTH, _WALL)
    sheet.cover(within(sky, screen(fall(0, 0.95, 330, 0.3))), BLACK)
    _print_clouds(sheet)
    _print_houses(sheet)
    _print_wall(sheet)
    _print_gate(sheet)
    _print_breaker(sheet)
    _print_wave(sheet, 510, 24, 380, 0.15, BLUE)
    _print_wave(sheet, 566, 26, 460, 0.6, MIST)
    _print_wave(sheet, 624, 24, 520, 0.25, BLACK)
    _print_rain(sheet)
    return sheet.finish()


def _print_clouds(sheet: Sheet) -> None:
    for y, height, length, phase, tone in (
        (70.0, 20.0, 520.0, 0.0, 0.5),
        (128, 16, 410, 0.4, 0.42),
        (186, 13, 330, 0.7, 0.32),
    ):
        edge = wave_line(-10, WIDTH + 10, y, height, length, phase)
        below = wave_line(-10, WIDTH + 10, y + 34, height * 0.6, length * 0.8, phase + 0.2)
        band = Stencil().polygon([*edge, *reversed(below)])
        sheet.cover(within(band, screen(fall(y - 20, tone, y + 46, 0.05))), MIST)


def _print_houses(sheet: Sheet) -> None:
    chance = dice(1976)
    fronts, panes = Stencil(), Stencil()
    x = -18.0
    while x < WIDTH:
        width = chance.uniform(74, 98)
        top = _WALL - chance.uniform(78, 128)
        middle = x + width / 2
        fronts.box(x, top, x + width - 3, _WALL)
        if chance.random() < 0.5:
            fronts.polygon(((x, top), (middle, top - 52), (x + width - 3, top)))
        else:
            for step in range(4):
                inset = width / 2 * step / 4
                fronts.box(x + inset, top - 13 * (step + 1), x + width - 3 - inset, top - 13 * step)
        for row in range(2):
            for column in (-1, 0, 1):
                if chance.random() < 0.4:
                    left = middle + column * width * 0.28 - 7
                    panes.box(left, top + 16 + row * 38, left + 13, top + 38 + row * 38)
        x += width
    sheet.cover(fronts, BLACK)
    sheet.cover(panes, OCHRE)


def _print_wall(sheet: Sheet) -> None:
    wall = Stencil().box(0, _WALL, WIDTH, HEIGHT)
    sheet.cover(wall, SAND)
    sheet.glaze(within(wall, screen(fall(_WALL, 0.35, 520, 0.95))), BLUE)
    joints = Stencil()
    for row in range(7):
        y = _WALL + 16 + row * 24
        joints.line(((0, y), (WIDTH, y)), 2)
        for place in range(21):
            x = place * 60 + (row % 2) * 30
            joints.line(((x, y), (x, y + 24)), 2)
    sheet.cover(joints, BLACK)
    boards = Stencil().box(0, _WALL - 26, 470, _WALL).box(734, _WALL - 26, WIDTH, _WALL)
    sheet.cover(boards, RED)
    posts = Stencil().box(0, _WALL, WIDTH, _WALL + 10)
    for x in (*range(20, 470, 74), *range(748, 1200, 74)):
        posts.box(x, _WALL - 34, x + 9, _WALL + 4)
    posts.line(((0, _WALL - 13), (470, _WALL - 13)), 2).line(((734, _WALL - 13), (WIDTH, _WALL - 13)), 2)
    sheet.cover(posts, BLACK)


def _print_gate(sheet: Sheet) -> None:
    """Print the two leaves of the gate between their towers."""
    towers = Stencil().box(444, _WALL - 84, 500, HEIGHT).box(704, _WALL - 84, 760, HEIGHT)
    towers.polygon(((436, _WALL - 84), (508, _WALL - 84), (472, _WALL - 122)))
    towers.polygon(((696, _WALL - 84), (768, _WALL - 84), (732, _WALL - 122)))
    sheet.cover(towers, SAND)
    sheet.glaze(within(towers, screen(sweep(440, 0.2, 770, 0.75))), BLUE)
    leaves = Stencil().box(500, _WALL - 22, 704, HEIGHT)
    sheet.cover(leaves, BLACK)
    beams = Stencil()
    for row in range(7):
        y = _WALL - 8 + row * 30
        beams.line(((504, y), (600, y + 8)), 5).line(((604, y + 8), (700, y)), 5)
    for x in (536, 570, 634, 668):
        beams.line(((x, _WALL - 18), (x, 570)), 3)
    sheet.cover(beams, MIST)
    sheet.cover(Stencil().line(((602, _WALL - 22), (602, HEIGHT)), 4), PAPER)
    lamps = Stencil().disc(472, _WALL - 54, 10).disc(732, _WALL - 54, 10)
    sheet.cover(Stencil().disc(472, _WALL - 54, 15).disc(732, _WALL - 54, 15), BLACK)
    sheet.cover(lamps, RED)


def _print_breaker(sheet: Sheet) -> None:
    """Print water that is thrown up by the wall on both sides of the gate."""
    chance = dice(379)
    for middle, tall, half in ((212.0, 250.0, 150.0), (980.0, 205.0, 130.0)):
        body, drops = Stencil(), Stencil()
        for _ in range(34):
            x = middle + chance.uniform(-half, half)
            high = tall * (1 - (abs(x - middle) / half) ** 1.5) * chance.uniform(0.6, 1.0)
            lean = chance.uniform(12, 46)
            body.polygon(((x - 26, 540), (x + lean, 540 - high), (x + 26, 540)))
            drops.disc(
                x + lean * 1.2 + chance.uniform(-12, 26), 528 - high - chance.uniform(0, 36), chance.uniform(2, 5.5)
            )
        sheet.cover(body, PAPER)
        sheet.glaze(within(body, screen(fall(540 - tall, 0.0, 540, 0.85))), MIST)
        sheet.cover(drops, PAPER)


def _print_wave(sheet: Sheet, y: float, height: float, length: float, phase: float, ink: Ink) -> None:
    crest = wave_line(-10, WIDTH + 10, y, height, length, phase)
    body = Stencil().polygon([*crest, (WIDTH + 10, HEIGHT + 10), (-10, HEIGHT + 10)])
    sheet.cover(body, ink)
    sheet.cover(within(body, hatch(fall(y - height, 0.1, y + 90, 0.7))), BLUE if ink == BLACK else BLACK)
    sheet.cover(Stencil().line(crest, 9), PAPER)


def _print_rain(sheet: Sheet) -> None:
    chance = dice(31)
    rain = Stencil()
    for _ in range(110):
        x, y = chance.uniform(-40, WIDTH), chance.uniform(-20, 470)
        long = chance.uniform(20, 44)
        rain.line(((x, y), (x + long, y + long * 0.5)), 1.5)
    sheet.cover(rain, MIST)
