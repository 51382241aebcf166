"""The facade of the core: `build(settings)` reads a village and returns everything that a host has to write.

It follows the flow of data: read, resolve, check, disclose, make pages. It writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from xiangji import urls
from xiangji.cache import Cache
from xiangji.checks import check
from xiangji.checks.codes import answers
from xiangji.checks.versions import changed
from xiangji.disclosure import disclosed, withheld_cards, withheld_pictures
from xiangji.images.pictures import Pictures
from xiangji.images.worker import Progress
from xiangji.library import Library
from xiangji.library.code_register import register
from xiangji.library.references import assemble
from xiangji.library.settled import settle
from xiangji.model.location import Location
from xiangji.model.vocabularies import ConsentMedium
from xiangji.pages import notes, search
from xiangji.pages.batches import code_redirects
from xiangji.pages.batches.shard_context import shard_press
from xiangji.problems import Problem, fatal, in_order, problem
from xiangji.readers.folder_cache import FolderCache
from xiangji.readers.git.tracked import tracked_outputs
from xiangji.readers.site.site_files import Admission, SiteFile
from xiangji.readers.village import gather
from xiangji.render.context import RenderContext
from xiangji.render.families import ChosenFamilies, choose
from xiangji.render.files_beside import FileBeside, beside, published_papers
from xiangji.render.frame_files import host_files, own_files
from xiangji.render.markdown import ConvertedTexts
from xiangji.render.markdown_links import anchors
from xiangji.render.navigation import nav_missing
from xiangji.render.outputs import Artifact, Known, Output, Page, Promised, Shard
from xiangji.settings import Settings
from xiangji.stages import Watch, unwatched
from xiangji.views import kind_page

if TYPE_CHECKING:
    from xiangji.readers.git.label_changes import UndatedChange


class Site(Struct, frozen=True, dict=True):
    """The result of one build.

    `pages` are made by families and kinds. `notes` are hand-written pages. `reading` are the hand-written pages that
    a host makes, if there is one. `ready` and `shards` are all other files. If `problems` are fatal, there are no
    outputs, so that nothing incomplete is ever written.
    """

    settings: Settings
    problems: tuple[Problem, ...]
    pages: tuple[Page, ...] = ()
    notes: tuple[Page, ...] = ()
    reading: tuple[Page, ...] = ()
    """Hand-written pages in the folders of `Settings.reading`, in our own frame for a site without a host."""
    ready: tuple[Artifact, ...] = ()
    """Files whose content is made."""
    shards: tuple[Shard, ...] = ()
    """Files whose content is made when the site is written, by `made` or by an executor."""
    own: tuple[Artifact, ...] = ()
    """The 404 page and the sitemap."""
    files: tuple[str, ...] = ()
    context: RenderContext | None = None
    beside: tuple[FileBeside, ...] = ()
    """Files beside the hand-written pages."""

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """All other files, including those of the shards, which are made for it.

        Only for a site that fits into memory.
        """
        return (*self.ready, *(file for shard in self.shards for file in self.made(shard)))

    @property
    def promised(self) -> Iterator[Artifact | Promised]:
        """All other files, without the content of the shards' files."""
        yield from self.ready
        for shard in self.shards:
            yield from shard.files

    def made(self, shard: Shard) -> Iterator[Artifact]:
        """The files of a shard, made one after another."""
        if self.context is not None:
            with self._shard_context.asked.made() as self._questions[shard.key]:
                yield from shard.make(self._shard_context, shard)

    def asked_for(self, shard: Shard) -> list[str]:
        """The questions that were asked while a shard was made here. It can be called once per shard."""
        return self._shard_context.asked.all_of(self._questions.pop(shard.key, ()))

    @cached_property
    def _questions(self) -> dict[str, dict[str, None]]:
        return {}

    @cached_property
    def _shard_context(self) -> RenderContext:
        assert self.context is not None
        return shard_press(self.context)

    def fatal(self, strict: bool = False) -> bool:
        """Whether the problems stop the build."""
        return fatal(self.problems, strict)

    def finished(self, progress: Progress | None = None, watch: Watch = unwatched) -> Site:
        """The same site with its posters and photos, and with their problems.

        They take long and decide no address. `progress` is called with how many are done, if there are any to make.
        """
        if self.context is None:
            return self
        with watch("posters"):
            worked = [work(progress) for work in self.context.works]
        # Photos come last, after every page has ordered its pictures.
        with watch("photos"):
            photos = self.context.pictures.finish(progress)
        posters = (file for files, _ in worked for file in files)
        ready = (*self.ready, *posters, *self.context.pictures.artifacts())
        late = (each for _, found in worked for each in found)
        return replace(self, ready=ready, problems=in_order((*self.problems, *late, *photos)))


