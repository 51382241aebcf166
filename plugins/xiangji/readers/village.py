"""Reads all files of a village into records: knows which file contains what, and which id it has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from xiangji.model.fields import ListOf, rows_to
from xiangji.model.location import Location, Origin
from xiangji.model.value_types import AUDIO, CAPTIONS, MEDIA, is_file
from xiangji.problems import Report, fatal
from xiangji.readers.file_names import misnamed, some_record
from xiangji.readers.folder_cache import FolderCache
from xiangji.readers.gathered import Gathered
from xiangji.readers.git.label_history import read_histories
from xiangji.readers.git.saved_register import read_saved
from xiangji.readers.kept_records import ReadFolder
from xiangji.readers.kind_files import VillageReading, good_name, read_kinds
from xiangji.readers.left_out import original, rename_remedy, tell_copy, tell_left_out
from xiangji.readers.left_out_folders import tell_left_out_folders
from xiangji.readers.media.papers import PaperReader
from xiangji.readers.media.pictures import Media, find_file, media_path, read_media
from xiangji.readers.record_reader import read_record
from xiangji.readers.site.notes import Note, pictures_in, read_note
from xiangji.readers.site.site_files import Admission, SiteFile, site_files
from xiangji.readers.tables.batch_table import Table, read_table, tables_in
from xiangji.readers.tables.ledger import is_unread, ledger_batches, own_batches
from xiangji.readers.tables.registers import DRILLS, PLEDGES, REGISTER, read_pledges, read_register
from xiangji.readers.text_file import read_bytes, text_of
from xiangji.readers.village_folder import VillageFolder, names_of_files, shown
from xiangji.readers.yaml.front_matter import split_front_matter
from xiangji.readers.yaml.yaml_file import parse_yaml
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand
from xiangji.records.code import PrintedCode, SavedRegister
from xiangji.records.conformity import IssuedCertificate
from xiangji.records.person import PeopleFile, Person
from xiangji.records.product import Product
from xiangji.records.story import Story, Workshop

if TYPE_CHECKING:  # Few villages have recordings, and their readers take time to import.
    from xiangji.readers.media.audio import Audio
    from xiangji.readers.media.captions import Captions

R = TypeVar("R")


def gather(
    root: Path,
    docs_dir: str = "site_src",
    site_name: str = "",
    site_url: str | None = None,
    since: str = "",
    memo: FolderCache | None = None,
    admission: Admission | None = None,
) -> Gathered:
    """Read the village in `root`. Mistakes are reported in the result; nothing is raised.

    `site_name` is the name of a village without a brand file; if it is empty, the name of the folder is used. Printed
    codes are addresses below `site_url`. They are compared with the register in the Git revision `since`. `memo` caches
    the product folders. `admission` has the files that the settings allow to be published in addition.
    """
    gathered = _Gatherer(root, docs_dir, site_name, memo, admission).gather(site_url)
    return replace(gathered, saved=_saved(root, since, site_url, gathered))


def _saved(root: Path, since: str, site_url: str | None, gathered: Gathered) -> SavedRegister:
    """The registers as saved in Git. One that cannot be read now is left out, so that no row counts as deleted."""
    there = gathered.batches
    saved = read_saved(root, since, site_url, gathered.codes, gathered.pledges, there)
    if (PrintedCode, "*") in gathered.lost:
        saved = replace(saved, codes=())
    if (IssuedCertificate, "*") in gathered.lost:
        saved = replace(saved, pledges=())
    return saved


class _Gatherer:
    """One reading of a village: collects records, problems, and the paths of the files that were read."""

    def __init__(
        self,
        root: Path,
        docs_dir: str,
        site_name: str,
        memo: FolderCache | None,
        admission: Admission | None = None,
    ) -> None:
        self._root = root
        self._folder = VillageFolder(root)
        self._memo = memo
        self._site_name = site_name
        self._docs = docs_dir
        self._admission = admission or Admission()
        self._beside: list[SiteFile] = []
        self._report = Report()
        self._files: list[str] = []
        self._media: dict[str, Media] = {}
        self._audio: dict[str, Audio] = {}
        self._captions: dict[str, Captions] = {}
        self._named: set[str] = {DRILLS}

    def gather(self, site_url: str | None) -> Gathered:
        brand = self._brand()
        people = self._people()
        workshops, stories = self._stories()
        products, batches = self._products()
        proofs = PaperReader(self._root, self._report)
        products, batches = proofs.products(products), proofs.batches(batches)
        self._named |= proofs.paths
        codes = self._register(REGISTER, PrintedCode, partial(read_register, site_url=site_url))
        pledges = self._register(PLEDGES, IssuedCertificate, read_pledges)
        notes = tuple(self._notes())
        how = VillageReading(self._folder, self._report, self._text, self._bytes, self._root)
        shelves = read_kinds(how)
        told = [record for shelf in shelves.values() for record in shelf]
        brand = brand or self._assumed_brand(bool(products or stories or told))
        # Batches name no pictures, only reports.
        for record in (brand, *people, *workshops, *stories, *products, *told):
            if record is not None:
                self._find_media(record)
        self._find_pictured((*stories, *notes))
        tell_left_out(self._root, {*self._files, *self._named}, self._report)
        tell_left_out_folders(self._root, self._report)
        return Gathered(
            brand,
            tuple(people),
            tuple(workshops),
            tuple(stories),
            tuple(products),
            batches,
            notes,
            self._media,
            tuple(self._files),
            tuple(self._report.problems),
            # If no problem stops the build, every reference has to be resolved.
            frozenset(self._report.lost if fatal(self._report.problems, strict=False) else ()),
            read_histories(self._root, brand, products, batches),
            self._audio,
            self._captions,
            codes,
            pledges,
            beside=tuple(self._beside),
            papers=self._folder.papers(),
            proofs=proofs.papers,
            shelves=shelves,
        )

    # --- one method for each kind of file -------------------------------------------------

    def _brand(self) -> Brand | None:
        file = self._folder.either("products/brand")
        return self._record(Brand, file) if file else None

    def _assumed_brand(self, begun: bool) -> Brand | None:
        """A brand with only a name, for a village that has content but no brand file. None if there is no content.

        So a village that begins with one product already has a page.
        """
        if self._folder.either("products/brand"):  # Unreadable: already reported.
            return None
        place = Location("products/brand.yml")
        if self._find_misnamed(self._root / "products", "brand.yml") or not begun:
            self._report.add("village-empty", place)
            return None
        folder = shown(self._root.resolve().name)
        name = self._site_name or folder or "村"
        self._report.add("brand-missing", place, value=name)
        return Brand(name=name, origin=Origin(place))

    def _people(self) -> list[Person]:
        people: list[Person] = []
        file = self._folder.either("stories/people")
        if file is not None:
            listed = self._record(PeopleFile, file)
            if listed is None:
                self._report.lose(Person)
            people += listed.people if listed else ()
        elif self._find_misnamed(self._root / "stories", "people.yml"):
            self._report.lose(Person)
        for file in self._folder.yaml_files("stories/people"):
            person = self._record(Person, file, id=file.stem)
            if person is None:
                self._report.lose(Person, file.stem)
            elif person.origin.wrote("id") or self._good_name(file):
                people.append(person)
        return people

    def _stories(self) -> tuple[list[Workshop], list[Story]]:
        workshops: list[Workshop] = []
        stories: list[Story] = []
        for folder in self._folder.folders("stories"):
            if folder.name in ("people", "media"):
                continue
            file = self._folder.either(f"stories/{folder.name}/workshop")
            told = folder / "story.md"
            wanted = [n for n, f in (("story.md", told.is_file()), ("workshop.yml", file)) if not f]
            misnamed = self._find_misnamed(folder, *wanted, other=len(wanted) == 2)
            readable = len(wanted) < 2 and self._good_name(folder)
            workshop = self._record(Workshop, file) if file and readable else None
            story = self._story(told, folder.name) if readable else None
            if workshop is not None:
                workshops.append(replace(workshop, id=workshop.id or folder.name))
            elif file or misnamed:
                self._report.lose(Workshop, folder.name)
            if story is not None:
                stories.append(story)
            elif told.is_file() or misnamed:
                self._report.lose(Story, folder.name)
        return workshops, stories

    def _story(self, file: Path, name: str) -> Story | None:
        text = self._text(file) if file.is_file() else None
        if text is None:
            return None
        path = self._folder.name(file)
        parts = split_front_matter(text, path, self._report)
        if parts.facts is None:
            if text.split("\n", 1)[0].rstrip() != "---":
                self._report.add("front-matter", Location(path))
            return None
        return read_record(
            Story,
            parts.facts,
            self._report,
            Location(path),
            id=name,
            body=parts.text,
            body_line=parts.line,
        )

    def _products(self) -> tuple[list[Product], list[Batch]]:
        products: list[Product] = []
        batches: list[Batch] = []
        for folder in self._folder.folders("products"):
            product, some = self._cached_product(folder)
            products += [product] if product else []
            batches += some
        for file in tables_in(self._root / "products"):
            before = len(self._report.problems)
            batches += ledger_batches(self._table(file), products, self._report)
            if is_unread(self._report.problems[before:]):
                self._report.lost |= {(Batch, f"{each.id}/*") for each in products}
        return products, batches

    def _cached_product(self, folder: Path) -> tuple[Product | None, list[Batch]]:
        """A product with its batches. They come from the cache if nothing in the folder has changed."""
        known = self._memo.recall(folder.name) if self._memo else None
        if known is None:
            known = self._read_separately(folder)
            if self._memo:
                self._memo.keep(folder.name, known)
        self._report.problems += known.problems
        self._report.lost |= known.lost
        self._files += known.files
        return known.product, known.batches

    def _read_separately(self, folder: Path) -> ReadFolder:
        """Read the folder of a product, with problems and files collected separately for the cache."""
        report, files = self._report, self._files
        self._report, self._files = Report(), []
        product, batches = self._product(folder)
        told = self._report
        known = ReadFolder(product, batches, self._files, told.problems, told.lost)
        self._report, self._files = report, files
        return known

    def _product(self, folder: Path) -> tuple[Product | None, list[Batch]]:
        file = self._folder.either(f"products/{folder.name}/product")
        misnamed = file is None and self._find_misnamed(folder, "product.yml", other=True)
        if file is None or not self._good_name(folder):
            if file or misnamed:
                self._report.lose(Product, folder.name)
                self._report.lose(Batch, f"{folder.name}/*")
            return None, []
        product = self._record(Product, file, id=folder.name)
        if product is None:
            self._report.lose(Product, folder.name)
        return product, list(self._batches(folder, product))

    def _batches(self, folder: Path, product: Product | None) -> Iterator[Batch]:
        before = len(self._report.problems)
        tables = tables_in(folder)
        if not tables:
            self._find_misnamed(folder, "batches.csv")
        for file in tables:
            yield from own_batches(self._table(file), folder.name, product, self._report)
        below = f"products/{folder.name}/batches"
        for name, plain in self._folder.yaml_names(below):
            path = f"{below}/{name}"
            place = self._folder.path(path)
            batch = self._read(Batch, place, shown(path), plain, product=folder.name)
            if batch:
                yield batch
        # The lot of an unread file or row is unknown.
        if is_unread(self._report.problems[before:]):
            self._report.lose(Batch, f"{folder.name}/*")

    def _register(
        self, path: str, record: type[R], read: Callable[..., tuple[R, ...]]
    ) -> tuple[R, ...]:
        """The rows of a register. Empty if there is no file, because nothing was printed or issued yet."""
        file = self._root / path
        if not file.is_file():
            if self._find_misnamed(file.parent, file.name):
                self._report.lose(record)
            return ()
        if not self._folder.inside(file):
            self._report.add("file-outside", Location(path), value=path)
            return ()
        self._files.append(path)
        before = len(self._report.problems)
        raw = read_bytes(file, path, self._report)
        rows = () if raw is None else read(raw, path, report=self._report)
        if fatal(self._report.problems[before:], strict=False):
            self._report.lose(record)
        return rows

    def _notes(self) -> Iterator[Note]:
        docs = self._root / self._docs
        if not self._folder.inside(docs):
            self._report.add("file-outside", Location("mkdocs.yml"), value=self._docs)
            return
        found = list(site_files(self._root, self._docs, self._admission, self._report))
        self._beside = [each for each in found if not each.is_page]
        for file in (each.file for each in found if each.is_page):
            text = self._text(file)
            if text is None:
                continue
            yield read_note(text, self._folder.name(file), self._folder.name(docs), self._report)

    # --- reading ---------------------------------------------------------------------------

    def _record(self, record: type[R], file: Path, **given: Any) -> R | None:
        return self._read(record, file, self._folder.name(file), **given)

    def _read(
        self, record: type[R], file: Path | str, path: str, plain: bool = False, **given: Any
    ) -> R | None:
        """The record in a YAML file. `plain` says that the file is known to be no symbolic link."""
        raw = self._bytes(file, path, plain)
        text = None if raw is None else text_of(raw, path, self._report)
        if text is None:
            return None
        before = len(self._report.problems)
        node = parse_yaml(text, path, self._report)
        if node is None and len(self._report.problems) > before:
            return None
        return read_record(record, node, self._report, Location(path), **given)

    def _text(self, file: Path) -> str | None:
        path = self._folder.name(file)
        raw = self._bytes(file, path)
        return None if raw is None else text_of(raw, path, self._report)

    def _bytes(self, file: Path | str, path: str, plain: bool = False) -> bytes | None:
        if not self._folder.inside(file, plain):
            self._report.add("file-outside", Location(path), value=path)
            return None
        self._files.append(path)
        return read_bytes(file, path, self._report)

    def _table(self, file: Path) -> Table:
        path = self._folder.name(file)
        if not self._folder.inside(file):
            self._report.add("file-outside", Location(path), value=path)
            return Table()
        self._files.append(path)
        return read_table(file, path, self._report)

    def _find_media(self, record: Any) -> None:
        """Read all pictures, recordings and captions that a record or a nested record names."""
        for row in rows_to(type(record), is_file):
            value = getattr(record, row.name)
            if value is None:
                continue
            if is_file(row.kind):
                path, place = media_path(record, value), record.origin.of(row.name)
                self._find_file(row.kind, path, place)
            else:
                for item in value if isinstance(row.kind, ListOf) else (value,):
                    self._find_media(item)

    def _find_pictured(self, written: Iterable[Story | Note]) -> None:
        """Read the pictures in Markdown texts. The code that renders the page reports missing ones."""
        shown = {p for each in written for p in pictures_in(each.body, each.origin.path)}
        for path in sorted(shown):
            file = self._root / path
            if self._folder.inside(file) and file.is_file():
                self._find_file(MEDIA, path, Location(path))

    def _find_file(self, kind: object, path: str, place: Location) -> None:
        """Read a media file that is named at `place`. A file that is named several times is read once."""
        self._named.add(path)
        if kind is MEDIA and path not in self._media:
            media = read_media(self._root, path, place, self._report)
            if media is not None:
                self._media[path] = media
        elif kind is AUDIO and path not in self._audio:
            from xiangji.readers.media.audio import read_audio

            audio = read_audio(self._root, path, place, self._report)
            if audio is not None:
                self._audio[path] = audio
        elif kind is CAPTIONS and path not in self._captions:
            from xiangji.readers.media.captions import read_captions

            there = find_file(self._root, path, place, self._report)
            captions = read_captions(self._root / path, path, self._report) if there else None
            if captions is not None:
                self._captions[path] = captions

    # --- folders ---------------------------------------------------------------------------

    def _find_misnamed(self, folder: Path, *wanted: str, other: bool = False) -> bool:
        """Report files whose names were meant as one of `wanted`. Return whether there are any.

        With `other`, any file that looks like a record is reported, because the folder contains no record.
        """
        names = names_of_files(folder)
        found = [(name, near) for name in wanted if (near := misnamed(name, names))]
        if not found and other and (near := some_record(names)):
            found = [(" / ".join(wanted), near)]
        for name, near in found:
            place = Location(self._folder.name(folder / near))
            inside = self._folder.name(folder)
            said = {"value": near, "better": name, "folder": inside}
            self._report.add("file-name", place, **said, **rename_remedy(name))
        return bool(found)

    def _good_name(self, place: Path) -> bool:
        """Whether the name of a folder or file can be part of an address. It is reported if not."""
        name = place.stem if place.is_file() else place.name
        real = original(place.name)
        if real and (place.parent / real).exists():
            inside = self._folder.name(place.parent)
            tell_copy(inside, shown(place.name), real, self._report)
            return False
        return good_name(name, Location(self._folder.name(place)), self._report)
