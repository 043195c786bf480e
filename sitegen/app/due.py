"""What happens to a site by itself, and when."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sitegen.app.listing import Listing, Row, look_at_site
from sitegen.app.report import sort_problems
from sitegen.app.site import Site
from sitegen.app.sources import Progress
from sitegen.model.config import Config
from sitegen.plan.schedule import Change, list_changes
from sitegen.plan.urls import document_url


def list_due(site: Site, clock: datetime, progress: Progress) -> Listing:
    """Return a row for everything that changes the output after `clock` without an edit, the next first."""
    gathered, _ = look_at_site(site, clock, progress)
    rows = tuple(_row(change, site.config) for change in list_changes(gathered.articles.values(), clock))
    return Listing(rows=rows, problems=sort_problems(gathered.problems))


def _row(change: Change, config: Config) -> Row:
    zone = ZoneInfo(config.timezone)
    return {
        "at": change.at.astimezone(zone).isoformat(),
        "event": change.event,
        "path": f"content/{change.article.id}",
        "url": document_url(change.article, config, zone),
        "title": change.article.metadata.title,
    }
