"""Whether a folder lies on an encrypted disk, as far as this machine can tell: Linux's own (dm-crypt, LUKS) and nothing else.

A disk encrypted by itself, by the host of a virtual machine or by the file system (ZFS, fscrypt) is not seen.
"""

import os
import re
from pathlib import Path

DEVICES = Path("/sys/dev/block")
"""A folder or link for each block device, by its number."""
MOUNTS = Path("/proc/self/mountinfo")
_ESCAPED = re.compile(r"\\([0-7]{3})")


def is_encrypted(folder: Path, devices: Path = DEVICES, mounts: Path = MOUNTS) -> bool | None:
    """None where it cannot be told: no such device, as with a network's or a container's file system, or no such system."""
    try:
        number = folder.stat().st_dev
        if os.major(number) == 0:  # btrfs and others give their files numbers of no device
            number = _mounted_from(folder.resolve(), mounts).stat().st_rdev
        return _is_under_crypt(devices, f"{os.major(number)}:{os.minor(number)}")
    except (OSError, ValueError):
        return None


def _mounted_from(folder: Path, mounts: Path) -> Path:
    """The device below the deepest mount that holds the folder; of two at one place the later one."""
    found, depth = "", 0
    for line in mounts.read_text(encoding="utf-8").splitlines():
        place, _, source = line.partition(" - ")
        at = Path(_ESCAPED.sub(lambda code: chr(int(code[1], 8)), place.split()[4]))
        if folder.is_relative_to(at) and len(at.parts) >= depth:
            found, depth = source.split()[1], len(at.parts)
    if not found.startswith("/dev/"):
        raise ValueError(found)
    return Path(found)


def _is_under_crypt(devices: Path, number: str) -> bool:
    """Whether everything that this device writes is encrypted by it or by what it stands on: volumes, mirrors, parts of disks."""
    device = (devices / number).resolve(strict=True)
    uuid = device / "dm" / "uuid"
    if uuid.exists() and uuid.read_text(encoding="ascii").startswith("CRYPT-"):
        return True
    backing = device / "loop" / "backing_file"
    if backing.exists():
        inner = os.stat(backing.read_text(encoding="utf-8").rstrip("\n")).st_dev  # noqa: PTH116 - a name, not ours
        return _is_under_crypt(devices, f"{os.major(inner)}:{os.minor(inner)}")
    is_part = (device / "partition").exists()
    below = [device.parent / "dev"] if is_part else [path / "dev" for path in (device / "slaves").glob("*")]
    return bool(below) and all(_is_under_crypt(devices, file.read_text(encoding="ascii").strip()) for file in below)
