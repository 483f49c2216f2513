"""Time zones as people call them: by city, by IANA name, by abbreviation."""

from collections import defaultdict
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

from bot.errors import NoSuchZone

_CLOSE: Final = 75
"""RapidFuzz score from which a name is close enough to offer."""


def parse(name: str) -> ZoneInfo:
    """A zone by its IANA name, or by a city that only one zone has.

    Raises:
        NoSuchZone: with what to write instead.
    """
    names = {zone.casefold(): zone for zone in available_timezones()}
    exact = names.get(name.strip().casefold().replace(" ", "_"))
    if exact:
        return ZoneInfo(exact)
    cities = [zone for zone in _zones() if _city(zone) == _folded(name)]
    if len(cities) == 1:
        return ZoneInfo(cities[0])
    raise NoSuchZone(
        f"“{name}” is no time zone I know. Choose one from the list, like Europe/Kyiv or America/New_York."
    )


def complete(typed: str, now: datetime, limit: int) -> list[tuple[str, str]]:
    """(label, IANA name) of zones close to what is typed, best first; the label tells the time there."""
    wanted = _folded(typed)
    if not wanted:
        chosen = ["UTC", *_ranked()]
    else:
        begins = [zone for zone in _ranked() if _city(zone).startswith(wanted) or _folded(zone).startswith(wanted)]
        called = _abbreviations(now.year).get(typed.strip().upper(), [])
        spelled = {zone: f"{_city(zone)} {_folded(zone)}" for zone in _ranked()}
        close = process.extract(wanted, spelled, scorer=fuzz.partial_ratio, score_cutoff=_CLOSE, limit=limit)
        universal = ["UTC"] if "utc".startswith(wanted) else []
        chosen = list(dict.fromkeys([*universal, *called, *begins, *(zone for _, _, zone in close)]))
    return [(_label(zone, now), zone) for zone in chosen[:limit]]


def _label(zone: str, now: datetime) -> str:
    there = now.astimezone(ZoneInfo(zone))
    offset = there.strftime("%z")
    return f"{zone} (UTC{offset[:3]}:{offset[3:]}, now {there:%H:%M})"


def _folded(name: str) -> str:
    return " ".join(name.replace("_", " ").replace("/", " ").replace("-", " ").casefold().split())


def _city(zone: str) -> str:
    return _folded(zone.rpartition("/")[2])


@cache
def _zones() -> tuple[str, ...]:
    """The zones that are named after a place."""
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")))


@cache
def _ranked() -> tuple[str, ...]:
    """The same, those that serve most countries first (tzdata's zone1970.tab), since they are asked for most."""
    table = files("tzdata").joinpath("zoneinfo", "zone1970.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    countries = {row[2]: len(row[0].split(",")) for row in rows}
    return tuple(sorted(_zones(), key=lambda zone: (-countries.get(zone, 0), zone)))


@cache
def _abbreviations(year: int) -> dict[str, list[str]]:
    """The zones that call themselves so in a year, in summer or in winter: CET, EST."""
    called: dict[str, list[str]] = defaultdict(list)
    for zone in _ranked():
        info = ZoneInfo(zone)
        for days in (14, 196):
            name = (datetime(year, 1, 1, tzinfo=info) + timedelta(days=days)).tzname() or ""
            if name.isalpha() and zone not in called[name]:
                called[name].append(zone)
    return dict(called)
