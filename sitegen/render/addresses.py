"""From addresses of the site to what stands in a page."""

import posixpath
import re
from functools import lru_cache
from urllib.parse import urlsplit

from sitegen.plan.urls import encode_address

STRAYS = "/404.html"
"""The page for addresses that do not exist. It is shown anywhere, so that its links do not start where it lies."""
_NOBODY = "\0"
"""Stands for any folder that an address does not lead into: no folder has this name."""
_ODD_STEPS = re.compile(r"//|/\.\.?(?:/|\Z)")
"""What no folder is called: `..`, `.` and nothing."""
_PLAIN = re.compile(r"/[A-Za-z0-9/._~-]*(?:#[A-Za-z0-9._~-]+)?")
"""An address of this site in which nothing is to be encoded, whatever is cut off at its front."""


def relative_href(address: str, page: str) -> str:
    """Return `address` as a link of the page at `page`, percent-encoded.

    An address of this site becomes relative to the page, so that the output works in any folder; absolute addresses and
    fragments stay.
    """
    folder, around = _look_around(page)
    if around is not None and not address.startswith(folder):
        link = around[address]
        if link is not None:
            return link
    if _leads_elsewhere(address):
        return encode_address(address)
    return _relate(address, page)


def rooted_href(address: str, base_url: str) -> str:
    """Return `address` as a link that leads there from anywhere: it starts at the path of `base_url`, the site's."""
    if _leads_elsewhere(address):
        return encode_address(address)
    return encode_address(urlsplit(base_url).path.rstrip("/") + address)


def _leads_elsewhere(address: str) -> bool:
    """Whether an address is absolute, or leads to a part of the page itself."""
    return not address.startswith("/") or address.startswith("//")


class _Around(dict[str, str | None]):
    """Links to what is not in one's own folder, by address: they are the same for all folders in one.

    So the menu of a site is worked out once for every section, and not once for every article. None for an address with
    odd steps.
    """

    def __init__(self, above: str) -> None:
        """Know no address yet, for folders in `above`."""
        self._within = f"{above}{_NOBODY}/"

    def __missing__(self, address: str) -> str | None:
        if len(self) == _MANY:
            self.clear()
        link = self[address] = self._lead_up(address)
        return link

    def _lead_up(self, address: str) -> str | None:
        if _leads_elsewhere(address):
            return encode_address(address)
        if "//" in address or "/." in address:
            return None
        if address.endswith("/") and _PLAIN.fullmatch(address):  # most are, and then only steps stand before it
            for folder, steps in _list_above(self._within):
                if address.startswith(folder):
                    return steps + address[len(folder) :]
        return _relate(address, self._within)


_MANY = 1024
"""So many links are kept of what lies around folders: those of menus, and the others of a few pages."""


@lru_cache(maxsize=64)
def _look_around(page: str) -> tuple[str, _Around | None]:
    """Return the folder of a page without its last slash, and the links to what is around it if it is no odd one."""
    folder = page[: page.rindex("/")]
    above = folder[: folder.rfind("/") + 1]
    return folder, _find_around(above) if above and not _ODD_STEPS.search(page) else None


@lru_cache(maxsize=64)
def _find_around(above: str) -> _Around:
    return _Around(above)


def _relate(address: str, page: str) -> str:
    """Return an address of this site as a link of `page`."""
    path, rest, is_plain = _read(address)
    folder = page[: page.rindex("/") + 1]
    if path == page:
        relative = "" if rest else "./" if path.endswith("/") else posixpath.basename(path)
    elif path.startswith(folder):
        relative = path[len(folder) :] or "./"
    else:
        relative = _climb(path, folder)
    if is_plain:
        return relative + rest
    if ":" in relative.split("/", 1)[0]:
        relative = f"./{relative}"
    return encode_address(relative + rest)


def _climb(path: str, folder: str) -> str:
    """Return the way from `folder` to `path`, which is not in it."""
    if not folder.startswith(f"{path}/") and not _ODD_STEPS.search(path):
        for above, steps in _list_above(folder):
            if path.startswith(above):
                return steps + path[len(above) :]
    return posixpath.relpath(path, folder) + ("/" if path.endswith("/") else "")


@lru_cache(maxsize=64)
def _list_above(folder: str) -> tuple[tuple[str, str], ...]:
    """Return the folders above `folder` from the nearest to the root, each with the steps to it; none of an odd one."""
    if _ODD_STEPS.search(folder):
        return ()
    parts = folder.strip("/").split("/")
    return tuple(
        ("/".join(("", *parts[:depth], "")), "../" * (len(parts) - depth)) for depth in range(len(parts) - 1, -1, -1)
    )


@lru_cache(maxsize=8192)
def _read(address: str) -> tuple[str, str, bool]:
    """Return the path, what follows it with its mark, and whether all of it can stand behind any steps as it is."""
    places = [place for place in (address.find("?"), address.find("#")) if place >= 0]
    place = min(places, default=len(address))
    return address[:place], address[place:], bool(_PLAIN.fullmatch(address) and not _ODD_STEPS.search(address))
