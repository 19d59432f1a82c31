"""The running site: Debian's WordPress copied to a folder of our own, PHP's own server, a MariaDB of our own."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.servers import process
from tests.servers.mariadb import own_mariadb
from tests.servers.parts import LOOPBACK, PartMissing, answers, free_port, program

HERE = Path(__file__).parent
SOURCES = Path("/usr/share/wordpress")
EXTENSIONS = ("mysqli", "gd", "curl", "mbstring", "dom")
# Application passwords want https, or a site that says it is a local one. Nothing is fetched from outside.
SETTINGS = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', '{database}');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '{address}'); define('WP_SITEURL', '{address}');
define('WP_ENVIRONMENT_TYPE', 'local'); define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('AUTH_KEY', 'a'); define('SECURE_AUTH_KEY', 'b'); define('LOGGED_IN_KEY', 'c'); define('NONCE_KEY', 'd');
define('AUTH_SALT', 'e'); define('SECURE_AUTH_SALT', 'f'); define('LOGGED_IN_SALT', 'g'); define('NONCE_SALT', 'h');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) {{ define('ABSPATH', __DIR__ . '/'); }}
require_once ABSPATH . 'wp-settings.php';
"""
# PHP's server has no rewriting of its own: what is not a file is WordPress's to answer.
ROUTER = """<?php
$path = $_SERVER['DOCUMENT_ROOT'] . urldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
if (is_file($path) || is_file("$path/index.php")) { return false; }
$_SERVER['SCRIPT_NAME'] = '/index.php';
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
"""


@dataclass(frozen=True)
class Author:
    """A member of the site and an application password: what a connection form asks for."""

    login: str
    id: int
    password: str = field(repr=False)


@dataclass
class WordPressSite:
    """A running site. `api` calls its REST API; visitors comment through the page's form."""

    url: str
    version: str
    conductor: Author
    editor: Author
    http: httpx.Client = field(repr=False)

    def api(self, method: str, path: str, *, by: Author | None = None, **body: object) -> Any:
        """One JSON call as `by`; what is given becomes the query of a GET and the body of the others."""
        inside: dict[str, Any] = {"params": body} if method == "GET" else {"json": body}
        if by is not None:
            inside["auth"] = (by.login, by.password)
        response = self.http.request(method, f"{self.url}/wp-json/wp/v2/{path}", **inside)
        response.raise_for_status()
        return response.json()

    def upload_as(self, author: Author, content: bytes, *, name: str, kind: str, alt: str) -> dict[str, Any]:
        """Put a file into the site's library with its alternative text."""
        headers = {"content-type": kind, "content-disposition": f'attachment; filename="{name}"'}
        auth = (author.login, author.password)
        response = self.http.post(f"{self.url}/wp-json/wp/v2/media", content=content, headers=headers, auth=auth)
        response.raise_for_status()
        return dict(self.api("POST", f"media/{response.json()['id']}", by=author, alt_text=alt))

    def comment_as_visitor(self, name: str, text: str, *, post: int, parent: int = 0) -> httpx.Response:
        """Fill in the comment form at the foot of a post, as somebody without an account."""
        form: dict[str, Any] = {
            "author": name,
            "email": f"{name.split()[0].lower()}@example.org",
            "comment": text,
            "comment_post_ID": post,
            "comment_parent": parent,
        }
        response = self.http.post(f"{self.url}/wp-comments-post.php", data=form)
        if response.status_code != httpx.codes.FOUND:
            response.raise_for_status()
            raise RuntimeError(f"the comment was not taken: {response.status_code}")
        return response


def _sources() -> tuple[Path, Path]:
    """PHP and the folder of WordPress. Raises PartMissing naming the packages."""
    php = program("php", package="php-cli")
    if not (SOURCES / "wp-load.php").exists():
        raise PartMissing("WordPress is not installed (Debian packages wordpress, wordpress-theme-twentytwentythree)")
    loaded = process.run([php, "-m"]).split()
    absent = [name for name in EXTENSIONS if name not in loaded]
    if absent:
        raise PartMissing(
            f"PHP lacks {', '.join(absent)} (Debian packages php-mysql php-gd php-curl php-mbstring php-xml)"
        )
    return php, SOURCES


def _lay(sources: Path, site: Path, *, address: str, database: str) -> None:
    """Copy the program, without Debian's own settings, and write ours."""
    shutil.copytree(
        sources, site, ignore=shutil.ignore_patterns("wp-config.php", "languages"), ignore_dangling_symlinks=True
    )
    (site / "wp-config.php").write_text(SETTINGS.format(address=address, database=database))
    (site / "wp-content" / "uploads").mkdir(exist_ok=True)


@contextmanager
def wordpress_site(title: str = "Levain & Fils") -> Iterator[WordPressSite]:
    """A fresh site for the length of the block. Raises PartMissing when a part is not there."""
    php, sources = _sources()
    port = free_port()
    address = f"http://{LOOPBACK}:{port}"
    with tempfile.TemporaryDirectory(prefix="pupitre-wordpress-") as home, own_mariadb() as database:
        database.run("CREATE DATABASE wordpress CHARACTER SET utf8mb4")
        site, router, log = Path(home) / "site", Path(home) / "router.php", Path(home) / "server.log"
        _lay(sources, site, address=address, database=f"{LOOPBACK}:{database.port}")
        router.write_text(ROUTER)
        said = process.run([php, HERE / "install.php", site, address, title]).splitlines()[-1]
        told = json.loads(said)
        authors = {name: Author(name, one["id"], one["password"]) for name, one in told["members"].items()}
        command: list[str | Path] = [php, "-S", f"{LOOPBACK}:{port}", "-t", site, router]
        workers = {"PHP_CLI_SERVER_WORKERS": "2"}
        with (
            process.running(command, log=log, env=workers, cwd=site, ready=lambda: answers(port)),
            httpx.Client(timeout=60) as http,
        ):
            yield WordPressSite(address, told["version"], authors["conductor"], authors["editor"], http)
