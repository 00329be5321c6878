"""Signatures by real keys through OpenSSH's own `ssh-keygen`; whoever else signed, or what else, is refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gebiedswerk.app.freeze import freeze
from gebiedswerk.app.verify import verify
from gebiedswerk.cli.main import main
from gebiedswerk.core.faults import errors
from gebiedswerk.release import Signers
from gebiedswerk.release.manifest import SIGNATURE
from gebiedswerk.release.signatures import NAMESPACE, sign, signed_by
from tests.conftest import KLEIN
from tests.release.releases import MANIFEST, reseal, tree

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not on this machine")

KINDS = {"ed25519": (), "rsa": ("-b", "3072"), "ecdsa": ("-b", "521")}
WHO = "griffier@wilgendam.nl"
ODD = ["-Oprint-pubkey", "-f", "--", "a b", "sleutel;touch geraakt", "$(touch geraakt)", "~", "sleutel\nregel"]


def keygen(*words: str | Path, given: bytes = b"") -> bytes:
    return subprocess.run(["ssh-keygen", *map(str, words)], check=True, capture_output=True, input=given).stdout


def new_key(place: Path, kind: str = "ed25519", phrase: str = "") -> Path:
    keygen("-q", "-t", kind, *KINDS[kind], "-N", phrase, "-C", "", "-f", place)
    return place


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A key of each kind, `other` of somebody else, and `locked` with a passphrase."""
    folder = tmp_path_factory.mktemp("keys")
    found = {kind: new_key(folder / kind, kind) for kind in KINDS}
    return found | {"other": new_key(folder / "other"), "locked": new_key(folder / "locked", phrase="geheim")}


def public_of(key: Path) -> str:
    return " ".join(key.with_suffix(".pub").read_text("utf-8").split()[:2])


def believe(place: Path, key: Path, who: str = WHO, options: str = "") -> Signers:
    """A file of signers with one line."""
    place.write_text(f"{who} {options} {public_of(key)}\n", "utf-8")
    return Signers(place)


@pytest.fixture
def signed(public: Path, keys: dict[str, Path]) -> Path:
    assert sign([public], keys["ed25519"]) == ()
    return public


def told(folder: Path, signers: Signers) -> list[str]:
    """The code of what is wrong with a signature, or nothing."""
    found = signed_by(folder, signers)
    assert (found.value is None) == bool(found.faults)
    return [one.code for one in errors(found.faults)]


@pytest.mark.parametrize("kind", KINDS)
def test_who_signed_is_said(kind: str, public: Path, keys: dict[str, Path], tmp_path: Path) -> None:
    """Every kind of key; the manifest does not name the signature, and all else of the release holds."""
    assert sign([public], keys[kind]) == ()
    signers = believe(tmp_path / "signers", keys[kind], f"andere@x.nl,{WHO}", f'namespaces="{NAMESPACE}"')
    found = verify(public, signers=signers)
    assert found.faults == ()
    assert found.value is not None and found.value.signed_by == "andere@x.nl"
    assert SIGNATURE not in (public / MANIFEST).read_text("utf-8")


