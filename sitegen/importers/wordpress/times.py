"""Times of WordPress: UTC where it is told, else local; `0000-00-00 00:00:00` is none."""

from datetime import UTC, datetime, tzinfo


def read_date(text: str | None, zone: tzinfo = UTC) -> datetime | None:
    """Return the instant that WordPress has written without a zone, as one in `zone`; None for what is none."""
    try:
        at = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def write_instant(at: datetime | None) -> str | None:
    """Return an instant as a snapshot has it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else None
