"""Addresses in an exported item on their way here: what is in the export is named from the site's root."""

import re
from urllib.parse import parse_qsl, quote, unquote, urljoin

from sitegen.importers.records import Media
from sitegen.importers.wordpress.home import UNQUOTED, Home
from sitegen.importers.wordpress.wxr_survey import Survey, split_address, strip_address

_VARIANT = re.compile(r"-(?:\d{1,5}x\d{1,5}|scaled|rotated|e\d{9,14})(?=\.[A-Za-z0-9]{2,5}$)")
"""What WordPress puts into the names of the smaller and turned copies that it makes of a picture."""
_NUMBERS = frozenset({"p", "page_id", "attachment_id"})


class Links:
    """The addresses of one item; notes the files that it needs and the links that lead to nothing in the export."""

    def __init__(self, home: Home, survey: Survey, page: str) -> None:
        """Look addresses of `home` up in `survey`, as they are meant at the address `page`."""
        self._home = home
        self._page = page
        self._survey = survey
        self._media: dict[str, Media] = {}
        self.unknown = 0
        """How many links lead to addresses of the old site that are not in the export."""

    @property
    def media(self) -> tuple[Media, ...]:
        """The files that were met."""
        return tuple(self._media.values())

    def move(self, address: str) -> str:
        """Return where an address leads here; what leads nowhere here stays as it was written."""
        if not address or address.startswith("#"):
            return address
        whole = _join(self._page, address)
        if self._find_file(whole):
            return self._move_file(whole)
        local = self._home.find_path(whole)
        if local is None:
            return address
        parts = split_address(local)
        path = unquote(parts.path)
        number = next((value for name, value in parse_qsl(parts.query) if name in _NUMBERS), "")
        file = self._survey.attachments[number].url if number in self._survey.attachments else None
        file = file or self._survey.files.get(path)
        if file:
            return self._move_file(file)
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        known = self._survey.paths.get(number)
        if known:
            return f"{quote(known)}{fragment}"
        if self._survey.knows(path) and not (path == "/" and parts.query):
            return local
        self.unknown += 1
        return address

    def _find_file(self, address: str) -> Media | None:
        """Return the file that an address names, on the old site or wherever its media library is."""
        media = self._home.find_media(address)
        if media is not None:
            return media
        stripped = strip_address(address)
        whole = _VARIANT.sub("", stripped)
        place = self._survey.library.get(stripped) or self._survey.library.get(whole)
        if place is None:
            return None
        if stripped not in self._survey.library:
            place = f"{place.rpartition('/')[0]}/{unquote(stripped).rpartition('/')[2]}"
        return Media(path=place, address=address.partition("?")[0], file=self._home.find_file(place))

    def _move_file(self, address: str) -> str:
        """Return the address of a file; of a smaller copy that is not there, that of the picture itself."""
        media = self._find_file(address)
        original = self._find_file(_VARIANT.sub("", address.partition("?")[0]))
        if media is None:
            return address
        if original and original.file and not media.file:
            media = original
        self._media.setdefault(media.path, media)
        return quote(media.path.removeprefix("static"), safe=UNQUOTED)


def _join(page: str, address: str) -> str:
    """Return the whole address that a browser makes of one on a page."""
    try:
        return urljoin(page, address)
    except ValueError:
        return address
