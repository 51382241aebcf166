"""The plugin for MkDocs and ProperDocs, the only module that imports `mkdocs`.

Each hook translates the host's objects and calls a function of the core. One build makes one `Site` and keeps nothing
from the build before. The host makes only the hand-written pages of the folders that `reading:` names. All other pages
appear in its navigation, but are written exactly as in a build without a host. Problems are found before the host
cleans its output folder, so a failed build leaves the last good site unchanged.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

from msgspec.structs import replace

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build as build_host
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel

from xiangji import urls
from xiangji.build import Site, build
from xiangji.cache import Cache
from xiangji.cli.destination import left_lines
from xiangji.clock import today
from xiangji.hosts.page_languages import with_languages
from xiangji.model.folders import CONTENT_FOLDERS
from xiangji.output.build_mark import Digests
from xiangji.output.guarded_folder import ReplacementRefused, whole_folder
from xiangji.output.site_folder import write_files
from xiangji.pages import notes
from xiangji.pages.host_markup import as_rendered, cleaned
from xiangji.preview.notice import notice_of, with_notice
from xiangji.problems import Problem, Severity, as_text
from xiangji.readers.config import read_settings
from xiangji.readers.site.destination import STATES, Destination, destination
from xiangji.readers.site.notes import Note
from xiangji.render.context import RenderContext
from xiangji.render.markdown import slug
from xiangji.render.navigation import is_empty
from xiangji.render.outputs import Artifact, Page
from xiangji.settings import Settings
from xiangji.views.languages import CHINESE, language_of, with_chinese_marked
from xiangji.views.table_labels import with_labels

log = get_plugin_logger("xiangji")

_LOUDNESS = {Severity.ERROR: log.error, Severity.WARNING: log.warning, Severity.HINT: log.info}
_STOPPED = "没有生成网站，原来的没有动。 / Nothing was built; the site that was there is untouched."


class XiangjiPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Builds the site, gives the host its hand-written pages, and writes all other files."""

    def __init__(self) -> None:
        self.site: Site | None = None
        self.prepared: Site | None = None
        self._serving = False
        self._blocks: dict[str, list[str]] = {}
        self._english: set[str] = set()
        """The sources of English pages."""
        self._notice = ""
        self._whole: whole_folder | None = None
        self._host: Any = None
        self._site_dir = ""
        self.digests = Digests()

    def load_config(
        self, options: Any, config_file_path: Any = None
    ) -> tuple[list[Any], list[Any]]:
        """Accept any options, because `readers.config` validates them and reports file and line."""
        self.config = options
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember whether the host serves or builds."""
        self._serving = command == "serve"

    def on_config(self, config: Any) -> Any:
        """Headings get the ids that they have in our own pages: the host's own drop every Chinese character."""
        config.mdx_configs.setdefault("toc", {}).setdefault("slugify", slug)
        return config

    @event_priority(100)
    def on_pre_build(self, *, config: Any) -> None:
        """Build the site, before the host removes anything.

        On fatal problems a preview keeps the last good site and shows the problems on top of it; a build stops with
        PluginError.
        """
        site, to = self.prepared, None
        if site is None:
            settings, found = self._settings(config)
            if not self._serving:  # A preview is written to the host's temporary folder.
                to, found = _destination(settings, found, config)
            site = build(settings, found, Cache(settings.root / ".cache" / "xiangji"))
            _log(site)
        self._notice = ""
        if site.fatal(strict=bool(config.strict)):
            if not self._serving:
                raise PluginError(_STOPPED)
            self._notice = notice_of(site.problems, site.settings.root)
            site = self.site or site
        self.site = site
        _file_number(site, config)
        if site.context:
            brand = site.context.library.brand
            config.extra["share"] = site.context.share_picture(brand) or ""
        if site.context and config.nav:
            config.nav = list(_without_empty(config.nav, site.context))
        _teach_search(site)
        if to:
            self._begin(to, config)

    def _settings(self, config: Any) -> tuple[Settings, tuple[Problem, ...]]:
        # While serving, the host's `site_url` is that of the preview. Printed codes need the real
        # one.
        url = None if self._serving else config.site_url
        settings, found = read_settings(Path(config.config_file_path), today(), url)
        return replace(settings, preview=self._serving), found

    def _begin(self, to: Destination, config: Any) -> None:
        """Make the host clean and write a new folder, which replaces the site when it is complete."""
        whole = whole_folder(self._site.settings, to)
        with _refusals():
            folder = whole.__enter__()
        self._whole, self.digests = whole, whole.digests
        self._host, self._site_dir = config, config.site_dir
        config.site_dir = str(folder)

    def _end(self, error: Exception | None = None) -> None:
        whole, self._whole = self._whole, None
        if whole is None:
            return
        self._host.site_dir = self._site_dir
        with _refusals():
            whole.__exit__(type(error) if error else None, error, None)
        docs = Path(self._host.docs_dir).name
        for lang in ("zh", "en"):
            for line in left_lines(whole.left, Path(self._site_dir), docs, lang):
                log.info(line)

    def on_files(self, files: Any, *, config: Any) -> Any:
        """Keep the pages that the host makes; replace all other files by placeholders that links can refer to."""
        _admit(files, config, self._site)
        pages = (*self._site.pages, *self._site.notes)
        config.extra["recalls"] = any(each.address == urls.RECALLS for each in pages)
        return files

    def on_nav(self, nav: Any, *, config: Any, files: Any) -> Any:
        """Set the titles of pages that the host does not read."""
        titles = {page.file: page.title for page in (*self._site.pages, *self._site.notes)}
        for page in nav.pages:
            if isinstance(page.file, _Elsewhere) and page.title is None:
                page.title = titles.get(page.file.dest_uri, page.file.src_uri)
        return nav

    def on_page_markdown(self, markdown: str, *, page: Any, config: Any, files: Any) -> str:
        """Replace blocks in hand-written pages, such as `[产品]`, by markers that pass through the host's Markdown."""
        context = self._site.context
        if context is None:
            return markdown
        page.meta.update(_plain(page.meta))
        text, self._blocks[page.file.src_uri] = notes.marked(context, markdown, page.file.src_uri)
        return text

    @event_priority(100)
    def on_page_content(self, html: str, *, page: Any, config: Any, files: Any) -> str:
        """Sanitize the HTML and put the blocks in. The priority is high, because the search plugin reads the result."""
        uri = page.file.src_uri
        html = html if uri in self._site.settings.trusted else with_labels(cleaned(html))
        html = notes.unmarked(html, [as_rendered(each) for each in self._blocks.pop(uri, [])])
        self._english.discard(uri)
        if language_of(html) == CHINESE:
            return html
        self._english.add(uri)
        return with_chinese_marked(html)

    def on_post_template(self, output: str, *, template_name: str, config: Any) -> str:
        """Drop the host's site map and 404 page, because the core writes its own."""
        return "" if template_name in (urls.SITEMAP, urls.NOT_FOUND) else output

    def on_post_page(self, output: str, *, page: Any, config: Any) -> str:
        """Say which language is where, and in a preview show the problems on top of every page."""
        output = with_languages(output, english=page.file.src_uri in self._english)
        return with_notice(output, self._notice)

    def _write(self, *, config: Any) -> None:
        """Write all files of ours, unless `build_with_host` was called: then its caller writes them."""
        if self.prepared is None:
            others = _ours(self._site, self._notice)
            write_files(self._site, Path(config.site_dir), self.digests, others=others)

    @event_priority(-100)
    def _finish(self, *, config: Any) -> None:
        """Complete the folder. The priority is low, because other plugins may add files that belong to this build."""
        self._end()

    on_post_build = CombinedEvent(_write, _finish)

    def on_build_error(self, *, error: Exception) -> None:
        """Discard the folder of a failed build, so that it does not replace the site."""
        self._end(error)

    def on_serve(self, server: Any, *, config: Any, builder: Callable[..., Any]) -> Any:
        """Watch the content folders as well."""
        for name in CONTENT_FOLDERS:
            folder = Path(config.config_file_path).parent / name
            if folder.is_dir():
                server.watch(str(folder))
        return server

    @property
    def _site(self) -> Site:
        assert self.site is not None, "on_pre_build comes first"
        return self.site


