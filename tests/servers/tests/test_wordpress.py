"""The site is a real one: drafts stay hidden, pictures keep their text, visitors comment, feeds follow."""

import httpx
import pytest

from tests.servers.tests.test_bluesky import grey_png
from tests.servers.wordpress import WordPressSite


def comments(site: WordPressSite, post: int) -> list[tuple[str, int]]:
    return sorted((one["author_name"], one["parent"]) for one in site.api("GET", "comments", post=post))


def test_a_draft_is_hidden_until_it_is_published(wordpress_site: WordPressSite) -> None:
    editor = wordpress_site.editor
    draft = wordpress_site.api("POST", "posts", by=editor, title="Brouillon du four", content="<p>À suivre.</p>")
    assert draft["status"] == "draft"
    assert wordpress_site.http.get(wordpress_site.url, params={"p": draft["id"]}).status_code == 404

    published = wordpress_site.api("POST", f"posts/{draft['id']}", by=editor, status="publish")

    page = wordpress_site.http.get(published["link"])
    assert (page.status_code, "Brouillon du four" in page.text) == (200, True)
    assert "<title>Brouillon du four</title>" in wordpress_site.http.get(f"{wordpress_site.url}/feed/").text


def test_a_picture_keeps_its_alternative_text(wordpress_site: WordPressSite) -> None:
    editor = wordpress_site.editor
    alt = "Trois pains au levain"
    media = wordpress_site.upload_as(editor, grey_png(64, 48), name="pains.png", kind="image/png", alt=alt)
    shown = wordpress_site.api("GET", f"media/{media['id']}")
    details = shown["media_details"]
    assert (shown["alt_text"], details["width"], details["height"]) == (alt, 64, 48)
    assert wordpress_site.http.get(shown["source_url"]).headers["content-type"] == "image/png"


def test_a_visitor_comments_and_is_answered_by_the_house(wordpress_site: WordPressSite) -> None:
    editor = wordpress_site.editor
    post = wordpress_site.api(
        "POST", "posts", by=editor, title="Fermé lundi", content="<p>Bon repos.</p>", status="publish"
    )
    wordpress_site.comment_as_visitor("Anna Petit", "Et mardi ?", post=post["id"])
    (question,) = wordpress_site.api("GET", "comments", post=post["id"])
    answer = {"post": post["id"], "parent": question["id"], "content": "Dès 7 h."}
    wordpress_site.api("POST", "comments", by=editor, **answer)
    assert comments(wordpress_site, post["id"]) == [("Anna Petit", 0), ("Camille Roussel", question["id"])]


def test_a_wrong_password_is_refused(wordpress_site: WordPressSite) -> None:
    answer = httpx.post(
        f"{wordpress_site.url}/wp-json/wp/v2/posts", json={"title": "Non"}, auth=("editor", "wrong"), timeout=30
    )
    assert answer.status_code == 401


def test_an_editor_may_not_change_the_site_s_settings(wordpress_site: WordPressSite) -> None:
    with pytest.raises(httpx.HTTPStatusError) as refused:
        wordpress_site.api("POST", "settings", by=wordpress_site.editor, title="Autre")
    assert refused.value.response.status_code == 403
    changed = wordpress_site.api("POST", "settings", by=wordpress_site.conductor, description="Pain et patience")
    assert changed["description"] == "Pain et patience"
