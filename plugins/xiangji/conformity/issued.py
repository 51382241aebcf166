"""Reads the register of issued certificates: which batch each was given for, and the next number."""

from __future__ import annotations

from datetime import date

from xiangji import urls
from xiangji.conformity.certificate import failed_layer
from xiangji.library import Library
from xiangji.library.code_register import PrintedAddress, register, renamed
from xiangji.model.fields import fold_digits
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.values import said_date
from xiangji.model.vocabularies import BatchStatus
from xiangji.records.batch import Batch
from xiangji.records.conformity import IssuedCertificate

_NUMBER = late_pattern(r"(?:HGZ-)?(\d{4})-(\d{1,6})")
"""The letters in front keep a spreadsheet from taking 2026-001 for a month."""


def next_number(library: Library, on: date) -> str:
    """Return the next number of the year, such as HGZ-2026-001.

    It is higher than all numbers in the register, in its present and in its last committed form.
    """
    rows = (*library.pledges, *library.saved.pledges)
    found = (_NUMBER.fullmatch(fold_digits(row.number).upper()) for row in rows)
    taken = [int(each[2]) for each in found if each and int(each[1]) == on.year]
    return f"HGZ-{on.year}-{max(taken, default=0) + 1:03}"


def batches_of_pledges(library: Library) -> dict[str, list[IssuedCertificate]]:
    """Return the issued certificates by the present key of their batch (`product/lot`), newest first."""
    found: dict[str, list[IssuedCertificate]] = {}
    printed = register(library)
    for row in library.pledges:
        batch = batch_of(row, library, printed)
        if batch is not None:
            found.setdefault(batch.key, []).insert(0, row)
    return found


def batch_of(
    row: IssuedCertificate, library: Library, printed: dict[str, PrintedAddress]
) -> Batch | None:
    """Return the batch that a certificate was given for, even if it was renamed since; None if there is none."""
    batch = library.batches.get(row.batch)
    if batch is not None:
        return batch
    address = urls.sheet(*row.batch.split("/"))
    code = printed.get(address)
    to = code.to if code and code.to else renamed(address, printed, library)
    parts = urls.lot_of(to or "")
    return library.batches.get(f"{parts[0]}/{parts[1]}") if parts else None


def ended(row: IssuedCertificate, batch: Batch) -> tuple[str, str]:
    """Return why a certificate is no longer valid, in Chinese and English; empty strings while it is valid."""
    if row.withdrawn_on:
        return f"{said_date(row.withdrawn_on)}作废", f"withdrawn on {row.withdrawn_on}"
    return stopped(batch)


def stopped(batch: Batch) -> tuple[str, str]:
    """Return what happened to a batch with a certificate, in Chinese and English; empty strings if nothing did."""
    if batch.status in (BatchStatus.ON_HOLD, BatchStatus.RECALLED):
        return f"已{batch.status}", batch.status.key.replace("_", " ")
    layer = failed_layer(batch)
    if layer is not None:
        return f"{layer}不合格", f"failed by its {layer.key.replace('_', ' ')} inspection"
    return "", ""
