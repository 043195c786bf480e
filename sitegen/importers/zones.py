"""The zone of times that have none."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitegen.errors import UsageError
from sitegen.importers.records import ImportRequest


def read_zone(name: str) -> ZoneInfo:
    """Return a zone by its IANA name; raises UsageError where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as failure:
        raise UsageError(f"--timezone: there is no zone `{name}`", "write it as Europe/Amsterdam") from failure


def find_zone(request: ImportRequest) -> ZoneInfo:
    """Return the zone of times without one: `--timezone`, else the site's; raises UsageError for none."""
    return read_zone(request.timezone or request.config.timezone)