def build(
    settings: Settings,
    found: Iterable[Problem] = (),
    cache: Cache | None = None,
    progress: Progress | None = None,
    watch: Watch = unwatched,
    memo: FolderCache | None = None,
    defer: bool = False,
) -> Site:
    """Build the village of `settings`.

    `found` are problems from reading the settings. `progress` is called while photos are made. `watch` is called at
    each stage. `memo` holds what was read in the last build. With `defer`, the caller must call `Site.finished`.
    """
    opened = _open(settings, found, watch, memo)
    if opened.library is None:
        return Site(settings, in_order(opened.problems), files=opened.files)
    cache = cache or Cache()
    problems = _checked(opened, settings, watch)
    unsound = fatal(problems, strict=False)
    # Pages are made even if there are errors, so that the problems of pages are reported too.
    whole = settle(opened.library) if unsound else opened.library
    plan = _plan(whole, settings, opened.choice, cache, watch)
    site = _make(plan, settings, opened.choice, watch)
    if not defer:
        site = site.finished(progress, watch)
    with watch("files beside"):
        others, unfit = beside(opened.beside, cache, _unseen(site))
    problems += [*_without_consequences(site.problems, opened.lost), *unfit]
    problems += _in_the_way(site, others)
    if unsound or fatal(problems, strict=False):
        return Site(settings, in_order(problems), files=opened.files)
    return replace(site, problems=in_order(problems), files=opened.files, beside=others)


def open_press(
    settings: Settings, found: Iterable[Problem] = (), cache: Cache | None = None
) -> tuple[RenderContext | None, tuple[Problem, ...]]:
    """The render context of a village without any pages, for paper; None if problems stop the build.

    The problems are those of `build`, without those of pages and photos.
    """
    opened = _open(settings, found, unwatched)
    problems = in_order(_checked(opened, settings, unwatched))
    if opened.library is None or fatal(problems, strict=False):
        return None, problems
    return _render_context(opened.library, settings, opened.choice, cache or Cache()), problems


class _Opened(Struct, frozen=True):
    """A village after reading and resolving."""

    library: Library | None
    choice: ChosenFamilies
    problems: list[Problem]
    files: tuple[str, ...]
    lost: bool
    beside: tuple[SiteFile, ...]


def _open(
    settings: Settings, found: Iterable[Problem], watch: Watch, memo: FolderCache | None = None
) -> _Opened:
    root, docs, url = settings.root, settings.docs_dir, settings.site_url
    admission = Admission(settings.named, settings.trusted)
    with watch("read"):
        gathered = gather(root, docs, settings.site_name, url, settings.since, memo, admission)
    with watch("resolve"):
        library, unresolved = assemble(gathered)
        choice, misfits = choose(settings)
    tracked = tracked_outputs(root, settings.site_dir)
    problems = [*found, *gathered.problems, *unresolved, *misfits, *tracked]
    return _Opened(library, choice, problems, gathered.files, bool(gathered.lost), gathered.beside)


def _checked(opened: _Opened, settings: Settings, watch: Watch) -> list[Problem]:
    """All problems of a village before any page is made."""
    if opened.library is None:
        return opened.problems
    with watch("check"):
        checked = _without_consequences(
            check(opened.library, settings.today, settings), opened.lost
        )
        found = [*opened.problems, *checked]
    if settings.compared and not fatal(found, strict=False):
        found += changed(label_changes_in(opened.library, settings))
    return found


def label_changes_in(library: Library, settings: Settings) -> list[UndatedChange]:
    """What was changed on labels and is not answered yet."""
    from xiangji.readers.git.label_changes import label_changes  # Few builds compare with others.

    products = library.products
    lots = {each: library.batches.of(each) for each in products}
    return label_changes(settings.root, products.values(), lots, settings.today)


class _Plan(Struct, frozen=True):
    """The render context of a village, and the shards to be made."""

    context: RenderContext
    shards: tuple[Shard, ...]


def _plan(
    library: Library, settings: Settings, choice: ChosenFamilies, cache: Cache, watch: Watch
) -> _Plan:
    with watch("disclose"):
        context = _render_context(library, settings, choice, cache)
    shards: list[Shard] = []
    for family, options in choice.families:
        with watch(f"family {family.name}"):
            shards += family.shards(context, options) if family.shards else ()
    return _Plan(context, tuple(shards))


