"""Addresses that moved (`redirects.csv`): where each leads now, as pages without scripts and as maps for servers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from gebiedswerk.core.addresses import ELSEWHERE, file_of
from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.core.filenames import folded
from gebiedswerk.dossier.tables import Redirect

SAFE = "/%=&.-_~:@!,+*()#?"
FILE = "redirects.csv"
CADDY = 'redir "{}" "{}" permanent'  # literal: a line of a Caddyfile
FARTHEST = 20
"""So many moves lead from an address to where it is now; more are a circle, or a folder that moves into itself."""


@dataclass(frozen=True, slots=True)
class MovedPlaces:
    """Place in the site that is no page any more → where it leads: a place in the site, or an address elsewhere."""

    places: Mapping[str, str]
    faults: tuple[Fault, ...]


def moved(rules: Sequence[Redirect], former: Collection[str], new: Collection[str]) -> MovedPlaces:
    """Lead every place of the former release that is gone, and every rule of its own, to where it is now.

    Faults: a place that would vanish (Z120; also where another takes its place on disks for which capitals do not
    count), a rule that leads nowhere (Z121) or in a circle (Z122), or that hides a page (Z123).
    """
    own, new = _Own(rules), frozenset(new)
    faults: list[Fault] = []
    places: dict[str, str] = {}
    taken = {folded(place) for place in new}
    for place in sorted(own.exact.keys() | (set(former) - new)):
        if folded(place) in taken:
            named = [fault("Z123", FILE, rule.row, "old", rule.old) for rule in own.exact.get(place, ())]
            faults += named if named or place in new else [fault("Z120", None, None, None, place)]
            continue
        target = _followed(place, own, new)
        rule = own.rule_for(place)
        if rule is None:
            faults.append(fault("Z120", None, None, None, place))
        elif target is None:
            faults.append(fault("Z122", FILE, rule.row, "old", rule.old))
        elif not target.startswith(ELSEWHERE) and file_of(target) not in new:
            faults.append(fault("Z121", FILE, rule.row, "new", target))
        else:
            places[place] = target
    return MovedPlaces(places, tuple(dict.fromkeys([*faults, *_nowhere(rules, own, new)])))


def _nowhere(rules: Sequence[Redirect], own: _Own, new: Collection[str]) -> Iterator[Fault]:
    """Addresses on other hosts that lead to no page of this site (Z121)."""
    for rule in rules:
        if rule.old.startswith(ELSEWHERE) and not rule.new.startswith(ELSEWHERE) and not rule.new.endswith("/*"):
            target = _followed(file_of(rule.new), own, new)
            if target is None or (not target.startswith(ELSEWHERE) and file_of(target) not in new):
                yield fault("Z121", FILE, rule.row, "new", rule.new)


class _Own:
    """The rules about places of this site, by what they name: a file, or a folder (`oud/*`)."""

    def __init__(self, rules: Sequence[Redirect]) -> None:
        self.exact: dict[str, list[Redirect]] = defaultdict(list)
        self.folders: dict[str, Redirect] = {}
        for rule in rules:
            folder = _folder(rule.old)
            if rule.old.startswith(ELSEWHERE):
                continue
            if not rule.old.endswith("/*"):
                self.exact[file_of(rule.old)].append(rule)
            elif folder not in self.folders or len(self.folders[folder].old) < len(rule.old):
                self.folders[folder] = rule

    def rule_for(self, place: str) -> Redirect | None:
        """The rule about a place: the one that names it, else the longest that names a folder around it."""
        if place in self.exact:
            return self.exact[place][0]
        ends = [at + 1 for at, sign in enumerate(place) if sign == "/"][::-1]
        return next((self.folders[place[:end]] for end in [*ends, 0] if place[:end] in self.folders), None)


def _folder(text: str) -> str:
    return text.removeprefix("/").removesuffix("*")


def _followed(place: str, own: _Own, new: Collection[str]) -> str | None:
    """Where a place leads in the end; None for a circle."""
    seen: set[str] = set()
    target = place
    while not target.startswith(ELSEWHERE) and file_of(target) not in new:
        if target in seen or len(seen) > FARTHEST:
            return None
        seen.add(target)
        rule = own.rule_for(file_of(target))
        if rule is None:
            return target
        rest = file_of(target).removeprefix(_folder(rule.old)) if rule.old.endswith("/*") else ""
        target = f"{_folder(rule.new)}{rest}" if rule.new.endswith("/*") else rule.new.removeprefix("/")
    return target


def nginx_map(rules: Sequence[Redirect], places: Mapping[str, str], address: str) -> str:
    """A map for nginx from what was asked (`$host$request_uri`, or `$uri` on this site) to where it is now."""
    own = [f'    "/{_quoted(old)}" "{_absolute(new, "")}";' for old, new in sorted(places.items())]
    others = [f'    "{_host_key(rule)}" "{_absolute(rule.new, address)}";' for rule in _elsewhere(rules)]
    start = '    default "";'
    here = ["map $uri $gebiedswerk_moved {", start, *own, "}"]
    there = ["map $host$request_uri $gebiedswerk_elsewhere {", start, *others, "}"]
    return "\n".join([*here, *there, ""])


def caddy_map(rules: Sequence[Redirect], places: Mapping[str, str], address: str) -> str:
    """The same as lines of a Caddyfile; those of another host stand in a block of that host."""
    lines = [CADDY.format(f"/{_quoted(old)}", _absolute(new, "")) for old, new in sorted(places.items())]
    hosts: dict[str, list[str]] = {}
    for rule in _elsewhere(rules):
        parts = urlsplit(rule.old)
        line = "    " + CADDY.format(_quoted(parts.path or "/"), _absolute(rule.new, address))
        hosts.setdefault(parts.netloc, []).append(line)
    for host, found in sorted(hosts.items()):
        lines += [f"{_quoted(host)} {{", *found, "}"]
    return "\n".join([*lines, ""])


def _elsewhere(rules: Sequence[Redirect]) -> list[Redirect]:
    return [rule for rule in rules if rule.old.startswith(ELSEWHERE)]


def _host_key(rule: Redirect) -> str:
    parts = urlsplit(rule.old)
    return _quoted(f"{parts.netloc}{parts.path or '/'}") + (f"?{_quoted(parts.query)}" if parts.query else "")


def _absolute(target: str, address: str) -> str:
    """An address from the root of the site, or in full."""
    return _quoted(target) if target.startswith(ELSEWHERE) else f"{address.rstrip('/')}/{_quoted(target.lstrip('/'))}"


def _quoted(text: str) -> str:
    """Nothing that a server would read as more than an address."""
    return quote(text, safe=SAFE)
