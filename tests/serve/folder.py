"""A folder as a build leaves it, with all sorts of files."""

PAGE = "<!doctype html><title>Home</title><body><p>Home</p></body>\n"
FILES: dict[str, str | bytes] = {
    "manifest.sha256": "",
    "index.html": PAGE,
    "404.html": "<!doctype html><title>Lost</title><body>Nothing here</body>",
    "world/index.html": PAGE,
    "world/café/index.html": PAGE,
    "empty/picture.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "rss.xml": "<rss/>",
    "feed.json": "{}",
    "photo.avif": b"\0\0\0\x1cftypavif",
    "photo.webp": b"RIFF",
    "style.css": "p { color: red }",
    "notes.txt": "é",
    "unknown.xyz": b"\xff",
    ".hidden": "secret",
    ".git/config": "secret",
    "world/.draft.html": "secret",
}