def _destination(
    settings: Settings, found: tuple[Problem, ...], config: Any
) -> tuple[Destination, tuple[Problem, ...]]:
    """Return the folder that the host is going to write, and those of the problems `found` that still apply.

    A `site_dir` other than that of the configuration makes the problems of the configured folder irrelevant. Raises
    PluginError if the folder may not be written.
    """
    given, own = Path(config.site_dir), settings.root / settings.site_dir
    if os.path.normcase(given) == os.path.normcase(os.path.abspath(own)):  # noqa: PTH100 (links stay)
        to = destination(settings, given, "site", settings.site_dir_at, settings.site_dir)
    else:
        found = tuple(each for each in found if each.rule not in STATES)
        to = destination(settings, given)
    if isinstance(to, Destination):
        return replace(to, mark=None), found
    raise PluginError(f"{as_text([to])}\n{_STOPPED}")


@contextmanager
def _refusals() -> Iterator[None]:
    """Translate errors that keep a site from being written into PluginError."""
    try:
        yield
    except ReplacementRefused as error:
        raise PluginError(f"{as_text([error.problem])}\n{_STOPPED}") from error
    except OSError as error:
        raise PluginError(f"{error.strerror or error}\n{_STOPPED}") from error


def _ours(site: Site, notice: str) -> Iterator[Artifact]:
    """Yield every page and file of ours that is in no shard, in a preview with the problems on top of each page."""
    pages: tuple[Page | Artifact, ...] = (*site.own, *site.notes, *site.pages)
    for each in pages:
        content = each.content
        if notice and each.file.endswith(".html"):
            content = with_notice(content.decode(), notice).encode()
        yield Artifact(each.file, content, each.source)
    for file in site.beside:
        yield Artifact(file.uri, file.read(), file.source.path)


