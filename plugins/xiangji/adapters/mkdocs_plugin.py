"""MkDocs and ProperDocs as hosts. The only module that imports `mkdocs`.

A hook translates and calls. One build makes one `Site`; nothing is kept from the one before.
Pages stand in the host's navigation and search; their HTML is ours, so that it is the same under
every host. Problems are found before the host cleans its output folder, so a failed build leaves the
last good site as it was.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build as build_host
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel

from xiangji import urls
from xiangji.adapters.files import write_outputs
from xiangji.adapters.folder import write_files
from xiangji.adapters.mark import Digests
from xiangji.adapters.notice import with_notice
from xiangji.adapters.parcels import Team
from xiangji.adapters.whole import Refused, whole_folder
from xiangji.cache import Cache
from xiangji.calendar import today
from xiangji.cli.destination import left_lines
from xiangji.pages import frame, notes
from xiangji.pages.output import Artifact, Page
from xiangji.pages.site_markup import as_rendered, cleaned
from xiangji.problems import Problem, Severity, as_text
from xiangji.settings import Settings
from xiangji.site import Site, build
from xiangji.sources.config import read_settings
from xiangji.sources.destination import STATES, Destination, destination

log = get_plugin_logger("xiangji")

_LOUDNESS = {Severity.ERROR: log.error, Severity.WARNING: log.warning, Severity.HINT: log.info}
TEMPLATE = "owned.html"
_FOLDERS = ("stories", "products")
_STOPPED = "没有生成网站，原来的没有动。 / Nothing was built; the site that was there is untouched."


class XiangjiPlugin(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """Reads the village, hands its pages to the host, writes the other files."""

    def __init__(self) -> None:
        self.site: Site | None = None
        self.prepared: Site | None = None
        self.team: Team | None = None
        self._serving = False
        self._pages: dict[str, Page] = {}
        self._blocks: dict[str, list[str]] = {}
        self._notice = ""
        self._sitemaps: list[Artifact] = []
        self._whole: whole_folder | None = None
        self._host: Any = None
        self._site_dir = ""
        self.digests = Digests()

    def load_config(
        self, options: Any, config_file_path: Any = None
    ) -> tuple[list[Any], list[Any]]:
        """Accept any options: our own reader checks them, with place and remedy."""
        self.config = options
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self._serving = command == "serve"

    @event_priority(100)
    def on_pre_build(self, *, config: Any) -> None:
        """Before the host cleans anything. A preview goes on with the last good site and shows the
        problems on top of it; a build stops."""
        site, to = self.prepared, None
        if site is None:
            settings, found = self._settings(config)
            if not self._serving:  # A preview is written to a folder of its own.
                to, found = _destination(settings, found, config)
            site = build(settings, found, Cache(settings.root / ".cache" / "xiangji"))
            _log(site)
        self._notice = ""
        if site.fatal(strict=bool(config.strict)):
            if not self._serving:
                raise PluginError(_STOPPED)
            self._notice = as_text(site.problems)
            site = self.site or site
        self.site = site
        self._pages = {page.uri: page for page in site.pages}
        _teach_search(site)
        if to:
            self._begin(to, config)

    def _settings(self, config: Any) -> tuple[Settings, tuple[Problem, ...]]:
        # While serving, the host's site_url is the preview's; codes keep the real one.
        url = None if self._serving else config.site_url
        settings, found = read_settings(Path(config.config_file_path), today(), url)
        return replace(settings, preview=self._serving), found

    def _begin(self, to: Destination, config: Any) -> None:
        """Have the host write, and clean, a new folder: it takes the site's place when it is whole."""
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
        """Our pages become files of the host, outside of the automatic navigation."""
        for uri, page in self._pages.items():
            level = InclusionLevel.NOT_IN_NAV
            file = File.generated(config, uri, content=_stand_in(page), inclusion=level)
            file.edit_uri = None
            files.append(file)
        _admit(files, config, self._site)
        return files

    def on_page_markdown(self, markdown: str, *, page: Any, config: Any, files: Any) -> str:
        """Blocks in hand-written pages, such as `[产品]`."""
        if page.file.src_uri in self._pages:
            return ""
        press = self._site.press
        if press is None:
            return markdown
        page.meta.update(_plain(page.meta))
        text, self._blocks[page.file.src_uri] = notes.marked(press, markdown, page.file.src_uri)
        return text

    @event_priority(100)
    def on_page_content(self, html: str, *, page: Any, config: Any, files: Any) -> str:
        """The searchable part of our pages, early, since search reads it."""
        ours = self._pages.get(page.file.src_uri)
        if ours:
            return ours.body
        uri = page.file.src_uri
        html = html if uri in self._site.settings.trusted else cleaned(html)
        return notes.unmarked(html, [as_rendered(each) for each in self._blocks.pop(uri, [])])

    def on_page_context(self, context: Any, *, page: Any, config: Any, nav: Any) -> Any:
        ours = self._pages.get(page.file.src_uri)
        if ours:
            page.meta["document"] = ours.document
        return context

    def on_post_template(self, output: str, *, template_name: str, config: Any) -> str:
        """A site map with the batch sheets, and without the day it was made."""
        if template_name != urls.SITEMAP or self._site.press is None:
            return output
        first, *self._sitemaps = frame.sitemaps(
            self._site.press, [*self._site.notes, *self._site.pages, *self._site.promised]
        )
        return first.content.decode()

    def on_post_page(self, output: str, *, page: Any, config: Any) -> str:
        """In a preview, what is wrong stands on top of every page."""
        return with_notice(output, self._notice)

    def _write(self, *, config: Any) -> None:
        write_files(self._site, Path(config.site_dir), self.digests, team=self.team)
        self.digests.add(write_outputs(self._sitemaps, Path(config.site_dir)))
        # The host's packed copy carries the day of the clock.
        (Path(config.site_dir) / f"{urls.SITEMAP}.gz").unlink(missing_ok=True)

    @event_priority(-100)
    def _finish(self, *, config: Any) -> None:
        """Late, since others may add files: those are of this build too."""
        self._end()

    on_post_build = CombinedEvent(_write, _finish)

    def on_build_error(self, *, error: Exception) -> None:
        self._end(error)

    def on_serve(self, server: Any, *, config: Any, builder: Callable[..., Any]) -> Any:
        for name in _FOLDERS:
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
    """Where the host is going to write, and the problems that are left of those `found`."""
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
    """What keeps a site from being written, as the host tells it."""
    try:
        yield
    except Refused as error:
        raise PluginError(f"{as_text([error.problem])}\n{_STOPPED}") from error
    except OSError as error:
        raise PluginError(f"{error.strerror or error}\n{_STOPPED}") from error


