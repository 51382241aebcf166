"""Writes a site as plain files that another generator can build: Markdown, templates and finished files.

The folder holds `docs/`, `overrides/` with small templates, and an `mkdocs.yml` without our plugin, which MkDocs,
ProperDocs and Zensical read. `docs/` has the pages of the folders in `reading:` with their blocks filled in. For each
other page it has a placeholder whose front matter carries title, template and the finished document. All other files
are copied as they are.
"""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from pathlib import Path

from xiangji import urls
from xiangji.build import Site
from xiangji.output.files import write_outputs
from xiangji.output.foreign_files import ForeignFiles
from xiangji.output.guarded_folder import whole_folder
from xiangji.output.site_folder import write_files
from xiangji.pages import notes
from xiangji.pages.host_markup import without_markup
from xiangji.readers.site.destination import Destination
from xiangji.render.outputs import Artifact, Page
from xiangji.settings import NavItem
from xiangji.shards.processes import Told
from xiangji.shards.remote import ShardExecutor

_DOCS = "docs"
_TEMPLATES = ("main.html", "owned.html")


def write_stage(
    site: Site, to: Destination, progress: Told | None = None, team: ShardExecutor | None = None
) -> tuple[int, ForeignFiles]:
    """Write the staged site to a destination. Returns the number of files, and what happened to foreign files."""
    whole = whole_folder(site.settings, to)
    with whole as folder:
        docs = folder / _DOCS
        docs.mkdir()
        source = site.settings.root / site.settings.docs_dir
        for each in site.beside:
            write_outputs([Artifact(each.uri, each.read(), each.source.path)], docs)
        for uri, page in _pages(site).items():
            _write(docs / uri, _stand_in(page))
        _write_notes(site, source, docs)
        whole.digests.below = f"{_DOCS}/"
        count = write_files(site, docs, whole.digests, progress, team)
        for name in _TEMPLATES:
            text = (files("xiangji_theme") / "host" / name).read_text("utf-8")
            _write(folder / "overrides" / name, text)
        _write(folder / "mkdocs.yml", _config(site))
        missing = next(each for each in site.own if each.uri == urls.NOT_FOUND)
        text = missing.content.decode()
        _write(folder / "overrides" / urls.NOT_FOUND, f"{{% raw %}}{text}{{% endraw %}}")
    pages = (*site.pages, *site.notes, *site.reading)
    return count + len(pages) + len(_TEMPLATES) + 2, whole.left


def _write_notes(site: Site, source: Path, docs: Path) -> None:
    """Write the hand-written pages with their blocks filled in, and keep their own front matter."""
    context = site.context
    assert context is not None
    for note in context.library.notes:
        if not site.settings.is_read(note.uri):
            continue
        text = (source / note.uri).read_text("utf-8-sig")
        head = text[: len(text) - len(note.body)] if text.endswith(note.body) else ""
        if any(sign in head for sign in "<>&\\"):
            head = (
                _head({"title": escape(note.title), "description": escape(note.description)}) + "\n"
            )
        body, made = notes.marked(context, note.body, note.uri)
        if note.uri not in site.settings.trusted:
            body = without_markup(body)
        _write(docs / note.uri, head + notes.unmarked(body, made))


def _pages(site: Site) -> dict[str, Page]:
    """Return the pages in our own frame, by the path of the Markdown file that stands for each."""
    assert site.context is not None
    written = {urls.note(each.uri): each.uri for each in site.context.library.notes}
    return {written.get(each.address, each.uri): each for each in (*site.pages, *site.notes)}


def _stand_in(page: Page) -> str:
    facts = {
        "title": escape(page.title, quote=False),
        "description": escape(page.description, quote=False),
        "template": "owned.html",
        "document": page.document,
    }
    return f"{_head(facts)}\n{page.body}\n"


def _head(facts: dict[str, str]) -> str:
    # Every JSON string is a valid YAML string.
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items()]
    return "---\n" + "\n".join(lines) + "\n---\n"


def _config(site: Site) -> str:
    settings = site.settings
    facts: dict[str, object] = {
        "site_name": settings.site_name or "Xiangji",
        "docs_dir": _DOCS,
        "use_directory_urls": True,
        "theme": {
            "name": "material",
            "custom_dir": "overrides",
            "language": "zh",
            "font": False,
            "palette": {"primary": "custom", "accent": "custom"},
        },
        "plugins": ["search"],
        "markdown_extensions": ["tables", "sane_lists", "md_in_html", "attr_list", "admonition"],
        "nav": [_nav(item) for item in settings.nav],
    }
    if settings.site_url:
        facts["site_url"] = settings.site_url
    if not settings.nav:
        del facts["nav"]
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"


def _nav(item: NavItem) -> object:
    if item.children:
        return {item.title: [_nav(child) for child in item.children]}
    return {item.title: item.uri} if item.title else item.uri


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8", newline="\n")