class _Elsewhere(File):
    """A placeholder for a page or file that host pages may link to, and that the core writes."""

    def is_documentation_page(self) -> bool:
        """Return False, so that the host makes no page of it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Copy nothing, because the core writes the file."""


def _admit(files: Any, config: Any, site: Site) -> None:
    """Remove the files that the host makes no pages of, and add a placeholder for each page and file of ours."""
    read = {page.uri for page in site.reading} | {f"{p.address[:-1]}.md" for p in site.reading}
    for file in [each for each in files if each.generated_by is None]:
        below = file.src_dir is not None and Path(file.src_dir) == Path(config.docs_dir)
        if below and file.src_uri not in read:
            files.remove(file)
    there = {urls.file_of(urls.note(each.uri)): each.uri for each in _notes(site)}
    ours = {there.get(page.file, page.uri): page.file for page in (*site.notes, *site.pages)}
    ours |= {each.uri: each.uri for each in site.beside}
    for uri, file in ours.items():
        level = InclusionLevel.NOT_IN_NAV
        made = _Elsewhere.generated(config, uri, content="", inclusion=level)
        made.dest_uri = file
        made.url = urls.of_file(file) or "./"
        files.append(made)


def _notes(site: Site) -> Iterable[Note]:
    return site.context.library.notes if site.context else ()


def _plain(meta: Any) -> Any:
    """Escape the metadata of a page for HTML, because most theme templates print it unescaped."""
    if isinstance(meta, str):
        return escape(meta) if any(sign in meta for sign in "<>\"'") else meta
    if isinstance(meta, dict):
        return {key: _plain(value) for key, value in meta.items()}
    return [_plain(each) for each in meta] if isinstance(meta, list) else meta


def _log(site: Site) -> None:
    """Log problems through the host's logger, which counts warnings for `--strict`."""
    for found in site.problems:
        report = _LOUDNESS[found.severity]
        report(as_text([found]))


def _without_empty(items: Iterable[Any], context: RenderContext) -> Iterator[Any]:
    """The host's navigation without lists that have nothing on them: no tab leads to an empty page."""
    for item in items:
        if isinstance(item, dict):
            kept = {
                title: below
                for title, below in item.items()
                if not _leads_to_nothing(below, context)
            }
            if kept:
                yield {
                    title: list(_without_empty(below, context))
                    if isinstance(below, list)
                    else below
                    for title, below in kept.items()
                }
        elif not _leads_to_nothing(item, context):
            yield item


def _leads_to_nothing(item: Any, context: RenderContext) -> bool:
    return isinstance(item, str) and item.endswith(".md") and is_empty(context, item)


def _file_number(site: Site, config: Any) -> None:
    """The number under which the site is filed stands on every page, by law; themes of hosts print what is copyright."""
    number = site.context.library.brand.record_number if site.context else None
    before = config.copyright or ""
    if number and number not in before:
        link = f'<a href="https://beian.miit.gov.cn/">{escape(number)}</a>'
        config.copyright = f"{before}<br>{link}" if before else link


def _teach_search(site: Site) -> None:
    """Add short product names to the host's Chinese word segmenter, so that 折耳根 is found as one word."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # The regular expressions of jieba predate raw strings.
            import jieba  # type: ignore[import-untyped]
    except ImportError:
        return
    jieba.setLogLevel(logging.WARNING)
    library = site.context.library if site.context else None
    for product in library.products.values() if library else ():
        # A longer name must be segmented into words that people search for: 辣子鸡 finds 阳朗辣子鸡.
        if len(product.name) <= 3:
            jieba.add_word(product.name)


def build_with_host(site: Site, config_file: Path, out: Path) -> None:
    """Run the host for an already checked site, so that it writes its pages into `out`. Raises one of `FAILURES`."""
    config = load_config(str(config_file), site_dir=str(out), strict=False)
    plugin = config.plugins.get("xiangji")
    assert isinstance(plugin, XiangjiPlugin), "the configuration names the plugin xiangji"
    plugin.prepared = site
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build_host(config)
    finally:
        config.plugins.on_shutdown()


FAILURES = Abort, MkDocsException
"""The exceptions that a host raises when a build fails."""
