"""`xiangji copy`: shows the post of a story for each platform, to be pasted there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xiangji.build import open_press
from xiangji.cli.village import open_cache, open_settings, tell
from xiangji.cli.words import say
from xiangji.model.nearest import suggestion
from xiangji.social.platforms import PLATFORMS, Limit, PlatformLimits
from xiangji.social.post import Post, post_of

if TYPE_CHECKING:
    from xiangji.cli.message_keys import MessageKey


def show_posts(
    lang: str,
    story: str,
    platforms: tuple[str, ...],
    form: str,
    config: Path,
    date: str | None,
    site_url: str | None,
) -> int:
    """Show the posts of a story. Returns the exit status."""

    wanted = [_platform(each, lang) for each in dict.fromkeys(platforms)] or list(PLATFORMS)
    settings, found = open_settings(lang, config, date, site_url)
    context, told = open_press(settings, found, open_cache(settings.root))
    if context is None:
        tell(told, lang, settings.root)
        return 1
    stories = context.library.stories
    if story not in stories:
        near = suggestion(story, stories)[lang == "en"]
        raise click.UsageError(say("copy-no-story", lang, value=story, near=near))
    posts = [post_of(context, stories[story], each) for each in wanted]
    if form == "json":
        click.echo(json.dumps([as_data(each) for each in posts], ensure_ascii=False, indent=1))
    else:
        click.echo("\n\n".join(as_text(each, lang) for each in posts))
    return 0


def _platform(name: str, lang: str) -> PlatformLimits:
    """The platform with a key or a Chinese name. Raises `UsageError` if there is none."""
    found = next((each for each in PLATFORMS if name in (each.key, each.name)), None)
    if found is None:
        known = "、".join(f"{each.key}（{each.name}）" for each in PLATFORMS)
        raise click.UsageError(say("copy-no-platform", lang, value=name, known=known))
    return found


def as_text(post: Post, lang: str) -> str:
    """A post as text: what to paste, each with its length, and at the end where the limits come from."""
    platform = post.platform
    topics = " ".join(f"#{each}" for each in post.topics)
    counted: tuple[tuple[MessageKey, str, int, Limit], ...] = (
        ("copy-title", post.title, platform.length(post.title), platform.title),
        ("copy-text", post.text, platform.length(post.text), platform.text),
        ("copy-topics", topics, len(post.topics), platform.topics),
    )
    lines = [f"== {platform.name} =="]
    for word, text, length, limit in counted:
        lines += [say(word, lang, length=length, limit=limit.number), text or "—", ""]
    lines += [say("copy-picture", lang, path=post.picture)] if post.picture else []
    lines += [f"! {note[lang == 'en']}" for note in post.notes]
    sources = dict.fromkeys(limit.source or say("copy-guess", lang) for *_, limit in counted)
    return "\n".join([*lines, say("copy-sources", lang, sources="；".join(sources))])


def as_data(post: Post) -> dict[str, Any]:
    """A post as JSON."""
    platform = post.platform
    limits = {
        name: {"number": limit.number, "source": limit.source or None}
        for name in ("title", "text", "topics")
        for limit in (getattr(platform, name),)
    }
    return {
        "platform": platform.key,
        "title": post.title,
        "text": post.text,
        "topics": list(post.topics),
        "address": post.address or None,
        "picture": post.picture or None,
        "limits": limits,
        "notes": [zh for zh, _ in post.notes],
    }
