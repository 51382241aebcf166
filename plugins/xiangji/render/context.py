"""The render context: everything that a page family needs to make pages in one build.

It holds the disclosed library, the settings, the pictures, the templates and the page frame (head and foot).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import unquote

from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct, field
from msgspec.structs import replace

from xiangji import urls
from xiangji.conformity.issued import batches_of_pledges
from xiangji.images.pictures import CARD, PictureRole, Pictures, ShownPicture
from xiangji.images.worker import Progress
from xiangji.kinds.installed import kinds_with
from xiangji.kinds.person import may_be_named
from xiangji.library import Library
from xiangji.model.location import Location
from xiangji.palette import Palette, palette_of, palette_style
from xiangji.problems import Problem, problem
from xiangji.records.conformity import IssuedCertificate
from xiangji.records.person import Person
from xiangji.render import markdown, markdown_links
from xiangji.render.dependencies import QuestionLog, asked_library, asked_settings
from xiangji.render.families import ChosenFamilies
from xiangji.render.known_addresses import KnownAddresses
from xiangji.render.navigation import menu, ways
from xiangji.render.outputs import Artifact
from xiangji.render.pinyin import Spelling, spelling
from xiangji.render.precompiled import OpaqueView, PrecompiledPages, SharedView
from xiangji.render.templates import THEME, environment, policy, style_sheet
from xiangji.settings import Settings
from xiangji.views.languages import directed
from xiangji.views.used_styles import with_used_rules


class Link(NamedTuple):
    """A link on a page: its text, and its target relative to that page."""

    text: str
    href: str


Work = Callable[[Progress | None], tuple[Iterable[Artifact], Iterable[Problem]]]
"""A slow task that runs after all pages are made. It gets a progress callback or None, and returns files and the
problems found in their sources."""


class RenderContext(Struct, dict=True, eq=False):
    """What the page families of one build share: the data that they read, and what they report back.

    While families make pages, they add to this object: addresses, problems, files that several pages use, slow tasks.
    """

    library: Library
    settings: Settings
    choice: ChosenFamilies
    pictures: Pictures
    withheld: Mapping[str, frozenset[str]] = field(default_factory=dict)
    withheld_pictures: frozenset[str] = frozenset()
    """By story id: the ids of cards that exist but may not be shown."""
    made: set[str] = field(default_factory=set)
    """Addresses of the pages that families made, without batch sheets. See `answered`."""
    problems: list[Problem] = field(default_factory=list)
    """Problems found while pages are made: dead links, unknown blocks."""
    fragments: list[tuple[str, str, Location]] = field(default_factory=list)
    """Links to an anchor on their own page: address of the page, name of the anchor, where the link was written."""
    shared: dict[str, Artifact] = field(default_factory=dict)
    """Files that several pages use, by address: recordings, scripts."""
    asked: QuestionLog = field(default_factory=QuestionLog)
    """The log of what the pages read from library and settings."""
    converted: markdown.ConvertedTexts = field(default_factory=markdown.ConvertedTexts)
    """The HTML of the village's Markdown texts."""
    works: list[Work] = field(default_factory=list)
    """Slow tasks that decide no address. They run after all pages are made."""

    @cached_property
    def issued(self) -> dict[str, list[IssuedCertificate]]:
        """Issued certificates by batch (`product/lot`), newest first."""
        return batches_of_pledges(self.library)

    @cached_property
    def lots_in_all(self) -> dict[str, Any]:
        """How the lots of each product stand, as far as somebody asked (`pages.marks`)."""
        return {}

    @property
    def answered(self) -> KnownAddresses:
        """The addresses of all pages that families made, so that links in hand-written pages can be checked."""
        return KnownAddresses(self.library, "trace" in self.choice, self.made)

    def issued_for(self, key: str) -> Sequence[IssuedCertificate]:
        """The certificates of a batch, newest first."""
        self.asked.note(ISSUED, "issued", key)
        with self.asked.unheard():
            return self.issued.get(key, ())

    def asking(self, library: Library) -> RenderContext:
        """A copy of this render context that logs every question to its library and settings in a log of its own.

        The compiled templates are shared with the original, since they do not depend on the village.
        """
        asked = QuestionLog()
        settings = asked_settings(self.settings, asked)
        other = replace(self, library=asked_library(library, asked), settings=settings, asked=asked)
        other.__dict__.update({name: getattr(self, name) for name in _SHARED_ATTRIBUTES})
        return other

    # --- links ---------------------------------------------------------------------------

    def person_link(self, person: Person, page: str) -> Link:
        """A person's name, linked where the person has a page."""
        linked = Person in self.choice and may_be_named(person)
        return Link(person.name, urls.relative(urls.person(person.id), page) if linked else "")

    def people_links(self, ids: tuple[str, ...], page: str) -> tuple[Link, ...]:
        """Links to several people. People with the same alias and no page give one link, which appears once."""
        links = [self.person_link(self.library.people[each], page) for each in ids]
        return tuple(dict.fromkeys(links))

    def href(self, family: str | type[Any], address: str, page: str) -> str:
        """A relative link to `address`, or an empty string if its family is switched off.

        `family` is the name of a family, or a record class, which stands for the family of its kind.
        """
        return urls.relative(address, page) if family in self.choice else ""

    def poster(self, page: str) -> str:
        """A relative link to the poster of the story, product or batch at `page`; empty if posters are off."""
        return self.href("posters", urls.poster(page), page)

    def absolute(self, address: str) -> str | None:
        """The full URL of an address, or None without `site_url`."""
        url = self.settings.site_url
        return urls.absolute(address, url) if url else None

    # --- pictures ------------------------------------------------------------------------

    def shown(
        self, record: Any, role: PictureRole, page: str, name: str = "picture"
    ) -> ShownPicture | None:
        """The picture in field `name` of a record, prepared for a page; None if the record has none."""
        media = self.library.picture(record, name)
        if media is None:
            return None
        alt = getattr(record, f"{name}_alt", None) or ""
        return self.pictures.show(media, role, page, alt)

    def share_picture(self, record: Any, name: str = "picture") -> str | None:
        """The absolute URL of a record's share picture, or of the brand's picture if the record has none."""
        for each in (record, self.library.brand):
            media = self.library.picture(each, name if each is record else "picture")
            address = self.pictures.share(media) if media else None
            if address:
                return self.absolute(address)
        return None

    def keep(self, artifact: Artifact) -> str:
        """Publish a file that any number of pages share. Returns its address."""
        self.shared.setdefault(artifact.uri, artifact)
        return artifact.uri

    # --- frame ---------------------------------------------------------------------------

    def render(
        self,
        template: str,
        page: str,
        *,
        title: str,
        description: str,
        canonical: str | None = None,
        **view: Any,
    ) -> str:
        """The whole HTML document for the address `page`.

        `view` takes the same arguments as `lasting`. Its values are flat, because templates decide nothing.
        `canonical` is the address of the main form of this page, where the page is only another form of it.
        """
        known = page if canonical is None else canonical
        made = self.fill(
            template,
            self._framed(page, **view),
            title=title,
            description=description,
            canonical=known,
        )
        script: Artifact | None = view.get("script")
        sheets = self._sheets(view.get("styles", ()))
        return with_used_rules(made, script.content if script else b"", sheets).decode()

    def lasting(self, page: str, **view: Any) -> SharedView:
        """The part of the view that many pages with the same address prefix and depth share: the frame and `view`.

        `styles` names style sheets of the theme besides the base. `data` becomes JSON-LD. `script` is the one script
        of the page and is published with it. `base` is where relative links start, if not at the page.
        """
        return SharedView(self._framed(page, **view))

    def fill(
        self,
        template: str,
        *parts: Mapping[str, Any],
        title: str,
        description: str,
        canonical: str,
    ) -> bytes:
        """The whole HTML document as UTF-8 bytes, from the parts of a view. One part must contain the frame."""
        named = {
            "title": title,
            "heading": title if title == self._site_name else f"{title} · {self._site_name}",
            "description": description[:150],
            "canonical": self.absolute(canonical),
        }
        made = self._precompiled.document(
            template, (*parts, {"frame": named}), self._template(template)
        )
        return directed(made)

    def _template(self, name: str) -> Callable[..., str]:
        """The render function of a template.

        It is cached, since Jinja's lookup takes as long as filling a precompiled page.
        """
        if name not in self._templates:
            self._templates[name] = self._environment.get_template(name).render
        return self._templates[name]

    def _framed(
        self,
        page: str,
        *,
        styles: tuple[str, ...] = (),
        share: str | None = None,
        data: Mapping[str, Any] | None = None,
        script: Artifact | None = None,
        kind: str = "website",
        base: str = "",
        **view: Any,
    ) -> dict[str, Any]:
        style = "".join(self._sheets(styles))
        frame = {
            "style": Markup(style),  # noqa: S704 (style sheets of ours)
            "policy": "" if self.settings.preview else policy(style, bool(script), bool(base)),
            "base": base,
            "page_colour": self.palette.page,
            "page_colour_dark": self.palette.page_dark,
            "share": share or self.share_picture(self.library.brand),
            "kind": kind,
            "data": Markup(_json_ld(data)) if data else "",  # noqa: S704 (escaped for a script)
            "script": urls.relative(self.keep(script), page) if script else "",
            "feed": self.href("trace", urls.FEED, page) if self.settings.site_url else "",
            "brand": self._brand(page),
        }
        return {"frame": frame, **view}

    def fragment(self, template: str, **view: Any) -> Markup:
        """A piece of HTML for use inside text, without line breaks: hosts end an HTML block at a blank line."""
        made = self._template(template)(**view)
        return Markup("".join(line.strip() for line in made.split("\n")))  # noqa: S704 (made by our templates)

    @cached_property
    def palette(self) -> Palette:
        """The brand's colours."""
        return palette_of(self.library.brand)

    @cached_property
    def spelling(self) -> Spelling:
        """The pinyin table, for search and addresses."""
        return spelling()

    @cached_property
    def _environment(self) -> Environment:
        return environment((THEME, *self._packages), self.settings.preview)

    @property
    def _packages(self) -> tuple[str, ...]:
        """Python packages outside the theme that contain templates or styles, from families and kinds."""
        found = {family.templates: None for family, _ in self.choice.families}
        with self.asked.for_everybody():
            found |= {kind.templates: None for kind in kinds_with(self.library.shelves).kinds}
        return tuple(each for each in found if each)

    @cached_property
    def _templates(self) -> dict[str, Callable[..., str]]:
        return {}

    @cached_property
    def _site_name(self) -> str:
        with self.asked.for_everybody():
            return self.library.brand.name

    @cached_property
    def _precompiled(self) -> PrecompiledPages:
        return PrecompiledPages()

    @cached_property
    def _styles(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        return {}

    def _sheets(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The style sheets of a page, the brand's colours first."""
        if names not in self._styles:
            with self.asked.for_everybody():
                palette = palette_style(self.palette)
            sheets = (style_sheet(name, self._packages) for name in ("base", *names))
            self._styles[names] = (palette, *sheets)
        return self._styles[names]

    def _brand(self, page: str) -> OpaqueView:
        """The brand as the frame shows it.

        It is cached per section and depth, since all pages of one section and depth have the same relative links.
        """
        first, *below = page.split("/")
        if first == _ASSET_FOLDER:
            return self._brand_at(page)
        place = "/".join([first, *(":" * bool(each) for each in below)])
        if place not in self._brands:
            with self.asked.for_everybody():
                self._brands[place] = self._brand_at(place)
        return self._brands[place]

    @cached_property
    def _brands(self) -> dict[str, OpaqueView]:
        return {}

    def _brand_at(self, page: str) -> OpaqueView:
        brand = self.library.brand
        seal = self.library.picture(brand.seal, "picture") if brand.seal else None
        view = OpaqueView(
            name=brand.name,
            village=brand.village_beside,
            sample=brand.sample,
            record_number=brand.record_number or "",
            telephone=brand.telephone or "",
            home=urls.relative(urls.HOME, page),
            seal=self.pictures.show(seal, CARD, page) if seal else None,
            seal_text=brand.seal.text if brand.seal else brand.name[:2],
            icon=urls.relative(urls.FAVICON, page),
            ways=ways(self.menu, page),
            search=urls.relative(urls.SEARCH, page),
            further=urls.relative(urls.VILLAGE, page) if self._links_to_further_kinds else "",
            recalls=urls.relative(urls.RECALLS, page) if self._recalls else "",
        )
        # All pages of a section show these two, so they are rendered once.
        for part in ("header", "footer"):
            view[part] = Markup(self._template(f"{part}.html")(brand=view))  # noqa: S704 (made by our templates)
        return view

    @property
    def _links_to_further_kinds(self) -> bool:
        """Whether the foot links to the lists of further kinds. It does not if the menu already does."""
        return bool(self.library.village_lists()) and urls.VILLAGE not in dict(self.menu)

    @property
    def _recalls(self) -> bool:
        """Whether the foot leads to the list of recalls: where lots have sheets."""
        return "trace" in self.choice and self.library.has_lots()

    @cached_property
    def menu(self) -> tuple[tuple[str, str], ...]:
        """Addresses and titles of the menu that every page shows."""
        return menu(self)

    # --- text ----------------------------------------------------------------------------

    def html(self, text: str, page: str, folder: str, place: Location) -> Markup:
        """A record's Markdown as safe HTML for `page`.

        `folder` is the record's folder, from which relative links start. `place` is where the text begins in its
        file. Dead links become problems at their line and column. A text that is too heavy to render gives an empty
        result and a problem.
        """

        def resolve(link: str, is_picture: bool) -> str | None:
            target = self._resolve(link, is_picture, page, folder)
            if target is None and is_picture and self._is_withheld(link, folder):
                return None  # The checks have told it.
            if target is None:
                where = _place_of(link, text, place)
                near, near_en = (
                    ("", "") if is_picture else markdown_links.meant(self, link, page, folder)
                )
                said = {"value": link, "near": near, "near_en": near_en}
                self.problems.append(problem("markdown-link", where, **said))
            elif "#" in target and not is_picture:
                found = markdown_links.place_on(target, page)
                if found is not None:
                    self.fragments.append((*found, _place_of(link, text, place)))
            return target

        heavy = markdown.too_heavy(text)
        if heavy is not None:
            where = Location(place.path, place.line + heavy)
            self.problems.append(problem("markdown-heavy", where))
            return Markup("")
        return Markup(markdown.to_html(text, resolve, self.converted.html))  # noqa: S704 (cleaned by nh3)

    def _is_withheld(self, link: str, folder: str) -> bool:
        """Whether a link in a text leads to a picture that no page may show."""
        path = markdown_links.joined(folder, unquote(link.partition("#")[0]))
        return path in self.withheld_pictures

    def _resolve(self, link: str, is_picture: bool, page: str, folder: str) -> str | None:
        """A link as it works on `page`, or None.

        The target is a record's file, a picture in the village, or the web.
        """
        if not is_picture:
            return markdown_links.target(self, link, page, folder)
        path = markdown_links.joined(folder, unquote(link.partition("#")[0]))
        media = None if ":" in link.split("/")[0] else self.library.media.get(path)
        return self.pictures.show(media, _BODY, page).src if media else None


_SHARED_ATTRIBUTES = ("_environment", "_templates", "_precompiled")
"""Attributes that every render context of a build shares, because they do not depend on the village."""

ISSUED = "press"
"""The kind of question that the render context itself answers. See `dependencies.Answers`."""

_ASSET_FOLDER = urls.asset("").partition("/")[0]
"""First part of the addresses of assets. Pages there would be linked differently at every address."""

_BODY = PictureRole("body", ((750, None, 42_000),))


def _place_of(link: str, text: str, place: Location) -> Location:
    """The location of a link in the text that begins at `place`."""
    written = f"]({link}" if link else "]()"
    offset = max(text.find(written), text.find(link) if link else 0, 0)
    line = text.count("\n", 0, offset)
    return Location(place.path, place.line + line, offset - text.rfind("\n", 0, offset))


def _json_ld(data: Mapping[str, Any]) -> str:
    """JSON-LD that cannot close its script element (`standards.md` §3.1)."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
