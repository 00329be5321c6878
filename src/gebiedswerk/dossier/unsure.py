"""What a profile still asks: the settings that `import --propose` could not be sure of, under `[unsure]`."""

from __future__ import annotations

from gebiedswerk.core.faults import Fault, fault
from gebiedswerk.dossier.settings import Profile


def unsure_faults(profile: Profile, name: str) -> list[Fault]:
    """The questions that are left in `profiles/<name>.toml` (I150), each with what the profile says now as its value.

    While there is one, nothing may be read with the profile: the answer decides about money.
    """
    file = f"profiles/{name}.toml"
    return [
        fault("I150", file, None, key, setting_text(profile, key), question=words, profile=name)
        for key, words in profile.unsure.items()
    ]


def setting_text(profile: Profile, key: str) -> str | None:
    """A setting (`flows.income`) as a person types it: several values apart by commas; None where nothing is said."""
    found: object = profile
    for part in key.split(".", 1):
        found = found.get(part) if isinstance(found, dict) else getattr(found, part, None)
    if isinstance(found, list):
        texts = [one for one in found if isinstance(one, str)]
        return ",".join(map(in_list, texts)) if len(texts) == len(found) else None
    if isinstance(found, bool):
        return "true" if found else "false"
    return str(found) if isinstance(found, str | int) else None


def in_list(text: str) -> str:
    """One of several values: in quotes where it holds a comma."""
    escaped = text.replace('"', '""')
    return f'"{escaped}"' if "," in text or text.startswith('"') else text