def _admit(files: Any, config: Any, site: Site) -> None:
    """Of the files below `docs_dir`, those that belong to the site, as they are published there."""
    pages = {note.uri for note in site.press.library.notes} if site.press else set()
    beside = {each.uri: each for each in site.beside}
    for file in [each for each in files if each.generated_by is None]:
        if file.src_dir is None or Path(file.src_dir) != Path(config.docs_dir):
            continue
        found = beside.get(file.src_uri)
        if found is None and file.src_uri not in pages:
            files.remove(file)
        elif found is not None:
            hidden = file.src_uri.startswith(".")
            level = InclusionLevel.INCLUDED if hidden else file.inclusion
            file.inclusion = level
            if found.content is not None:
                files.remove(file)
                made = File.generated(config, file.src_uri, content=found.content, inclusion=level)
                files.append(made)


def _plain(meta: Any) -> Any:
    """Facts of a page as text that a template may print anywhere: most print them as they are."""
    if isinstance(meta, str):
        return escape(meta) if any(sign in meta for sign in "<>\"'") else meta
    if isinstance(meta, dict):
        return {key: _plain(value) for key, value in meta.items()}
    return [_plain(each) for each in meta] if isinstance(meta, list) else meta


def _log(site: Site) -> None:
    """Problems through the host's logger, which counts warnings for `--strict`."""
    for found in site.problems:
        report = _LOUDNESS[found.severity]
        report(as_text([found]))


def _teach_search(site: Site) -> None:
    """Names of the village as whole words for the host's Chinese search: 折耳根 is one thing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Its patterns predate raw strings.
            import jieba  # type: ignore[import-untyped]
    except ImportError:
        return
    jieba.setLogLevel(logging.WARNING)
    library = site.press.library if site.press else None
    for product in library.products.values() if library else ():
        # A longer name is cut into words that people search by: 辣子鸡 finds 阳朗辣子鸡.
        if len(product.name) <= 3:
            jieba.add_word(product.name)


def _stand_in(page: Page) -> str:
    """The front matter that gives the host a title and names our template."""
    return f"---\ntitle: {_quoted(page.title)}\ntemplate: {TEMPLATE}\n---\n"


def _quoted(text: str) -> str:
    """A YAML single-quoted scalar."""
    return "'" + text.replace("'", "''") + "'"


def build_with_host(
    site: Site, config_file: Path, out: Path, digests: Digests, team: Team | None = None
) -> None:
    """Build a checked site's Material pages and everything else into `out`, and tell the digests."""
    config = load_config(str(config_file), site_dir=str(out), strict=False)
    plugin = config.plugins.get("xiangji")
    assert isinstance(plugin, XiangjiPlugin), "the configuration names the plugin xiangji"
    plugin.prepared, plugin.team, plugin.digests = site, team, digests
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build_host(config)
    finally:
        config.plugins.on_shutdown()


HostFailed = Abort
