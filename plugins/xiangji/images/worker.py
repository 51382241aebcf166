"""Processes photos in parallel threads: each is decoded once, and what the cache has is not made again.

Threads are enough, because Pillow releases the interpreter lock while it decodes and encodes. The bytes and facts do
not depend on the number of threads, on the order in which they end, or on the content of the cache.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator

from msgspec import Struct, field

from xiangji.cache import Cache
from xiangji.images.measurements import FACTS, PhotoFacts, measure
from xiangji.images.renditions import (
    DamagedPhoto,
    Rendition,
    RenditionOrder,
    decoded,
    develop,
    recipe,
    scale_of,
)
from xiangji.readers.media.heic import decoder
from xiangji.readers.media.pictures import Media

Progress = Callable[[str, int, int], None]
"""A callback for progress: a key of what is being done, the number done, and the number of all."""

_MOST_THREADS = 8
PHOTOS = "photos"


class PhotoJob(Struct, frozen=True):
    """A photo and all renditions that are ordered of it."""

    media: Media
    orders: tuple[RenditionOrder, ...]


class PhotoResult(Struct):
    """The renditions and facts of a photo. If `facts` is None, nothing could be made.

    `why` then gives the reason in Chinese and English.
    """

    made: dict[RenditionOrder, Rendition] = field(default_factory=dict)
    facts: PhotoFacts | None = None
    why: tuple[str, str] = ("", "")


def process(
    jobs: list[PhotoJob], cache: Cache, progress: Progress | None = None, threads: int | None = None
) -> list[PhotoResult]:
    """One result for each job, in the order of jobs. `progress` is called only if something has to be made."""
    results = [_from_cache(job, cache) for job in jobs]
    unmade = [n for n, job in enumerate(jobs) if not _complete(results[n], job)]
    tell = progress or (lambda *_: None)
    if unmade:
        tell(PHOTOS, 0, len(unmade))
    made = _in_parallel([(n, jobs[n], results[n]) for n in unmade], cache, threads)
    for count, (number, result) in enumerate(made, 1):
        results[number] = result
        tell(PHOTOS, count, len(unmade))
    return results


def _in_parallel(
    unmade: list[tuple[int, PhotoJob, PhotoResult]], cache: Cache, threads: int | None
) -> Iterator[tuple[int, PhotoResult]]:
    """The results with the numbers of their jobs, in the order in which they are finished."""
    from concurrent.futures import Future, ThreadPoolExecutor, as_completed

    workers = min(threads or _MOST_THREADS, threads or os.cpu_count() or 1, max(1, len(unmade)))
    pool = ThreadPoolExecutor(workers)
    try:
        running: dict[Future[PhotoResult], int] = {
            pool.submit(_completed, job, known, cache): number for number, job, known in unmade
        }
        for future in as_completed(running):
            yield running[future], future.result()
    finally:
        # After Ctrl+C, photos that have not been started are dropped.
        pool.shutdown(cancel_futures=True)


def _complete(result: PhotoResult, job: PhotoJob) -> bool:
    return result.facts is not None and len(result.made) == len(job.orders)


def _keys(job: PhotoJob) -> tuple[int, str, dict[RenditionOrder, str]]:
    """The scale at which the photo can be decoded, and the cache keys of its facts and renditions."""
    media = job.media
    scale = scale_of(media.width, media.height, job.orders)
    source = f"{media.digest}/{scale}/{recipe()}"
    if media.format == "heif":
        source += f"/{decoder()}"
    pictures = {
        order: f"picture/{source}/{order.width}x{order.height}/{order.ceiling}/{order.form}"
        for order in job.orders
    }
    return scale, f"facts/{FACTS}/{source}", pictures


def _from_cache(job: PhotoJob, cache: Cache) -> PhotoResult:
    """What the cache has for a job."""
    _, facts, pictures = _keys(job)
    found = PhotoResult()
    for order, key in pictures.items():
        stored = cache.stored(key, Rendition.unpacked)
        if stored is not None:
            found.made[order] = stored
    found.facts = cache.stored(facts, PhotoFacts.unpacked)
    return found


def _completed(job: PhotoJob, known: PhotoResult, cache: Cache) -> PhotoResult:
    """The result of a job, after missing parts were made and cached.

    It runs in a thread and changes no shared state.
    """
    scale, facts_key, pictures = _keys(job)
    try:
        raw = job.media.read()
    except OSError as error:
        return PhotoResult(why=("读不出来", error.strerror or "cannot be read"))
    if hashlib.sha256(raw).hexdigest() != job.media.digest:
        # If these pixels were cached under the old digest, the wrong picture would be used for ever.
        return PhotoResult(why=("正在读的时候，文件变了；再来一次", "it changed while being read"))
    try:
        photo = decoded(raw, scale)
    except DamagedPhoto:
        return PhotoResult(why=("文件坏了，打不开", "damaged: it cannot be decoded"))
    made = dict(known.made)
    for order, picture in develop(photo, [each for each in pictures if each not in made]):
        made[order] = picture
        cache.store(pictures[order], picture.packed())
    facts = known.facts
    if facts is None:
        facts = measure(photo, job.media.format)
        cache.store(facts_key, facts.packed())
    return PhotoResult(made, facts)
