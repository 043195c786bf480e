"""Real web servers with the redirects that a build writes for them: what a reader with an old address gets."""

import http.client
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.sites import build, write_article, write_files, write_site

CONFIG = """\
title = "The Gazette"
base_url = "{base_url}"
theme = ["tiny"]
redirect_hosts = ["archive.example"]

[redirects]
"/café {{X}} $y/" = "/"
"/?p=7" = "world/a.md"
"/far/" = "https://archive.example/d"

[gone]
"/withdrawn/" = "Withdrawn by its author."
"/?p=9" = "Withdrawn."
"""

NGINX = """\
daemon off;
{user}
pid {folder}/nginx.pid;
error_log stderr;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {site}/redirects.nginx.conf;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        absolute_redirect off;
        error_page 404 {prefix}/404.html;
        if ($sitegen_gone) {{ return 410; }}
        if ($sitegen_target) {{ return 301 $sitegen_target; }}
        error_page 410 @gone;
        location @gone {{ try_files $sitegen_gone =410; }}
    }}
}}
"""

CADDY = """\
{{
	admin off
	auto_https off
	storage file_system {folder}/storage
}}
http://127.0.0.1:{port} {{
	root * {root}
	import {site}/redirects.caddy
	file_server
	handle_errors {{
		@gone expression {{http.error.status_code}} == 410
		rewrite @gone {{sitegen_gone}}
		@lost expression {{http.error.status_code}} == 404
		rewrite @lost {prefix}/404.html
		file_server
	}}
}}
"""

ANSWERS = [
    ("/", 200, "", "The Gazette"),
    ("/world/2026/10/a/", 200, "", "<h1>A</h1>"),
    ("/first/", 301, "/world/2026/10/a/", ""),
    ("/first/?utm_source=x", 301, "/world/2026/10/a/", ""),
    ("/?p=7", 301, "/world/2026/10/a/", ""),
    ("/?p=8", 301, "/world/2026/10/a/", ""),
    ("/article?id=5", 301, "/world/2026/10/a/", ""),
    ("/article?id=6", 404, "", "not here"),
    ("/?p=77", 200, "", "The Gazette"),
    ("/caf%C3%A9%20%7BX%7D%20$y/", 301, "/", ""),
    ("/far/", 301, "https://archive.example/d", ""),
    ("/feed/", 301, "/rss.xml", ""),
    ("/comments/feed/", 301, "/atom.xml", ""),
    ("/world/feed/", 301, "/world/rss.xml", ""),
    ("/withdrawn/", 410, "", "Withdrawn by its author."),
    ("/?p=9", 410, "", "not here"),
    ("/nowhere/", 404, "", "not here"),
    ("/nowhere/?p=7", 404, "", "not here"),
]


def find_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(command: list[str], port: int, home: Path) -> Iterator[None]:
    """Run a server until the body of the `with` ends; it answers when the body begins."""
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={"HOME": str(home), "PATH": "/usr/bin"},
    ) as server:
        try:
            deadline = time.monotonic() + 20
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    if server.poll() is not None or time.monotonic() > deadline:
                        server.kill()
                        assert server.stderr is not None
                        pytest.fail(server.stderr.read())
                    time.sleep(0.02)  # nothing tells when a server listens but asking it
            yield
        finally:
            server.terminate()
            server.wait(timeout=10)
            assert server.stderr is not None
            server.stderr.close()


def ask(port: int, address: str) -> tuple[int, str, str]:
    """Status, Location and body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", address)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.headers.get("Location") or "", body


def build_for(folder: Path, prefix: str) -> Path:
    """Build a site that stands at `prefix` of its host, and return the folder that the host serves."""
    config = CONFIG.format(base_url=f"https://news.example{prefix}/")
    files = {
        "sitegen.toml": config,
        "content/world/a.md": write_article("A", aliases='["/first/", "/?p=8", "/article?id=5"]'),
    }
    site = write_site(folder / "site", files)
    write_files(site, {"themes/tiny/templates/gone.html": "{{ page.reason }}\n"})
    root = folder / "www"
    report = build(site, Path(f"{root}{prefix}"))
    assert report.problems == ()
    return root


def check_answers(port: int, prefix: str) -> None:
    for address, status, location, words in ANSWERS:
        found = ask(port, prefix + address)
        goal = prefix + location if location.startswith("/") else location
        assert found[:2] == (status, goal), address
        assert words in found[2], address


@pytest.mark.parametrize("prefix", ["", "/the/news"])
def test_nginx_answers_old_addresses(prefix: str, nginx: Path, tmp_path: Path) -> None:
    root, port = build_for(tmp_path, prefix), find_port()
    config = tmp_path / "nginx.conf"
    # Its workers give up the rights of root, and then cannot read a test's folder.
    user = "user root;" if os.geteuid() == 0 else ""
    text = NGINX.format(folder=tmp_path, site=f"{root}{prefix}", root=root, port=port, prefix=prefix, user=user)
    config.write_text(text, encoding="utf-8")
    with serving([str(nginx), "-c", str(config), "-e", "stderr"], port, tmp_path):
        check_answers(port, prefix)


@pytest.mark.parametrize("prefix", ["", "/the/news"])
def test_caddy_answers_old_addresses(prefix: str, caddy: Path, tmp_path: Path) -> None:
    root, port = build_for(tmp_path, prefix), find_port()
    config = tmp_path / "Caddyfile"
    config.write_text(
        CADDY.format(folder=tmp_path, site=f"{root}{prefix}", root=root, port=port, prefix=prefix), encoding="utf-8"
    )
    with serving([str(caddy), "run", "--adapter", "caddyfile", "--config", str(config)], port, tmp_path):
        check_answers(port, prefix)
