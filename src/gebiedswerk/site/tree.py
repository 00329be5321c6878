"""The files of a new site: pages are rendered, what did not change is linked from the former one, the rest is put."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from gebiedswerk.dossier import Root, RootedPlace, safe_files
from gebiedswerk.pages import Page
from gebiedswerk.site.processes import Progress, spread
from gebiedswerk.site.render import renderer


class Tree:
    """A folder that becomes a site; nothing reads it yet."""

    def __init__(self, root: Root) -> None:
        self.root = root
        self._folders: set[Path] = set()
        self._renderer = renderer()

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
            if former.get(place) != found:
                safe_files.put_new(self._place(place), self._renderer.render(page).encode())
            return found

        places = sorted(pages)
        return dict(zip(places, spread(work, places, jobs, progress), strict=True))

    def link(self, kept: Mapping[str, Path], jobs: int = 1) -> None:
        """Give files that are there a place in this site too."""

        def work(place: str) -> str:
            safe_files.link_file(kept[place], self._place(place))
            return place

        spread(work, sorted(kept), jobs)

    def put(self, contents: Mapping[str, bytes]) -> None:
        """Write files at their places."""
        for place, content in sorted(contents.items()):
            safe_files.put_new(self._place(place), content)

    def _place(self, place: str) -> RootedPlace:
        """Where a file stands, in a folder that is there. Raises PlaceRefused."""
        return safe_files.in_folder(self.root.at(place), self._folders)
