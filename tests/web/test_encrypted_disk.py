"""Whether the data folder is on an encrypted disk: told from a tree of devices like the kernel's."""

import os
from pathlib import Path

import pytest

from web.encrypted_disk import is_encrypted

LUKS = "CRYPT-LUKS2-0123456789abcdef-khronika"


class Devices:
    """Block devices as they stand below /sys, and a folder that seems to lie on one of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "home"
        self.folder.mkdir()
        found = self.folder.stat().st_dev
        self.own = f"{os.major(found)}:{os.minor(found)}"

    def add(self, number: str, *below: str, uuid: str = "", inside: str = "") -> None:
        """One device; `below` are those it stands on, `inside` the disk it is a part of."""
        place = self.root / "sys" / (f"{inside}/part" if inside else "") / number
        place.mkdir(parents=True)
        if inside:
            (place / "partition").touch()
            place.parent.joinpath("dev").write_text(f"{inside}\n")
            self.root.joinpath("sys", number).symlink_to(place)
        if uuid:
            (place / "dm").mkdir()
            (place / "dm" / "uuid").write_text(f"{uuid}\n")
        for other in below:
            (place / "slaves" / other).mkdir(parents=True)
            (place / "slaves" / other / "dev").write_text(f"{other}\n")

    def told(self) -> bool | None:
        return is_encrypted(self.folder, self.root / "sys", self.root / "mountinfo")


@pytest.fixture
def devices(tmp_path: Path) -> Devices:
    made = Devices(tmp_path)
    if made.own.startswith("0:"):
        pytest.skip("temporary files lie on no device here")
    return made


def test_a_plain_disk_is_told_from_an_encrypted_one(devices: Devices) -> None:
    devices.add(devices.own)
    assert devices.told() is False


def test_an_encrypted_volume_is_recognised(devices: Devices) -> None:
    devices.add(devices.own, "8:1", uuid=LUKS)
    devices.add("8:1")
    assert devices.told() is True


def test_a_volume_of_several_parts_is_encrypted_when_all_that_it_stands_on_is(devices: Devices) -> None:
    devices.add(devices.own, "254:8", "254:9", uuid="LVM-abc")
    devices.add("254:8", uuid=LUKS)
    devices.add("254:9", uuid=LUKS)
    assert devices.told() is True


def test_one_open_part_is_enough_to_be_open(devices: Devices) -> None:
    devices.add(devices.own, "254:8", "8:2", uuid="LVM-abc")
    devices.add("254:8", uuid=LUKS)
    devices.add("8:2")
    assert devices.told() is False


@pytest.mark.parametrize(("uuid", "told"), [(LUKS, True), ("", False)])
def test_a_part_is_as_its_whole_disk(devices: Devices, uuid: str, told: bool) -> None:
    devices.add("9:0", uuid=uuid)
    devices.add(devices.own, inside="9:0")
    assert devices.told() is told


def test_where_the_system_does_not_say_it_cannot_be_told(devices: Devices) -> None:
    assert devices.told() is None
    assert is_encrypted(devices.root / "missing") is None
    assert is_encrypted(Path("/proc")) is None
