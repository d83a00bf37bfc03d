"""Zip archives: their members one after the other, never more than the limit in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from graph.read.source import UnreadableError

_MEMBERS = 20_000
_TOTAL = 8


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive; without ``data`` it could not be read, and ``reason`` says why."""

    name: str
    data: bytes | None
    reason: str = ""


def read_members(data: bytes, limit: int) -> Iterator[Member]:
    """Yield the files of an archive in the order of their names, hidden ones passed over.

    Args:
        data: the archive.
        limit: the largest number of bytes of one member; all together may have eight times as many.

    Raises:
        UnreadableError: the archive is broken, or has more than 20,000 members.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableError("is a broken archive or cut off; fetch it again") from error
    with archive:
        infos = sorted((i for i in archive.infolist() if is_wanted(i)), key=lambda info: info.filename)
        if len(infos) > _MEMBERS:
            raise UnreadableError(f"holds more than {_MEMBERS} files; unpack it and give the folder")
        left = _TOTAL * limit
        for info in infos:
            member = read_member(archive, info, min(limit, left))
            left -= len(member.data or b"")
            yield member


def is_wanted(info: zipfile.ZipInfo) -> bool:
    """Tell whether an entry is a file that a person put there."""
    parts = info.filename.split("/")
    return not info.is_dir() and not any(part.startswith((".", "__MACOSX")) for part in parts)


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> Member:
    """Return one file of an archive; what it says of its size is not believed."""
    name = name_member(info)
    if info.file_size > limit:
        return Member(name, None, f"unpacks to more than the limit of {limit // 2**20} MB")
    try:
        with archive.open(info) as file:
            data = file.read(limit + 1)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
        locked = isinstance(error, RuntimeError) and "password" in str(error)
        return Member(name, None, "is locked by a password" if locked else "is broken in its archive")
    except Exception as error:  # the decompressors have error classes of their own
        return Member(name, None, f"is broken in its archive ({type(error).__name__})")
    if len(data) > limit:
        return Member(name, None, f"unpacks to more than the limit of {limit // 2**20} MB")
    return Member(name, data)


def name_member(info: zipfile.ZipInfo) -> str:
    """Return a member's name; archives made by Chinese Windows write it in GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename
