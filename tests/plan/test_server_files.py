"""What web servers and hosts are told, as whole files."""

from sitegen.model.article import ImageSlot, LeadImage
from sitegen.model.config import Config
from sitegen.model.facts import RecentComment
from sitegen.model.message_views import TextView
from sitegen.model.names import ArticleId, Url
from sitegen.model.values import replace
from sitegen.plan.site import SitePlan, plan_site
from tests.samples import CLOCK, article, metadata, plain, snapshot, sources, view_at

CONFIG = {
    "redirects": {"/old/": "/", "/?p=7&lang=en": "world/a.md", "/a*c/": "https://archive.example/d:e"},
    "redirect_hosts": ("archive.example",),
    "gone": {"/withdrawn/": "Withdrawn.", "/?p=9": "Withdrawn."},
}


def plan_for(base_url: str, *assets: str, **keys: object) -> SitePlan:
    config = Config(base_url=base_url, **{**CONFIG, **keys})  # type: ignore[arg-type]
    return plan_site(sources(plain("a", aliases=(Url("/caf é/"),)), config=config, assets=assets))


def text_of(plan: SitePlan, name: str) -> str:
    return view_at(plan, name, TextView).text


def test_redirects_that_every_host_reads() -> None:
    assert (
        text_of(plan_for("https://news.example/"), "_redirects")
        == """\
/a%2Ac/ https://archive.example/d%3Ae 301
/caf%20%C3%A9/ /world/2026/10/a/ 301
/comments/feed/ /atom.xml 301
/feed/ /rss.xml 301
/feed/atom/ /atom.xml 301
/old/ / 301
/world/feed/ /world/rss.xml 301
/world/feed/atom/ /world/atom.xml 301
"""
    )


def test_redirects_for_netlify() -> None:
    plan = plan_for("https://news.example/", hosting="netlify")
    assert text_of(plan, "_redirects").splitlines()[:3] == [
        "/ p=7 lang=en /world/2026/10/a/ 301!",
        "/ p=9 /404.html 410!",
        "/a%2Ac/ https://archive.example/d%3Ae 301!",
    ]
    assert "/withdrawn/ /withdrawn/index.html 410!\n" in text_of(plan, "_redirects")


def test_redirects_below_a_prefix() -> None:
    text = text_of(plan_for("https://news.example/the news/"), "_redirects")
    assert "/the%20news/old/ /the%20news/ 301\n" in text
    assert {line.split("/")[1] for line in text.splitlines()} == {"the%20news"}


def test_headers() -> None:
    assert (
        text_of(plan_for("https://news.example/news/"), "_headers")
        == """\
/news/assets/*
  Cache-Control: public, max-age=31536000, immutable
/news/*
  Content-Security-Policy: default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; \
form-action 'self'
  Referrer-Policy: strict-origin-when-cross-origin
  X-Content-Type-Options: nosniff
"""
    )


def test_headers_allow_the_pictures_that_articles_show() -> None:
    images = tuple(
        ImageSlot(target=target)
        for target in (
            "https://pictures.example/a.png",
            "https://pictures.example/b.png",
            "//cdn.example:8080/c.png",
            "https://evil.example;x/d.png",
            "e.png",
        )
    )
    lead = LeadImage(src="http://other.example/f.png")
    site = sources(article("world/a.md", metadata("a", image=lead), images=images), assets=("content/world/e.png",))
    policy = text_of(plan_site(site), "_headers").partition("Content-Security-Policy: ")[2].partition("\n")[0]
    assert policy.split("; ")[:3] == [
        "default-src 'self'",
        "img-src 'self' http://other.example https://cdn.example:8080 https://pictures.example",
        "object-src 'none'",
    ]


def test_nginx() -> None:
    text = text_of(plan_for("https://news.example/"), "redirects.nginx.conf")
    assert (
        text.partition("map_hash_bucket_size")[2]
        == """\
 128;
map_hash_max_size 2048;

map "$uri" $sitegen_moved {
    default "";
    "/a*c/" "https://archive.example/d:e";
    "/caf é/" "/world/2026/10/a/";
    "/comments/feed/" "/atom.xml";
    "/feed/" "/rss.xml";
    "/feed/atom/" "/atom.xml";
    "/old/" "/";
    "/world/feed/" "/world/rss.xml";
    "/world/feed/atom/" "/world/atom.xml";
}

map "$uri?$args" $sitegen_target {
    default $sitegen_moved;
    "/?p=7&lang=en" "/world/2026/10/a/";
}

map "$uri" $sitegen_vanished {
    default "";
    "/withdrawn/" "/withdrawn/index.html";
}

map "$uri?$args" $sitegen_gone {
    default $sitegen_vanished;
    "/?p=9" "/404.html";
}
"""
    )


def test_nothing_breaks_out_of_its_quotes() -> None:
    redirects = {'/"; return 200 $host; #/': "/", "/${x}/": "/#$x", "/`{env.HOME}\\/": "/"}
    plan = plan_for("https://news.example/", redirects=redirects, gone={"/$y/": ""})
    nginx = text_of(plan, "redirects.nginx.conf")
    assert '    "/\\"; return 200 $host; #/" "/";\n' in nginx
    assert '    "/${x}/" "/#%24x";\n' in nginx
    assert '    "/$y/" "/404.html";\n' in nginx
    caddy = text_of(plan, "redirects.caddy")
    assert r"""	"~^/\x22;\ return\ 200\ \$host;\ \#/$" "/" """.rstrip() in caddy
    assert r"""	"~^/\$\x7Bx\x7D/$" "/#$x" """.rstrip() in caddy
    assert r"""	"~^/\x60\x7Benv\.HOME\x7D\x5C/$" "/" """.rstrip() in caddy


def test_inputs_that_nginx_holds_to_be_one_are_one() -> None:
    plan = plan_for("https://news.example/", redirects={"/?p=a": "/", "/?p=A": "world/a.md"}, gone={})
    assert text_of(plan, "redirects.nginx.conf").lower().count('"/?p=a"') == 1


def test_a_page_in_the_place_of_an_old_feed_wins() -> None:
    plan = plan_site(sources(plain("a", url=Url("/feed/"))))
    assert "/feed/" not in [line.split()[0] for line in text_of(plan, "_redirects").splitlines()]
    assert "/feed/atom/ /atom.xml 301\n" in text_of(plan, "_redirects")


def test_files_of_ones_own_win() -> None:
    plan = plan_for("https://news.example/", "static/_redirects", "static/_headers", redirects={})
    assert {spec.path for spec in plan.specs if isinstance(spec.view, TextView)} == {
        "redirects.caddy",
        "redirects.nginx.conf",
    }
    assert plan.problems == ()


def test_the_old_feed_of_comments_leads_to_the_new_one_where_there_are_comments() -> None:
    recent = (RecentComment(anchor="comment-1", published=CLOCK, updated=CLOCK),)
    plan = plan_site(sources(plain("a"), snapshots={ArticleId("world/a.md"): replace(snapshot(), recent=recent)}))
    assert "/comments/feed/ /comments.xml 301\n" in text_of(plan, "_redirects")
