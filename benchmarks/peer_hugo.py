"""Lays out the village for Hugo: for each batch a content file or an entry of a JSON file, and new-style layouts."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import asdict
from pathlib import Path

from peer_tools import HUGO, install_python
from peers import (
    LAYOUTS,
    SHARED,
    Edit,
    Peer,
    put,
    put_picture,
    quantity,
    sheet_address,
)
from village_facts import Batch, Product, Story, Village


class Hugo(Peer):
    """Hugo without codes."""

    key = "hugo"
    name = "Hugo"
    largest = 10_000

    def install(self) -> str | None:
        return install_python("hugo")

    @property
    def version(self) -> str:
        said = subprocess.run([HUGO, "version"], capture_output=True, text=True, check=True).stdout
        found = re.search(r"v(\d[\d.]*)", said)
        return f"Hugo {found[1] if found else said}"

    @property
    def command(self) -> list[str]:
        return [str(HUGO), "--destination", str(self.out), *self._options]

    def server(self, port: int) -> list[str]:
        return [
            *(str(HUGO), "server", "--bind", "127.0.0.1", "--port", str(port)),
            *("--baseURL", f"http://127.0.0.1:{port}/", *self._options),
        ]

    @property
    def _options(self) -> list[str]:
        return ["--cacheDir", str(self.folder / "cache")]

    @property
    def caches(self) -> tuple[Path, ...]:
        return tuple(self.folder / each for each in ("cache", "resources", "public"))

    def write(self, source: Path, village: Village) -> None:
        shutil.copytree(LAYOUTS / "hugo", self.folder / "layouts")
        for name in SHARED:
            put(self.folder / "static" / name, (LAYOUTS / name).read_text("utf-8"))
        put(self.folder / "hugo.toml", _config(village, self.codes))
        content = self.folder / "content"
        for name, title in (("products", "小店"), ("stories", "故事"), ("t", "查批次")):
            put(content / name / "_index.md", f"---\ntitle: {title}\n---\n")
        for product in village.products:
            self._product(content, product, village)
        self._batches(content / "t", village)
        for story in village.stories:
            picture = self._picture(story.picture, story.id)
            put(content / "stories" / f"{story.id}.md", _story(story, picture))

    def _batches(self, content: Path, village: Village) -> None:
        for batch in village.batches:
            put(content / batch.product / f"{batch.lot}.md", _batch(batch))

    def _product(self, content: Path, product: Product, village: Village) -> None:
        story = village.story_of(product.id)
        picture = self._picture(product.picture, product.id)
        put(
            content / "products" / f"{product.id}.md",
            f"---\ntitle: {product.name}\nline: {product.line}\nkind: {product.kind}\n"
            f"category: {product.category}\nmaker: {product.maker}\n"
            f"ingredients: {product.ingredients}\nstorage: {product.storage}\n"
            f"months: {product.months}\nsize: {product.size}\nprice: {product.price}\n"
            + (f"story: {story.id}\n" if story else "")
            + picture
            + "---\n",
        )
        put(content / "t" / product.id / "_index.md", f"---\ntitle: {product.name}\n---\n")

    def _picture(self, picture: Path | None, name: str) -> str:
        if not picture:
            return ""
        put_picture(picture, self.folder / "static" / "photos" / f"{name}.jpg")
        return f"picture: photos/{name}.jpg\n"

    def edit_batch(self, batch: Batch, turn: int) -> Edit:
        file = self.folder / "content" / "t" / batch.product / f"{batch.lot}.md"
        new = quantity(turn)
        return Edit(file, r"(?m)^quantity: .+$", f"quantity: {new}", sheet_address(batch), new)

    def story_file(self, name: str) -> Path:
        return self.folder / "content" / "stories" / f"{name}.md"

    @property
    def footer_file(self) -> Path:
        return self.folder / "layouts" / "baseof.html"


class HugoCodes(Hugo):
    """Hugo with a code for each batch, made by its own `images.QR`."""

    key = "hugo-codes"
    name = "Hugo, a code per batch"
    codes = True


class HugoAdapter(HugoCodes):
    """Hugo with codes and a content adapter, which adds the pages from one JSON file instead of a content file each."""

    key = "hugo-adapter"
    name = "Hugo, a content adapter"

    def _batches(self, content: Path, village: Village) -> None:
        lines = ",\n".join(
            json.dumps(asdict(batch), ensure_ascii=False, separators=(",", ":"))
            for batch in village.batches
        )
        put(self._data, f"[{lines}]\n")
        put(content / "_content.gotmpl", _ADAPTER)

    @property
    def _data(self) -> Path:
        return self.folder / "assets" / "batches.json"

    def edit_batch(self, batch: Batch, turn: int) -> Edit:
        new = quantity(turn)
        at = rf'("product":"{batch.product}","lot":"{batch.lot}".*?"quantity":)"[^"]+"'
        return Edit(self._data, at, rf'\1"{new}"', sheet_address(batch), new)


_ADAPTER = """
{{ range resources.Get "batches.json" | transform.Unmarshal }}
{{ $path := printf "%s/%s" .product .lot }}
{{ $page := dict "path" $path "url" (printf "/t/%s/" $path) "title" .lot "params" . }}
{{ $.AddPage (merge $page (dict "dates" (dict "date" (time.AsTime .day)))) }}
{{ end }}
""".lstrip()
"""The URL is given, because `disablePathToLower` applies to files only."""


def _config(village: Village, codes: bool) -> str:
    """Return the configuration.

    `buildFuture` keeps batches of tomorrow. Taxonomy pages and feeds of products are off, because nobody asked for
    them; the one feed has fifty entries.
    """
    return (
        f'baseURL = "{village.url}"\ntitle = "{village.name}"\nlocale = "zh-CN"\n'
        'disablePathToLower = true\nbuildFuture = true\ndisableKinds = ["taxonomy", "term"]\n'
        f'[services.rss]\nlimit = 50\n[outputs]\nsection = ["html"]\n[params]\ncodes = {str(codes).lower()}\n'
    )


def _batch(batch: Batch) -> str:
    steps = "".join(
        f'- name: {each.name}\n  when: "{each.when}"\n' + (f"  by: {each.by}\n" if each.by else "")
        for each in batch.steps
    )
    checks = "".join(
        f"- level: {each.level}\n  result: {each.result}\n  day: {each.day}\n"
        f"  signed: {each.signed}\n"
        for each in batch.checks
    )
    return (
        f"---\ntitle: {batch.lot}\ndate: {batch.day}\nproduct: {batch.product}\n"
        f"size: {batch.size}\nquantity: {batch.quantity}\nstate: {batch.state}\n"
        f"destination: {batch.destination}\nsteps:\n{steps}checks:\n{checks}---\n"
    )


def _story(story: Story, picture: str) -> str:
    return (
        f"---\ntitle: {story.title}\ndate: {story.day}\nproduct: {story.product}\n{picture}"
        f"---\n\n{story.text}"
    )
