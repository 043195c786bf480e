"""Addresses of a WordPress site, and what becomes of them here: paths stay what they were."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from sitegen.importers.records import Media
from sitegen.importers.web.media import check_name

_UPLOADS = "/wp-content/"
UNQUOTED = "/:@!$&'()*+,;=~-._"
"""What stands in the path of an address as it is, besides letters and digits."""
_SCHEMES = frozenset({"http", "https"})
_PHOTON = re.compile(r"i[0-3]\.wp\.com")
"""Jetpack's image service: the host and path of the picture follow it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where a WordPress site is."""

    address: str
    """Its address without a closing slash: `https://old.example`, `https://old.example/blog`."""
    base: str = ""
    """The folder in which the new site stands, `/blog`, if it does: addresses there begin behind it."""
    media_dir: Path | None = None
    """A folder with its uploads, if there is one."""

    def make_key(self, identity: int) -> str:
        """Return who a post or page is at its source, however it is read."""
        return f"{self.address.lower()}/?p={identity}"

    def find_path(self, address: str) -> str | None:
        """Return the address of this site from its root, with query and fragment; None for one elsewhere."""
        parts = self._split(address)
        if parts is None:
            return None
        query = f"?{parts.query}" if parts.query else ""
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return f"{self._strip_base(parts.path) or '/'}{query}{fragment}"

    def find_media(self, address: str) -> Media | None:
        """Return the file that an address of this site names, or None where it names none."""
        parts = self._split(address)
        if parts is None or parts.path.endswith("/"):
            return None
        path = unquote(self._strip_base(parts.path))
        if _UPLOADS not in path and check_name(path) is not None:
            return None
        origin = urlsplit(self.address)
        whole = f"{origin.scheme}://{parts.netloc}{parts.path}"
        return Media(path=f"static{path}", address=whole, file=self.find_file(path))

    def _split(self, address: str) -> SplitResult | None:
        """Return the parts of an address of this site, which may be relative; None for one elsewhere."""
        try:
            parts = urlsplit(urljoin(f"{self.address}/", address.strip()))
            if _PHOTON.fullmatch(parts.hostname or ""):
                parts = urlsplit(f"https:/{parts.path}")
            home = urlsplit(self.address)
            is_here = _read_host(parts) == _read_host(home)
        except ValueError:
            return None
        return parts._replace(path=re.sub("/{2,}", "/", parts.path)) if is_here and parts.scheme in _SCHEMES else None

    def _strip_base(self, path: str) -> str:
        """Return a path of the old site as the new one continues it."""
        inside = self.base and path.startswith(f"{self.base}/")
        return path[len(self.base) :] if inside else path

    def find_file(self, path: str) -> Path | None:
        """Return the file of the folder with uploads that `…/uploads/2024/a.jpg` means; never one outside of it."""
        if self.media_dir is None:
            return None
        folder = self.media_dir.resolve()
        # The folder may be wp-content/uploads, or what holds wp-content.
        for name in (path.rpartition("/uploads/")[2], path.removeprefix("/")):
            try:
                file = (folder / name).resolve()
                if file.is_relative_to(folder) and file.is_file():
                    return file
            except (OSError, ValueError):  # a name that no file can have
                continue
        return None


def _read_host(parts: SplitResult) -> tuple[str, int | None]:
    """Return host and port, as far as they tell sites apart; raises ValueError for a port that is none."""
    return _strip_www(parts.hostname or ""), parts.port


def _strip_www(host: str) -> str:
    return host.lower().removeprefix("www.")


class Relocation:
    """The addresses of one document on their way here; notes the files that it needs."""

    def __init__(self, home: Home) -> None:
        """Move addresses of `home`."""
        self._home = home
        self._media: dict[str, Media] = {}

    def move(self, address: str) -> str:
        """Return where an address leads here: files and pages of the old site by their path, others as they are."""
        if not address or address.startswith("#"):
            return address
        media = self._home.find_media(address)
        if media is not None:
            self._media.setdefault(media.path, media)
            return quote(media.path.removeprefix("static"), safe=UNQUOTED)
        return self._home.find_path(address) or address

    @property
    def media(self) -> tuple[Media, ...]:
        """The files that were met."""
        return tuple(self._media.values())
