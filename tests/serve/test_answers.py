"""What the preview answers, on a real socket: pages, files, and nothing else."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sitegen.serve.preview import Preview
from sitegen.serve.reload import Notice
from sitegen.serve.server import PreviewServer
from tests.serve.clients import Reply, get
from tests.serve.folder import FILES, PAGE


def strip_script(reply: Reply) -> str:
    """The body of a page without what the preview puts into it."""
    before, _, after = reply.body.decode().partition('<script src="/__sitegen/reload.js"')
    return before + after.partition("</script>")[2]


def test_a_page_comes_with_the_reload_script_at_the_end_of_its_body(server: PreviewServer, preview: Preview) -> None:
    reply = get(server.port, "/")
    assert reply.status == 200
    script = f'<script src="/__sitegen/reload.js" data-generation="{preview.hub.update.generation}" defer></script>'
    assert reply.body.decode() == PAGE.replace("</body>", f"{script}</body>")
    assert dict(reply.headers.items()) == {
        "Server": "sitegen",
        "Date": reply.headers["Date"],
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Content-Length": str(len(reply.body)),
        "Connection": "close",
    }


@pytest.mark.parametrize(
    ("target", "media_type"),
    [
        ("/rss.xml", "application/xml; charset=utf-8"),
        ("/feed.json", "application/json"),
        ("/photo.avif", "image/avif"),
        ("/photo.webp", "image/webp"),
        ("/empty/picture.svg", "image/svg+xml"),
        ("/style.css?v=1a2b", "text/css; charset=utf-8"),
        ("/notes.txt", "text/plain; charset=utf-8"),
        ("/unknown.xyz", "application/octet-stream"),
    ],
)
def test_other_files_come_as_they_are(server: PreviewServer, target: str, media_type: str) -> None:
    reply = get(server.port, target)
    content = FILES[target[1:].partition("?")[0]]
    assert (reply.status, reply.headers["Content-Type"]) == (200, media_type)
    assert reply.body == (content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/world", "/world/"),
        ("/world?page=2&x=%20", "/world/?page=2&x=%20"),
        ("/world/caf%C3%A9", "/world/caf%C3%A9/"),
        ("/world/caf\xc3\xa9?q=\xe9", "/world/caf%C3%A9/?q=%E9"),
        ("//world", "/world/"),
    ],
)
def test_a_folder_without_its_slash_moves(server: PreviewServer, target: str, location: str) -> None:
    reply = get(server.port, target)
    assert (reply.status, reply.headers["Location"]) == (301, location)
    assert get(server.port, location).status == 200


@pytest.mark.parametrize(
    "target",
    [
        "/missing",
        "/missing/",
        "/empty",
        "/empty/",
        "/notes.txt/",
        "/.hidden",
        "/%2ehidden",
        "/.git/config",
        "/world/.draft.html",
        "/../secret.txt",
        "/world/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/%uff0e%uff0e/secret.txt",
        "/world/..;/../secret.txt",
        "/world//index.html",
        "/world%2findex.html",
        "/index.html%00.txt",
        "/notes.txt%0a",
        "/out.txt",
        "/out/a.txt",
        "/out",
        "/out/",
        "/loop",
        "/loop/",
        "/pipe",
        "/%",
        "/%ff",
        "/" + "a" * 300,
        "/" + "a/" * 3000,
        "secret.txt",
        "*",
        "http://localhost/../secret.txt",
        "/__sitegen/",
        "/__sitegen/../handler.py",
        "/__sitegen/client/reload.js",
        "/site-secrets/a.txt",
    ],
)
def test_everything_else_is_not_there(server: PreviewServer, target: str) -> None:
    reply = get(server.port, target)
    assert reply.status == 404
    assert b"secret" not in reply.body


def test_the_page_for_missing_addresses_is_the_site_s_own(server: PreviewServer, preview: Preview) -> None:
    assert strip_script(get(server.port, "/world/missing")) == FILES["404.html"]
    (preview.folder / "404.html").unlink()
    reply = get(server.port, "/world/missing")
    assert (reply.status, reply.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert b"<h1>Not found</h1>" in reply.body
    assert b"/__sitegen/reload.js" in reply.body


@pytest.mark.parametrize("target", ["/", "/world", "/missing", "/style.css", "/__sitegen/events"])
def test_head_is_get_without_a_body(server: PreviewServer, target: str) -> None:
    reply = get(server.port, target, method="HEAD")
    assert reply.body == b""
    if target != "/__sitegen/events":
        plain = get(server.port, target)
        assert (reply.status, reply.headers["Content-Length"]) == (plain.status, plain.headers["Content-Length"])


def test_the_scripts_of_the_preview(server: PreviewServer) -> None:
    for name in ("reload.js", "worker.js"):
        reply = get(server.port, f"/__sitegen/{name}?x")
        assert (reply.status, reply.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
        assert b"/__sitegen/events" in reply.body


def test_problems_are_a_page_while_there_is_no_build(tmp_path: Path) -> None:
    missed: list[None] = []
    preview = Preview(folder=tmp_path / "site", miss=lambda: missed.append(None))
    preview.hub.announce((Notice(severity="error", text="a.md:1:1: error[yaml]: <script>\n  hint: &"),), reload=True)
    with PreviewServer(preview, [0]) as server:
        server.start()
        reply = get(server.port, "/any/page/")
    assert (reply.status, reply.headers["Content-Type"]) == (500, "text/html; charset=utf-8")
    assert b"<pre>a.md:1:1: error[yaml]: &lt;script&gt;\n  hint: &amp;</pre>" in reply.body
    assert f'data-generation="{preview.hub.update.generation}"'.encode() in reply.body
    assert len(missed) == 1


def test_pages_that_change_under_way_are_whole(server: PreviewServer, preview: Preview) -> None:
    pages = [f"<p>{letter * 200_000}</p>" for letter in "ab"]
    target = preview.folder / "index.html"

    def swap() -> None:
        for number in range(100):
            (preview.folder / "new").write_text(pages[number % 2])
            (preview.folder / "new").replace(target)

    target.write_text(pages[0])
    with ThreadPoolExecutor(1) as pool:
        swapping = pool.submit(swap)
        while not swapping.done():
            assert strip_script(get(server.port, "/")) in pages
