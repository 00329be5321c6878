"""Other generators of static sites, set up in a throw-away folder on the same Markdown: Hugo, Pelican, Eleventy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from pages import write_markdown

HUGO = """\
baseURL = "https://example.org/"
title = "Gebiedsgericht werken"
disableKinds = ["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]
"""
PELICAN = """\
SITENAME = "Gebiedsgericht werken"
PATH, PAGE_PATHS, ARTICLE_PATHS = "content", ["gebieden"], []
PAGE_URL = PAGE_SAVE_AS = "gebieden/{slug}/index.html"
DIRECT_TEMPLATES, STATIC_PATHS = [], []
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
THEME = "theme"
TIMEZONE = "Europe/Amsterdam"
MARKDOWN = {"extensions": ["markdown.extensions.tables", "markdown.extensions.meta"], "output_format": "html5"}
"""
ELEVENTY = """\
module.exports = function (config) {
  config.setQuietMode(true);
  return { dir: { input: "content", includes: "../includes", output: "out" }, markdownTemplateEngine: false };
};
"""
PAGE = """\
<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><title>TITLE · Gebiedsgericht werken</title>
<link rel="stylesheet" href="/assets/style.css"></head>
<body><header><a href="/index.html">Gebiedsgericht werken</a></header>
<nav><ol><li><a href="/index.html">Home</a></li><li>TITLE</li></ol></nav>
<main><h1>TITLE</h1>
CONTENT
</main><footer><a href="/sitemap.html">Sitemap</a></footer></body></html>
"""


def page_template(title: str, content: str) -> str:
    """The same bare page in the language of a generator."""
    return PAGE.replace("TITLE", title).replace("CONTENT", content)


def put(path: Path, text: str) -> None:
    """Write a file with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def hugo(folder: Path, count: int) -> Sequence[str] | str:
    """The command that builds with Hugo, or why there is none."""
    program = shutil.which("hugo")
    if program is None:
        return "no hugo here: install the Debian package"
    put(folder / "config.toml", HUGO)
    put(folder / "layouts/_default/single.html", page_template("{{ .Title }}", "{{ .Content }}"))
    write_markdown(folder / "content/gebieden", count)
    return [program, "--quiet", "--source", str(folder), "--destination", str(folder / "out"), "--cleanDestinationDir"]


def pelican(folder: Path, count: int) -> Sequence[str] | str:
    """The command that builds with Pelican in an environment of its own, or why there is none."""
    python = folder / "venv/bin/python"
    try:
        _quietly([sys.executable, "-m", "venv", str(folder / "venv")], folder)
        _quietly([str(python), "-m", "pip", "install", "--quiet", "pelican[markdown]"], folder)
    except subprocess.CalledProcessError:
        return "Pelican could not be installed"
    put(folder / "pelicanconf.py", PELICAN)
    put(folder / "theme/templates/page.html", page_template("{{ page.title }}", "{{ page.content }}"))
    (folder / "theme/static").mkdir(parents=True, exist_ok=True)
    write_markdown(folder / "content/gebieden", count)
    return _within(folder, f"{python} -m pelican content -s pelicanconf.py -o out --delete-output-directory")


def eleventy(folder: Path, count: int) -> Sequence[str] | str:
    """The command that builds with Eleventy, or why there is none."""
    if shutil.which("npm") is None:
        return "no npm here"
    put(folder / "package.json", "{}")
    try:
        _quietly(["npm", "install", "--no-audit", "--no-fund", "@11ty/eleventy"], folder)
    except subprocess.CalledProcessError:
        return "Eleventy could not be installed"
    put(folder / "eleventy.config.cjs", ELEVENTY)
    put(folder / "includes/page.njk", page_template("{{ title }}", "{{ content | safe }}"))
    write_markdown(folder / "content/gebieden", count)
    put(folder / "content/gebieden/gebieden.json", '{"layout": "page.njk"}')
    return _within(folder, "node node_modules/@11ty/eleventy/cmd.cjs --config=eleventy.config.cjs")


def _within(folder: Path, command: str) -> Sequence[str]:
    return ["sh", "-c", f"cd '{folder}' && exec {command}"]


def _quietly(command: Sequence[str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603 # our own


GENERATORS: dict[str, Callable[[Path, int], Sequence[str] | str]] = {
    "Hugo": hugo,
    "Pelican": pelican,
    "Eleventy": eleventy,
}
