"""Things that stand in several pictures."""

from tools.illustrations.press import HEIGHT, WIDTH, Stencil, dice, ring


def ripples(x: float, top: float, half: float, seed: int) -> Stencil:
    """Return broken bars of light on the water below a sun at `x`."""
    chance = dice(seed)
    bars = Stencil()
    y = top + 5.0
    while y < HEIGHT:
        reach = half * (1 - 0.45 * (y - top) / (HEIGHT - top))
        left = x - reach * chance.uniform(0.55, 1.0)
        right = x + reach * chance.uniform(0.55, 1.0)
        bars.line(((left, y), (right, y)), 2.4 + (y - top) / 40)
        y += 9.5 + (y - top) / 14
    return bars


def gulls(places: tuple[tuple[float, float, float], ...]) -> Stencil:
    """Return birds in the distance, each as x, y and span."""
    gulls = Stencil()
    for x, y, span in places:
        gulls.line([*ring(x - span / 2, y, span / 2, span / 3, 200, 345, 12)], span / 9)
        gulls.line([*ring(x + span / 2, y, span / 2, span / 3, 195, 340, 12)], span / 9)
    return gulls


def stars(count: int, depth: float, seed: int) -> Stencil:
    """Return `count` stars in the upper `depth` of the picture."""
    chance = dice(seed)
    stars = Stencil()
    for _ in range(count):
        stars.disc(
            chance.uniform(0, WIDTH), chance.uniform(0, 1) ** 1.3 * depth, chance.choice((0.9, 1.2, 1.2, 1.8, 2.6))
        )
    return stars