def test_a_release_is_signed_as_it_is_frozen(
    keys: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the command line, for anyone and for the auditor; the copy inside is held by the manifest around it."""
    public, audit, key = tmp_path / "public", tmp_path / "audit", keys["ed25519"]
    words = ["freeze", str(KLEIN), "--out", str(public), "--audit", str(audit), "--sign", str(key)]
    assert main(words) == 0
    assert str(key) in capsys.readouterr().out
    signers = str(believe(tmp_path / "signers", key).allowed)
    assert main(["verify", str(public), "--signers", signers]) == 0
    assert WHO in capsys.readouterr().out
    assert main(["verify", str(audit), "--deliveries", "--signers", signers, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["signed_by"] == WHO
    assert main(["verify", str(public)]) == 0
    assert "--signers" in capsys.readouterr().out
    before = tree(tmp_path)
    assert main(words) == 0
    assert tree(tmp_path) == before


def test_a_release_that_stands_takes_one_signature(frozen: Path, public: Path, keys: dict[str, Path]) -> None:
    """The same release without a signature gets it; signed by another key it is left alone."""
    made, faults = freeze(KLEIN, public, key=keys["ed25519"])
    assert (made is not None, faults) == (True, ())
    before = tree(public)
    assert before == tree(frozen / "public") | {SIGNATURE: before[SIGNATURE]}
    refused, faults = freeze(KLEIN, public, key=keys["other"])
    assert (refused, [one.code for one in faults]) == (None, ["Z101"])
    assert tree(public) == before


def test_what_was_signed_elsewhere_counts_as_well(public: Path, keys: dict[str, Path], tmp_path: Path) -> None:
    """A clerk can sign with OpenSSH alone, as the how-to says."""
    keygen("-Y", "sign", "-n", NAMESPACE, "-f", keys["other"], public / MANIFEST)
    assert told(public, believe(tmp_path / "signers", keys["other"])) == []


def without_key(folder: Path, keys: dict[str, Path]) -> Path:
    return folder / "nergens"


def text(folder: Path, keys: dict[str, Path]) -> Path:
    (folder / "brief.txt").write_text("Geachte raad,\n", "utf-8")
    return folder / "brief.txt"


def a_folder(folder: Path, keys: dict[str, Path]) -> Path:
    (folder / "map").mkdir()
    return folder / "map"


def a_pipe(folder: Path, keys: dict[str, Path]) -> Path:
    os.mkfifo(folder / "pijp")
    return folder / "pijp"


def open_to_all(folder: Path, keys: dict[str, Path]) -> Path:
    place = Path(shutil.copy(keys["other"], folder / "open"))
    place.chmod(0o644)
    return place


def locked(folder: Path, keys: dict[str, Path]) -> Path:
    return keys["locked"]


def only_public(folder: Path, keys: dict[str, Path]) -> Path:
    return Path(shutil.copy(keys["other"].with_suffix(".pub"), folder / "alleen.pub"))


@pytest.mark.parametrize("make", [without_key, text, a_folder, a_pipe, open_to_all, locked, only_public])
def test_a_key_that_cannot_sign_leaves_nothing(
    make: Callable[[Path, dict[str, Path]], Path],
    keys: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A fault with what ssh-keygen says; it asks nobody anything; no release and no half of one."""
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("SSH_ASKPASS", "/bin/cat")
    key, where = make(tmp_path, keys), tmp_path / "uitgaven"
    where.mkdir()
    words = ["freeze", str(KLEIN), "--out", str(where / "a"), "--audit", str(where / "b"), "--sign", str(key), "--json"]
    assert main(words) == 1
    (one,) = json.loads(capsys.readouterr().out)["faults"]
    assert (one["code"], one["file"]) == ("Z156", str(key))
    assert list(where.iterdir()) == []


def test_a_key_with_a_passphrase_signs_through_the_agent(
    public: Path, keys: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The agent holds the key; we never see the passphrase."""
    socket = tmp_path / "agent"
    with subprocess.Popen(["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.DEVNULL) as agent:
        try:
            monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
            ask = tmp_path / "ask"
            ask.write_text("#!/bin/sh\necho geheim\n", "utf-8")
            ask.chmod(0o700)
            environment = os.environ | {"SSH_ASKPASS": str(ask), "SSH_ASKPASS_REQUIRE": "force"}
            for _ in range(100):
                if socket.exists():
                    break
                time.sleep(0.05)
            subprocess.run(["ssh-add", "-q", str(keys["locked"])], check=True, env=environment)
            assert sign([public], keys["locked"]) == ()
        finally:
            agent.terminate()
    assert told(public, believe(tmp_path / "signers", keys["locked"])) == []


@pytest.mark.parametrize("name", ODD)
def test_a_name_is_never_an_option(
    name: str, public: Path, keys: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keys, files of signers, withdrawn keys and releases with such names, relative to where we are."""
    folder = tmp_path / "hier"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for place in ("sleutel", "wie", "weg", "uitgave"):
        (folder / place).mkdir()
    os.chdir(folder / "sleutel")
    shutil.copy(keys["ed25519"], Path(name))
    Path(name).chmod(0o600)
    assert sign([public], Path(name)) == ()
    os.chdir(folder / "wie")
    signers = believe(Path(name), keys["ed25519"])
    assert told(public, signers) == []
    os.chdir(folder / "weg")
    Path(name).write_text(public_of(keys["other"]), "utf-8")
    kept = Signers(folder / "wie" / signers.allowed, Path(name))
    assert told(public, kept) == []
    os.chdir(folder / "uitgave")
    shutil.copytree(public, Path(name))
    assert verify(Path(name), signers=Signers(folder / "wie" / signers.allowed)).faults == ()
    assert not list(folder.rglob("geraakt"))


def day(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).strftime("%Y%m%d")


@pytest.mark.parametrize(
    "options",
    ['namespaces="git,file"', f'valid-before="{day(-2)}"', f'valid-after="{day(2)}"', "cert-authority"],
)
def test_a_key_that_does_not_hold_for_this(options: str, signed: Path, keys: dict[str, Path], tmp_path: Path) -> None:
    """For another purpose, no longer, not yet, or for certificates alone; the same key without it is right."""
    signers = believe(tmp_path / "signers", keys["ed25519"], options=options)
    assert told(signed, signers) == ["Z159"]
    assert told(signed, believe(tmp_path / "signers", keys["ed25519"])) == []
    open_term = f'valid-after="{day(-2)}",valid-before="{day(2)}",namespaces="{NAMESPACE}"'
    assert told(signed, believe(tmp_path / "signers", keys["ed25519"], options=open_term)) == []


@pytest.mark.parametrize(
    "content", [None, "", "niets\n", "# leeg\n", "a@b.nl ssh-ed25519 AAAA\n", "\0\0\xff", "a " * 50_000]
)
def test_a_file_of_signers_that_is_none(content: str | None, signed: Path, tmp_path: Path) -> None:
    place = tmp_path / "signers"
    if content is not None:
        place.write_text(content, "utf-8")
    assert told(signed, Signers(place)) == ["Z159"]


def test_somebody_else(signed: Path, keys: dict[str, Path], tmp_path: Path) -> None:
    """Signed by a key that the signers do not have: which key it was is said."""
    (one,) = errors(verify(signed, signers=believe(tmp_path / "signers", keys["other"])).faults)
    assert one.code == "Z159"
    assert str(one.value).startswith("SHA256:")


def test_a_key_that_was_withdrawn(signed: Path, keys: dict[str, Path], tmp_path: Path) -> None:
    """By a file of keys, and by a list that OpenSSH makes of them; a list that is not there lets nothing through."""
    allowed = believe(tmp_path / "signers", keys["ed25519"]).allowed
    plain, krl = tmp_path / "weg", tmp_path / "weg.krl"
    plain.write_text(public_of(keys["ed25519"]) + "\n", "utf-8")
    keygen("-q", "-k", "-f", krl, plain)
    for revoked in (plain, krl, tmp_path / "nergens"):
        assert told(signed, Signers(allowed, revoked)) == ["Z159"], revoked
    keygen("-q", "-k", "-f", krl, keys["other"].with_suffix(".pub"))
    assert told(signed, Signers(allowed, krl)) == []
    assert main(["verify", str(signed), "--revoked", str(krl)]) == 2


def test_a_release_without_a_signature(
    public: Path, keys: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asked for, it is refused; not asked for, what is left open is said."""
    assert told(public, believe(tmp_path / "signers", keys["ed25519"])) == ["Z157"]
    assert main(["verify", str(public)]) == 0
    assert "--manifest" in capsys.readouterr().out


def foreign_purpose(public: Path, key: Path) -> None:
    given = keygen("-Y", "sign", "-n", "git", "-f", key, given=(public / MANIFEST).read_bytes())
    (public / SIGNATURE).write_bytes(given)


def foreign_file(public: Path, key: Path) -> None:
    (public / SIGNATURE).write_bytes(keygen("-Y", "sign", "-n", NAMESPACE, "-f", key, given=b"iets anders"))


def cut(public: Path, key: Path) -> None:
    data = (public / SIGNATURE).read_bytes()
    (public / SIGNATURE).write_bytes(data[: len(data) // 2])


def emptied(public: Path, key: Path) -> None:
    (public / SIGNATURE).write_bytes(b"")


def huge(public: Path, key: Path) -> None:
    (public / SIGNATURE).write_bytes((public / SIGNATURE).read_bytes() + b"\n" * 100_000)


def words(public: Path, key: Path) -> None:
    (public / SIGNATURE).write_text("Ondertekend, de griffier\n", "utf-8")


def manifest_renewed(public: Path, key: Path) -> None:
    path = public / "site/index.html"
    path.write_bytes(path.read_bytes().replace(b"</main>", b"\n</main>"))
    reseal(public, "site/index.html")


@pytest.mark.parametrize("harm", [foreign_purpose, foreign_file, cut, emptied, huge, words, manifest_renewed])
def test_a_signature_of_something_else(
    harm: Callable[[Path, Path], None], signed: Path, keys: dict[str, Path], tmp_path: Path
) -> None:
    signers = believe(tmp_path / "signers", keys["ed25519"])
    assert told(signed, signers) == []
    harm(signed, keys["ed25519"])
    codes = [one.code for one in errors(verify(signed, signers=signers).faults)]
    assert codes == (["Z158", "Z109"] if harm is manifest_renewed else ["Z158"])


def test_every_byte_of_a_signature_counts(signed: Path, keys: dict[str, Path], tmp_path: Path) -> None:
    """One letter of the base64 changed, at every tenth place: refused, or the very same signature."""
    signers, place = believe(tmp_path / "signers", keys["ed25519"]), signed / SIGNATURE
    before = place.read_bytes()
    for at in range(0, len(before) - 1, 10):
        place.write_bytes(before[:at] + (b"B" if before[at : at + 1] != b"B" else b"C") + before[at + 1 :])
        found = signed_by(signed, signers)
        assert found.value is None and found.faults[0].code in ("Z158", "Z159"), at


def test_a_signature_that_is_a_link(signed: Path, keys: dict[str, Path], tmp_path: Path) -> None:
    """It is not followed, whoever made what it leads to."""
    (signed / SIGNATURE).rename(tmp_path / "elders")
    (signed / SIGNATURE).symlink_to(tmp_path / "elders")
    found = verify(signed, signers=believe(tmp_path / "signers", keys["ed25519"]))
    assert {one.code for one in found.faults} == {"Z158", "Z106"}


def test_a_machine_without_openssh(
    public: Path, keys: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named, for who signs and who verifies; nothing is let through."""
    signers = believe(tmp_path / "signers", keys["ed25519"])
    monkeypatch.setenv("PATH", str(tmp_path))
    made, faults = freeze(KLEIN, tmp_path / "uitgave", key=keys["ed25519"])
    assert (made, [one.code for one in faults]) == (None, ["Z155"])
    assert not (tmp_path / "uitgave").exists()
    assert told(public, signers) == ["Z155"]
