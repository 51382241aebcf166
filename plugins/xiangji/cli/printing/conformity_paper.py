"""`xiangji pledge --pdf`: typesets the certificate, and verifies the PDF before the certificate is recorded."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from xiangji.build import open_press
from xiangji.cli.printing.conformity import amount_asked
from xiangji.cli.printing.paper import deliver, deliverable, paper_place, printing, say_read
from xiangji.cli.village import open_cache, refused, tell
from xiangji.cli.words import say
from xiangji.conformity.certificate import CertificateRefused, pledge
from xiangji.conformity.issued import next_number
from xiangji.model.location import Location
from xiangji.problems import Problem, fatal

if TYPE_CHECKING:
    from xiangji.output.paper_folder import PaperFolder
    from xiangji.paper.delivery import Finished


class CertificatePaper(Struct, frozen=True):
    """A verified PDF that is written after the certificate has been recorded."""

    lang: str
    place: PaperFolder
    name: str
    content: Finished

    def check(self) -> None:
        """Exit with status 1 if the file may not be written."""
        deliverable(self.lang, self.place, {self.name: self.content.pdf})

    def deliver(self, aside: bool) -> None:
        """Write the file and report it; with `aside` on standard error, because standard output is for programs then."""
        deliver(self.lang, self.place, {self.name: self.content.pdf})
        say_read(self.lang, self.place.shown / self.name, self.content, aside)
        click.echo(say("paper-actual", self.lang), err=aside)


def pledge_paper(
    lang: str, settings: Any, key: str, quantity: str | None, copies: int, issue: bool, form: str
) -> CertificatePaper | None:
    """Return the PDF of a batch's certificate; None if the batch gets no certificate, which is reported elsewhere.

    Exits with status 1 if it cannot be printed.
    """
    with printing(lang):
        from xiangji.paper.fonts import find_fonts

        fonts = find_fonts(settings.root)
    cache = open_cache(settings.root)
    context, problems = open_press(settings, (), cache)
    if context is None:
        tell(problems, lang, settings.root)
        sys.exit(1)
    from xiangji.paper import conformity
    from xiangji.paper.coded import RESOLUTION, unregistrable
    from xiangji.paper.delivery import finish

    batch = context.library.batches[key]
    found = pledge(context.library, batch, settings.today, amount_asked(lang, quantity))
    if isinstance(found, CertificateRefused):
        return None
    number = next_number(context.library, settings.today) if issue else ""
    row = found.issued(number, copies)
    made, told = conformity.prepare(context, row, batch, conformity.FORMS[form], fonts, copies)
    _stop([*told, *(unregistrable(context) if issue else ())], lang, settings.root)
    assert made is not None  # Without a problem there is a certificate.
    document = conformity.set_certificate(context, made, fonts, cache)
    content, faults = finish(*document, RESOLUTION, Location(settings.config_file))
    _stop(faults, lang, settings.root)
    assert content is not None
    return CertificatePaper(
        lang, paper_place(settings.root, None, "pledges"), made.file_name, content
    )


def _stop(told: list[Problem], lang: str, root: Path) -> None:
    if fatal(told, strict=False):
        refused(lang, root, told)
        sys.exit(1)