def _make(plan: _Plan, settings: Settings, choice: ChosenFamilies, watch: Watch) -> Site:
    """The outputs of a plan, and the problems found while they were made. Slow tasks are left for `Site.finished`."""
    context, shards = plan.context, plan.shards
    outputs: list[Output] = []
    for family, options in choice.families:
        with watch(f"family {family.name}"):
            outputs += family.outputs(context, options)
    with watch("kinds"):
        outputs += kind_page.outputs(context)
    # Addresses of sheets are derived from batches (`KnownAddresses`), as there may be a million.
    later = [file for shard in shards if not _has_sheets(shard) for file in shard.files]
    context.made.update([urls.SEARCH, *(each.address for each in (*outputs, *later))])
    with watch("hand-written"):
        written = tuple(notes.pages(context))
        context.problems.extend(notes.unclean(context))
    context.converted.keep()
    pages = tuple(output for output in outputs if isinstance(output, Page))
    made = [output for output in outputs if isinstance(output, Artifact)]
    with watch("registered codes"):
        codes, astray = _registered(context, (each.address for each in written))
        astray += _unlisted(context, pages)
        astray += anchors(context.fragments, (*pages, *written))
    made += codes
    with watch("search"):
        made += search.outputs(context, pages, written)
    if context.library.proofs:
        with watch("reports"):
            papers, unfit = published_papers(
                context.library.proofs, context.library.permissions, context.pictures.cache
            )
        made += papers
        context.problems.extend(unfit)
    shared = (context.shared[uri] for uri in sorted(context.shared))
    made += host_files(context)
    ready = (*made, *shared)
    read = {urls.note(each.uri) for each in context.library.notes if settings.is_read(each.uri)}
    reading = tuple(each for each in written if each.address in read)
    noted = tuple(each for each in written if each.address not in read)
    every: tuple[Output, ...] = (*pages, *written, *ready)
    promised = (file for shard in shards for file in shard.files)
    own = own_files(context, chain(every, promised))
    problems = (
        *context.problems,
        *astray,
        *_collisions(context, (*every, *later)),
    )
    return Site(settings, problems, pages, noted, reading, ready, shards, own, context=context)


_CONSEQUENCES = frozenset(
    ["markdown-link", "block-target", "code-no-page", "code-target-page", "pledge-no-batch"]
)


def _registered(
    context: RenderContext, written: Iterable[str]
) -> tuple[list[Artifact], list[Problem]]:
    """Pages for printed codes that no other page answers, and problems for codes that no page answers."""
    found = register(context.library)
    notes = (urls.note(each.uri) for each in context.library.notes)
    pages = context.answered.beside(chain(written, notes))
    codes = list(code_redirects.outputs(context, found, pages))
    return codes, list(answers(found, pages, {each.address for each in codes}))


def _unlisted(context: RenderContext, pages: Iterable[Page]) -> list[Problem]:
    """Problems for entries of the navigation that lead to no page."""
    notes = [each.uri for each in context.library.notes]
    there = context.answered.beside(map(urls.note, notes))
    return list(nav_missing(context.settings, there, [*notes, *(each.uri for each in pages)]))


def _without_consequences(problems: Iterable[Problem], lost: bool) -> list[Problem]:
    """The problems without those that are only consequences of others.

    If a record could not be read (`lost`), a link, code or certificate that leads to it is no mistake of its own.
    """
    return [each for each in problems if not lost or each.rule not in _CONSEQUENCES]


def _render_context(
    library: Library, settings: Settings, choice: ChosenFamilies, cache: Cache
) -> RenderContext:
    shown = disclosed(library, settings.today)
    context = RenderContext(
        shown,
        settings,
        choice,
        Pictures(cache),
        withheld_cards(library),
        withheld_pictures(library, shown),
    )
    context.converted = ConvertedTexts(cache)
    return context


def _unseen(site: Site) -> frozenset[str]:
    """The digests of the pictures that no page may show because of somebody in them."""
    unseen = site.context.library.permissions.unseen if site.context else {}
    return frozenset(each for each, kept in unseen.items() if ConsentMedium.PAGE in kept)


def _has_sheets(shard: Shard) -> bool:
    """Whether the files of a shard are sheets, whose promised files have no source."""
    first = next(shard.promise(shard), None)
    return first is not None and not first.source


def _in_the_way(site: Site, others: Iterable[FileBeside]) -> Iterator[Problem]:
    """Folders beside hand-written pages that have the name of a file of the site: no disk holds both."""
    outputs: tuple[Known, ...] = (*site.pages, *site.notes, *site.reading, *site.ready, *site.own)
    files = {each.file.lower(): each.source for each in outputs}
    beside = {each.uri: each.source.path for each in others}
    written = [(each.file, each.source) for each in (*site.notes, *site.reading)]
    told = set()
    for uri, path in (*beside.items(), *written):
        parts = uri.lower().split("/")
        for end in range(1, len(parts)):
            name = "/".join(parts[:end])
            if name in files and name not in told:
                told.add(name)
                yield problem("address-collision", Location(path), value=name, other=files[name])


def _collisions(context: RenderContext, outputs: Iterable[Known]) -> list[Problem]:
    """Problems for outputs with the same file name. Names that differ only in letter case collide on some hosts."""
    claimed: dict[str, Known] = {}
    found = []
    for output in outputs:
        other = claimed.setdefault(output.file.lower(), output)
        batch = context.answered.batch_of(output.file)
        if batch is not None:
            sheet = urls.sheet(batch.product, batch.lot)
            said = {"value": sheet, "other": output.source}
            found.append(problem("address-collision", batch.origin.of("lot"), **said))
        elif other is not output:
            said = {"value": output.address, "other": other.source}
            found.append(problem("address-collision", Location(output.source), **said))
    return found
