"""Single lines of a site's files, for messages."""

from pathlib import Path


class LineReader:
    """Reads lines below a folder; keeps the last file, since problems come file by file."""

    def __init__(self, root: Path) -> None:
        """Read below `root`."""
        self._root = root
        self._file = ""
        self._lines: tuple[str, ...] = ()

    def __call__(self, file: str, line: int) -> str | None:
        """Return a line, or None where it cannot be had."""
        if file != self._file:
            try:
                text = (self._root / file).read_bytes().decode("utf-8-sig", "replace")
            except OSError:
                return None
            self._file = file
            self._lines = tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        return self._lines[line - 1] if 0 < line <= len(self._lines) else None
