"""From addresses of the site to what stands in a page."""

import posixpath

from sitegen.plan.urls import encode_address


def relative_href(address: str, page: str, prefix: str) -> str:
    """Return `address` as a link of the page at `page`, percent-encoded.

    An address of this site becomes relative to the page, so that the output works in any folder; absolute addresses and
    fragments stay. The page for addresses that do not exist is shown anywhere, so that its links start at `prefix`, the
    path of the site on its host.
    """
    if not address.startswith("/") or address.startswith("//"):
        return encode_address(address)
    if page == "/404.html":
        return encode_address(prefix.rstrip("/") + address)
    path, mark, rest = _cut(address)
    folder = page[: page.rindex("/") + 1]
    if path == page:
        relative = "" if mark else "./" if path.endswith("/") else posixpath.basename(path)
    elif path.startswith(folder):
        relative = path[len(folder) :] or "./"
    else:
        relative = posixpath.relpath(path, folder) + ("/" if path.endswith("/") else "")
    if ":" in relative.split("/", 1)[0]:
        relative = f"./{relative}"
    return encode_address(relative + mark + rest)


def _cut(address: str) -> tuple[str, str, str]:
    """Return path, the mark that ends it (`?`, `#` or nothing), and the rest."""
    places = [place for place in (address.find("?"), address.find("#")) if place >= 0]
    if not places:
        return address, "", ""
    place = min(places)
    return address[:place], address[place], address[place + 1 :]
