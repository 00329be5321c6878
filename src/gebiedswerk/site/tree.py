"""The files of a new site: pages are rendered, what did not change is linked from the former one, the rest is put."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from gebiedswerk.dossier import Root, RootedPlace, safe_files
from gebiedswerk.pages import Page
from gebiedswerk.site.processes import Progress, spread
from gebiedswerk.site.render import renderer


def places_in(folder: Path, below: str = "") -> set[str]:
    """The places of all files below a folder; of a link, or of what is no file, a place that no file has."""
    found = set()
    with os.scandir(folder) as entries:
        for one in entries:
            if one.is_dir(follow_symlinks=False):
                found |= places_in(Path(one.path), f"{below}{one.name}/")
            else:
                found.add(f"{below}{one.name}" if one.is_file(follow_symlinks=False) else f"{below}{one.name}/")
    return found


class Tree:
    """A folder that becomes a site; nothing reads it yet. `there`: place → key of what stands in it already."""

    def __init__(self, root: Root, there: Mapping[str, str] | None = None) -> None:
        self.root = root
        self._there = dict(there or {})
        self._folders: set[Path] = set()
        self._renderer = renderer()

    def clear(self, keys: Mapping[str, str]) -> None:
        """Take away what stands under another key than it should: its file may stand in another site too."""
        for place in [place for place, key in self._there.items() if keys.get(place) != key]:
            safe_files.remove_with_folders(self.root.at(place))
            del self._there[place]

    def render(
        self,
        pages: Mapping[str, Page],
        key: Callable[[Page], str],
        former: Mapping[str, str],
        jobs: int = 1,
        progress: Progress | None = None,
    ) -> dict[str, str]:
        """Write the pages that have another key than the former ones at their places; the keys of all by place."""

        def work(place: str) -> str:
            page, found = pages[place], key(pages[place])
            if found not in (former.get(place), self._there.get(place)):
                safe_files.put_new(self._place(place), self._renderer.render(page).encode())
            return found

        places = sorted(pages)
        return dict(zip(places, spread(work, places, jobs, progress), strict=True))

    def link(self, kept: Mapping[str, Path], jobs: int = 1) -> None:
        """Give files that are there a place in this site too, where nothing stands yet."""

        def work(place: str) -> str:
            safe_files.link_file(kept[place], self._place(place))
            return place

        spread(work, sorted(kept.keys() - self._there.keys()), jobs)

    def put(self, contents: Mapping[str, bytes]) -> None:
        """Write files at their places, where nothing stands yet."""
        for place, content in sorted(contents.items()):
            if place not in self._there:
                safe_files.put_new(self._place(place), content)

    def _place(self, place: str) -> RootedPlace:
        """Where a file stands, in a folder that is there. Raises PlaceRefused."""
        return safe_files.in_folder(self.root.at(place), self._folders)
