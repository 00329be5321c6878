"""Who signed a release: an SSH signature of its manifest, made and read by OpenSSH's own `ssh-keygen -Y`.

The signature stands beside the manifest and is not named in it. It comes from elsewhere, as all of a release: it is
handed to `ssh-keygen` under a name of ours. `ssh-keygen` asks nobody anything: with a key that needs a passphrase the
agent signs, or nobody.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gebiedswerk.core.faults import Checked, Fault, fault
from gebiedswerk.dossier import Root, safe_files
from gebiedswerk.release.manifest import NAME, SIGNATURE

NAMESPACE = "gebiedswerk-release"
"""What the signature is for: one of a mail or a commit by the same key is none of a release."""
TOOL = "ssh-keygen"
LARGEST = 64 * 1024
"""Bytes of the largest signature that is read: one with a key of 16,384 bits takes some 6,000."""
PATIENCE_SECONDS = 120
"""An agent may ask a person to touch or confirm a key."""


@dataclass(frozen=True, slots=True)
class Signers:
    """Whom the verifier believes: a file in the form of `allowed_signers` (man ssh-keygen), and withdrawn keys."""

    allowed: Path
    revoked: Path | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What `ssh-keygen` did: whether it agreed, what it wrote, and else why not."""

    agreed: bool
    output: bytes = b""
    reason: str = ""


def cannot_sign(key: Path) -> Iterator[Fault]:
    """What stands in the way of signing that is known before anything is made: no OpenSSH (Z155), no key (Z156)."""
    if shutil.which(TOOL) is None:
        yield fault("Z155", value=TOOL)
    elif not key.is_file():
        yield fault("Z156", str(key), reason=os.strerror(errno.ENOENT))


def sign(folders: Iterable[Path], key: Path) -> tuple[Fault, ...]:
    """Sign the manifests of finished releases. Returns why it could not be done; then some may be signed."""
    for folder in folders:
        answer = _ask(["-Y", "sign", "-n", NAMESPACE, "-P", "", "-f", _place(key)], (folder / NAME).read_bytes())
        if not answer.agreed:
            return (fault("Z156", str(key), reason=answer.reason),)
        safe_files.write_new(Root(folder, public=True).at(SIGNATURE), answer.output)
    return ()


def same_signer(new: Path, old: Path) -> bool:
    """Whether a release that stands already may keep, or take, the signature of one newly made with the same bytes."""
    if not (new / SIGNATURE).exists() or not os.path.lexists(old / SIGNATURE):
        return True
    one, other = _read(new), _read(old)
    return other is not None and one is not None and _key(new, one) == _key(old, other)


def take_signature(new: Path, old: Path) -> None:
    """Put the signature of a release newly made beside the same release without one."""
    if (new / SIGNATURE).exists() and not (old / SIGNATURE).exists():
        safe_files.replace_file(Root(old, public=True).at(SIGNATURE), (new / SIGNATURE).read_bytes())


def signed_by(folder: Path, signers: Signers) -> Checked[str | None]:
    """Who of the signers signed the manifest of a release: the name in the file of signers.

    Refused: no signature (Z157), one that is not of these bytes and this purpose (Z158), and one by a key that the
    signers do not have, have for something else or another time, or withdrew (Z159). No OpenSSH: Z155.
    """
    if shutil.which(TOOL) is None:
        return Checked(None, (fault("Z155", value=TOOL),))
    if not os.path.lexists(folder / SIGNATURE):
        return Checked(None, (fault("Z157", SIGNATURE),))
    signature = _read(folder)
    if signature is None:
        return Checked(None, (fault("Z158", SIGNATURE, reason=f"> {LARGEST} bytes"),))
    with _laid_down(signature) as place:
        return _held(folder, place, signers)


def _held(folder: Path, signature: str, signers: Signers) -> Checked[str | None]:
    data = (folder / NAME).read_bytes()
    whole = _ask(["-Y", "check-novalidate", "-n", NAMESPACE, "-s", signature], data)
    if not whole.agreed:
        return Checked(None, (fault("Z158", SIGNATURE, reason=whole.reason),))
    lists = [path for path in (signers.allowed, signers.revoked) if path is not None]
    missing = [
        fault("Z159", str(path), value=_last(whole), reason=os.strerror(errno.ENOENT))
        for path in lists
        if not path.is_file()
    ]
    if missing:
        return Checked(None, tuple(missing))
    allowed = ["-f", _place(signers.allowed)]
    found = _ask(["-Y", "find-principals", *allowed, "-s", signature], b"")
    revoked = [] if signers.revoked is None else ["-r", _place(signers.revoked)]
    answer = found
    for name in found.output.decode("utf-8", "replace").splitlines() if found.agreed else ():
        answer = _ask(["-Y", "verify", "-n", NAMESPACE, *allowed, *revoked, "-I", name, "-s", signature], data)
        if answer.agreed:
            return Checked(name)
    return Checked(None, (fault("Z159", str(signers.allowed), value=_last(whole), reason=answer.reason),))


def _key(folder: Path, signature: bytes) -> str | None:
    """The fingerprint of the key that signed a manifest; None where the signature is of something else."""
    with _laid_down(signature) as place:
        command = ["-Y", "check-novalidate", "-n", NAMESPACE, "-s", place]
        answer = _ask(command, (folder / NAME).read_bytes())
    return _last(answer) if answer.agreed else None


def _last(answer: Answer) -> str:
    """The last word of `Good "..." signature with ED25519 key SHA256:...`: the fingerprint."""
    return answer.output.decode("utf-8", "replace").split()[-1]


@contextmanager
def _laid_down(signature: bytes) -> Iterator[str]:
    """A signature in a file with a name of ours."""
    with safe_files.temporary() as folder:
        place = Root(folder).at(SIGNATURE)
        safe_files.write_new(place, signature)
        yield str(place.path)


def _read(folder: Path) -> bytes | None:
    """The signature of a release; None where it is no plain file, or longer than any is."""
    place = folder / SIGNATURE
    if place.is_symlink() or not place.is_file() or place.stat().st_size > LARGEST:
        return None
    return place.read_bytes()


def _place(path: Path) -> str:
    """A path that begins with a root, never with the dash of an option."""
    return str(path.absolute())


def _ask(words: list[str], data: bytes) -> Answer:
    """Let `ssh-keygen` read data, without a terminal or a window to ask anything on."""
    try:
        done = subprocess.run(  # noqa: S603 # no shell; every path begins with a root
            [shutil.which(TOOL) or TOOL, *words],
            input=data,
            capture_output=True,
            check=False,
            timeout=PATIENCE_SECONDS,
            env=_quiet(os.environ),
            start_new_session=True,
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        return Answer(agreed=False, reason=str(problem))
    lines = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
    return Answer(done.returncode == 0, done.stdout, lines[-1].strip() if lines else str(done.returncode))


def _quiet(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment, without what would ask a person for a passphrase; the agent stays."""
    asking = ("DISPLAY", "WAYLAND_DISPLAY", "SSH_ASKPASS")
    return {name: value for name, value in environment.items() if name not in asking} | {
        "SSH_ASKPASS_REQUIRE": "never",
        "LC_ALL": "C",
    }
