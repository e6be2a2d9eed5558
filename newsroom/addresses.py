"""Every address that the newsroom gives to a story, in the shapes of docs/site.md §2."""

from __future__ import annotations

from newsroom.records import Story
from newsroom.sections import Section, hex_number

HOME = "https://baodongthap.vn"

#: Hosts that serve pages; the newsroom's links name all of them.
PAGE_HOSTS = (
    "baodongthap.vn",
    "www.baodongthap.vn",
    "baodongthap.com.vn",
    "www.baodongthap.com.vn",
)

_SERIES_FOLDER = {
    "video": "/video/xem-video",
    "podcast": "/podcast/nghe-podcast",
    "infographic": "/infographic",
}


def key(story: Story) -> str:
    """The citable name that its address gives it."""
    if story.series:
        return f"dto:{story.series}-{story.number}"
    mark = {"A": "", "B": "b", "C": "a"}[story.generation]
    return f"dto:{mark}{story.number}"


def path(story: Story, section: Section | None = None) -> str:
    """The address by slug, as filed under *section* (its own by default)."""
    filed = section or story.section
    if story.series:
        return f"{_SERIES_FOLDER[story.series]}/{story.slug}-{story.number}.html"
    if story.generation == "A":
        return f"/{filed.slug}/{story.slug}-{story.number}.aspx"
    if story.generation == "B":
        return f"/{filed.slug}/{story.stamp:%Y%m}/{story.slug}-{story.number}"
    return f"/{story.slug}-a{story.number}.html"


def hex_path(story: Story) -> str:
    """The older address of an A article."""
    words = story.slug.replace("-", "_")
    return f"/newsdetails/{hex_number(story.number)}/{words[:1].upper()}{words[1:]}.aspx"


def linked_paths(story: Story) -> list[str]:
    """Every path that some list links to."""
    if story.hex_only:
        return [hex_path(story)]
    paths = [path(story)]
    if story.generation == "A":
        paths += [path(story, each) for each in story.also_in]
        if has_hex_link(story):
            paths.append(hex_path(story))
    return paths


def has_hex_link(story: Story) -> bool:
    """Whether lists link the picture of an A story by hex and its title by slug."""
    return story.hex_only or (story.template.startswith("a-2017") and story.style % 4 == 0)
