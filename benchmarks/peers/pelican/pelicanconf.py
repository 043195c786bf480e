"""The work that all compared generators do."""

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "plugins"))

SITENAME = "Bench News"
SITEURL = "https://news.example"
PATH = "content"
OUTPUT_PATH = "public"
TIMEZONE = "UTC"
THEME = "theme"
THEME_STATIC_DIR = "."
SECTIONS = ["world", "local", "economy", "science", "culture"]
ARTICLE_URL = "{category}/{slug}/"
ARTICLE_SAVE_AS = "{category}/{slug}/index.html"
CATEGORY_URL = "{slug}/"
CATEGORY_SAVE_AS = "{slug}/index.html"
TAG_URL = "tags/{slug}/"
TAG_SAVE_AS = "tags/{slug}/index.html"
AUTHOR_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES = {"index": 20, "category": 20, "tag": 20}
PAGINATION_PATTERNS = (
    (1, "{base_name}/", "{base_name}/index.html"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)
FEED_ALL_RSS = "index.xml"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = True
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.toc": {},
        "markdown.extensions.smarty": {},
    },
    "output_format": "html5",
}
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["neighbours"]
# A summary is plain text, as it is for the others; Pelican would convert it from Markdown too.
FORMATTED_FIELDS: list[str] = []
STATIC_PATHS: list[str] = []
DELETE_OUTPUT_DIRECTORY = False


def load_comments(slug: str) -> object:
    """Return the comments on an article."""
    return json.loads((HERE / "comments" / f"{slug}.json").read_text(encoding="utf-8"))


JINJA_FILTERS = {"thread": load_comments}
