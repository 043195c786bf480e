"""Addresses in a saved page, and what becomes of them: those of its own site keep their path, files come along."""

import re
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from sitegen.importers.records import Media
from sitegen.importers.web.media import check_name
from sitegen.importers.wordpress.home import Home, Relocation

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#", re.IGNORECASE)


class PageAddresses:
    """Moves the addresses of one page; notes the files that it needs."""

    def __init__(self, url: str, page: Path, media_dir: Path | None) -> None:
        """Move addresses of the page that stood at `url`, if that is known, and lies in the file `page`."""
        self._url = url
        parts = urlsplit(url)
        home = Home(address=f"{parts.scheme}://{parts.netloc}", media_dir=media_dir)
        self._relocation = Relocation(home) if url else None
        self._folder = page.parent.resolve()
        self._stem = page.stem
        self._beside: dict[str, Media] = {}

    @property
    def media(self) -> tuple[Media, ...]:
        """The files that were met."""
        return (*self._beside.values(), *(self._relocation.media if self._relocation else ()))

    def move(self, address: str) -> str:
        """Return where an address leads in the new site."""
        if not _ELSEWHERE.match(address) and (beside := self._find_beside(address)):
            self._beside[beside.path] = beside
            return quote(beside.path.removeprefix("static"))
        if self._relocation is None or address.startswith("#"):
            return address
        try:
            return self._relocation.move(urljoin(self._url, address))
        except ValueError:
            return address

    def _find_beside(self, address: str) -> Media | None:
        """Return the file that a browser saved beside the page: `page_files/tokyo.jpg`."""
        name = unquote(address.partition("#")[0].partition("?")[0]).removeprefix("./")
        if check_name(name) is not None or "\x00" in name:
            return None
        file = (self._folder / name).resolve()
        if not file.is_relative_to(self._folder) or not file.is_file():
            return None
        return Media(path=f"static/saved/{self._stem}/{file.name}", address=name, file=file)
