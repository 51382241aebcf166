"""The one facade: `build(settings)` reads a village and returns everything a host has to write.

It reads like the way of the data: gather, resolve, check, disclose, make. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from xiangji import urls
from xiangji.cache import Cache
from xiangji.checks import check
from xiangji.checks.codes import answers
from xiangji.disclosure import disclose, withheld_cards
from xiangji.images.pictures import Pictures
from xiangji.images.worker import Progress
from xiangji.library import Library
from xiangji.library.code_register import register
from xiangji.library.references import assemble
from xiangji.library.settled import settle
from xiangji.model.location import Location
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
from xiangji.render.files_beside import FileBeside, beside
from xiangji.render.frame_files import host_files, own_files
from xiangji.render.markdown_links import anchors
from xiangji.render.navigation import nav_missing
from xiangji.render.outputs import Artifact, Known, Output, Page, Promised, Shard
from xiangji.settings import Settings
from xiangji.stages import Watch, unwatched
from xiangji.views import kind_page


class Site(Struct, frozen=True, dict=True):
    """The result of one build.

    `pages` are those of families, `notes` the hand-written ones, `reading` those of them that a host makes where there
    is one, `ready` and the `shards` are all other files. Where `problems` are fatal, outputs are
    empty: nothing half-made is ever written.
    """

    settings: Settings
    problems: tuple[Problem, ...]
    pages: tuple[Page, ...] = ()
    notes: tuple[Page, ...] = ()
    reading: tuple[Page, ...] = ()
    """Hand-written pages of the folders `Settings.reading`, in our own frame as long as no host has made them."""
    ready: tuple[Artifact, ...] = ()
    """Files that are made."""
    shards: tuple[Shard, ...] = ()
    """Files that whoever writes the site makes, or has made: `made`."""
    own: tuple[Artifact, ...] = ()
    """The 404 page and the site map."""
    files: tuple[str, ...] = ()
    context: RenderContext | None = None
    beside: tuple[FileBeside, ...] = ()
    """Files that lie beside the hand-written pages."""

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """All other files, those of the shards made for it: for a site that fits into memory."""
        return (*self.ready, *(file for shard in self.shards for file in self.made(shard)))

    @property
    def promised(self) -> Iterator[Artifact | Promised]:
        """The same without what is in them."""
        yield from self.ready
        for shard in self.shards:
            yield from shard.files

    def made(self, shard: Shard) -> Iterator[Artifact]:
        """The files of a shard, one after another."""
        if self.context is not None:
            with self._shard_press.asked.made() as self._questions[shard.key]:
                yield from shard.make(self._shard_press, shard)

    def asked_for(self, shard: Shard) -> list[str]:
        """What was asked of the village for a shard that was made here."""
        return self._shard_press.asked.all_of(self._questions.pop(shard.key, ()))

    @cached_property
    def _questions(self) -> dict[str, dict[str, None]]:
        return {}

    @cached_property
    def _shard_press(self) -> RenderContext:
        assert self.context is not None
        return shard_press(self.context)

    def fatal(self, strict: bool = False) -> bool:
        """Whether the problems stop the build."""
        return fatal(self.problems, strict)

    def finished(self, progress: Progress | None = None, watch: Watch = unwatched) -> Site:
        """The same with its posters and photos, which take long and decide no address, and with what is wrong with
        them; `progress` is told how far they are, where there are any to make."""
        if self.context is None:
            return self
        with watch("posters"):
            worked = [work(progress) for work in self.context.works]
        # Last, when every page has said which pictures it needs.
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
    """Build the village of `settings`. `found` are problems of reading the settings themselves;
    `progress` is told how far the photos are, where there are any to make; `watch` which stage it
    is; `memo` knows what was read before. With `defer` whoever asked for it has the site `finished`."""
    opened = _open(settings, found, watch, memo)
    if opened.library is None:
        return Site(settings, in_order(opened.problems), files=opened.files)
    cache = cache or Cache()
    pictures = Pictures(cache)
    problems = _checked(opened, settings, watch)
    unsound = fatal(problems, strict=False)
    # Of an unsound village pages are made all the same, to tell what is wrong with them too.
    whole = settle(opened.library) if unsound else opened.library
    plan = _plan(whole, settings, opened.choice, pictures, watch)
    site = _make(plan, settings, opened.choice, watch)
    if not defer:
        site = site.finished(progress, watch)
    with watch("files beside"):
        others, unfit = beside(opened.beside, cache)
    problems += [*_told(site.problems, opened.lost), *unfit]
    if unsound or fatal(problems, strict=False):
        return Site(settings, in_order(problems), files=opened.files)
    return replace(site, problems=in_order(problems), files=opened.files, beside=others)


def open_press(
    settings: Settings, found: Iterable[Problem] = (), cache: Cache | None = None
) -> tuple[RenderContext | None, tuple[Problem, ...]]:
    """The press of a village without any pages made, for what is printed on paper; None where
    problems stop it. Problems as `build` tells them, without those of pages and photos."""
    opened = _open(settings, found, unwatched)
    problems = in_order(_checked(opened, settings, unwatched))
    if opened.library is None or fatal(problems, strict=False):
        return None, problems
    return _press(opened.library, settings, opened.choice, Pictures(cache or Cache())), problems


class _Opened(Struct, frozen=True):
    """A village that was read."""

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
    """Everything that is wrong with a village before any page of it is made."""
    if opened.library is None:
        return opened.problems
    with watch("check"):
        return [*opened.problems, *_told(check(opened.library, settings.today), opened.lost)]


class _Plan(Struct, frozen=True):
    """What may be told of a library, and the shards that are going to be made of it."""

    context: RenderContext
    shards: tuple[Shard, ...]


def _plan(
    library: Library, settings: Settings, choice: ChosenFamilies, pictures: Pictures, watch: Watch
) -> _Plan:
    with watch("disclose"):
        context = _press(library, settings, choice, pictures)
    shards: list[Shard] = []
    for family, options in choice.families:
        with watch(f"family {family.name}"):
            shards += family.shards(context, options) if family.shards else ()
    return _Plan(context, tuple(shards))


def _make(plan: _Plan, settings: Settings, choice: ChosenFamilies, watch: Watch) -> Site:
    """The outputs of a plan, with the problems that making them found; all that takes long is left for later."""
    context, shards = plan.context, plan.shards
    outputs: list[Output] = []
    for family, options in choice.families:
        with watch(f"family {family.name}"):
            outputs += family.outputs(context, options)
    with watch("kinds"):
        outputs += kind_page.outputs(context)
    # Sheets tell for themselves: there may be a million.
    later = [file for shard in shards if not _tells(shard) for file in shard.files]
    context.made.update([urls.SEARCH, *(each.address for each in (*outputs, *later))])
    with watch("hand-written"):
        written = tuple(notes.pages(context))
        context.problems.extend(notes.unclean(context))
    pages = tuple(output for output in outputs if isinstance(output, Page))
    made = [output for output in outputs if isinstance(output, Artifact)]
    with watch("registered codes"):
        codes, astray = _registered(context, (each.address for each in written))
        astray += _unlisted(context, pages)
        astray += anchors(context.fragments, (*pages, *written))
    made += codes
    with watch("search"):
        made += search.outputs(context, pages, written)
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


_FOLLOWING = frozenset(
    ["markdown-link", "block-target", "code-no-page", "code-target-page", "pledge-no-batch"]
)


def _registered(
    context: RenderContext, written: Iterable[str]
) -> tuple[list[Artifact], list[Problem]]:
    """Pages behind printed codes that no other page answers, and codes that none answers."""
    found = register(context.library)
    notes = (urls.note(each.uri) for each in context.library.notes)
    pages = context.answered.beside(chain(written, notes))
    codes = list(code_redirects.outputs(context, found, pages))
    return codes, list(answers(found, pages, {each.address for each in codes}))


def _unlisted(context: RenderContext, pages: Iterable[Page]) -> list[Problem]:
    """Entries of the navigation that lead to no page."""
    notes = [each.uri for each in context.library.notes]
    there = context.answered.beside(map(urls.note, notes))
    return list(nav_missing(context.settings, there, [*notes, *(each.uri for each in pages)]))


def _told(problems: Iterable[Problem], lost: bool) -> list[Problem]:
    """Problems without those that follow from others. While a record could not be read, a link, a
    code or a certificate that leads to it is no mistake of its own."""
    return [each for each in problems if not lost or each.rule not in _FOLLOWING]


def _press(
    library: Library, settings: Settings, choice: ChosenFamilies, pictures: Pictures
) -> RenderContext:
    disclosed = disclose(library, settings.today)
    return RenderContext(disclosed, settings, choice, pictures, withheld_cards(library))


def _tells(shard: Shard) -> bool:
    """Whether its files are those of sheets."""
    first = next(shard.promise(shard), None)
    return first is not None and not first.source


def _collisions(context: RenderContext, outputs: Iterable[Known]) -> list[Problem]:
    """Outputs that claim one file. Letter case alone does not tell them apart: some hosts fold it."""
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
