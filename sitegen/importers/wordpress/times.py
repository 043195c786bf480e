"""Times of WordPress: UTC where it is told, else local; `0000-00-00 00:00:00` is none."""

from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime

_YEARS = range(1000, 2200)


def read_date(text: str | None, zone: tzinfo = UTC) -> datetime | None:
    """Return the instant that WordPress has written without a zone, as one in `zone`; None for what is none."""
    try:
        at = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return _keep_sound(at if at.tzinfo else at.replace(tzinfo=zone))


def read_rss_date(text: str) -> datetime | None:
    """Return the instant that RSS writes (RFC 2822); None for what is none, and for the zeros of WordPress."""
    try:
        at = parsedate_to_datetime(text.strip())
    except ValueError:
        return None
    return _keep_sound(at if at.tzinfo else at.replace(tzinfo=UTC))


def _keep_sound(at: datetime) -> datetime | None:
    """Return an instant, or None for one at the ends of the calendar: some program's word for "never"."""
    return at if at.year in _YEARS else None


def write_instant(at: datetime | None) -> str | None:
    """Return an instant as a snapshot has it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else None
