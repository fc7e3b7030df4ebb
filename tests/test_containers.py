"""Files in folders, archives and compressed, however deep: which come out, under which names. No database."""

import bz2
import contextlib
import gzip
import io
import lzma
import os
import stat
import struct
import sys
import tarfile
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.pipeline.reading.containers import open_stream, streams, zips
from articles.pipeline.reading.files import HEAD_BYTES, InputFile, open_files
from articles.pipeline.records import Note, Problem


def zip_of(members, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tar_of(members, format=tarfile.PAX_FORMAT):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=format) as archive:
        for name, content in members.items():
            info = content if isinstance(content, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = 0 if content is info else len(content)
            archive.addfile(info, None if content is info else io.BytesIO(content))
    return buffer.getvalue()


def link_in_tar(name, target, type=tarfile.SYMTYPE):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = type, target
    return info


def read_everything(*paths):
    """What is read: {name: content} of the files, and the sentences about the rest."""
    contents, said = {}, []
    for item in open_files(map(str, paths)):
        if isinstance(item, InputFile):
            try:
                contents[item.name] = item.stream.read()
            except OSError as error:
                said.append(f"{item.name}: {error.strerror}")
        else:
            assert isinstance(item, Problem | Note)
            said.append(str(item))
    return contents, said


def texts(folder, *paths):
    """The same, for files that are all right, with names below the folder."""
    contents, said = read_everything(*paths)
    assert said == []
    return {name.removeprefix(f"{folder}/"): content.decode() for name, content in contents.items()}


@pytest.fixture
def write(tmp_path):
    def write_file(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return write_file


TWO = {"b.txt": b"Second", "inner/a.txt": b"First"}


class TestOpened:
    def test_the_members_of_a_zip_come_in_the_order_of_their_names(self, write, tmp_path):
        names = {"b.txt": b"3", "a/z.txt": b"2", "a/deep/x.txt": b"1", "c.txt": b"4"}
        found = texts(tmp_path, write("news.zip", zip_of(names)))
        assert list(found.items()) == [
            ("news.zip/a/deep/x.txt", "1"),
            ("news.zip/a/z.txt", "2"),
            ("news.zip/b.txt", "3"),
            ("news.zip/c.txt", "4"),
        ]

    @pytest.mark.parametrize("format", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
    def test_the_members_of_a_tar_come_in_its_order(self, write, tmp_path, format):
        path = write("news.tar", tar_of(TWO, format))
        assert list(texts(tmp_path, path).items()) == [
            ("news.tar/b.txt", "Second"),
            ("news.tar/inner/a.txt", "First"),
        ]

    @pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress], ids=["gz", "bz2", "xz"])
    def test_compressed_files_keep_their_name_and_archives_open(self, write, tmp_path, compress):
        assert texts(tmp_path, write("a.txt.gz", compress(b"One"))) == {"a.txt.gz": "One"}
        assert texts(tmp_path, write("a.tgz", compress(tar_of(TWO)))) == {
            "a.tgz/b.txt": "Second",
            "a.tgz/inner/a.txt": "First",
        }

    @pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress], ids=["gz", "bz2", "xz"])
    def test_compressed_files_that_were_joined_are_read_to_the_end(self, write, tmp_path, compress):
        path = write("a.gz", compress(b"One ") + compress(b"Two ") + compress(b"Three"))
        assert texts(tmp_path, path) == {"a.gz": "One Two Three"}

    @pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_zips_of_every_method_are_read(self, write, tmp_path, method):
        assert texts(tmp_path, write("a.zip", zip_of({"a.txt": b"x" * 99}, method))) == {"a.zip/a.txt": "x" * 99}

    def test_content_counts_and_not_the_name(self, write, tmp_path):
        assert texts(tmp_path, write("news.txt", gzip.compress(b"One"))) == {"news.txt": "One"}
        assert texts(tmp_path, write("news.gz", b"Not compressed")) == {"news.gz": "Not compressed"}
        assert texts(tmp_path, write("news", zip_of({"a": b"One"}))) == {"news/a": "One"}

    def test_a_tar_of_old_without_a_mark_is_known_by_its_name(self, write, tmp_path):
        old = bytearray(tar_of({"a.txt": b"One"}, tarfile.USTAR_FORMAT))
        old[257:265] = bytes(8)
        old[148:156] = b"%06o\0 " % (sum(old[:148]) + 8 * 32 + sum(old[156:512]))
        assert texts(tmp_path, write("a.tar", bytes(old))) == {"a.tar/a.txt": "One"}

    def test_archives_in_archives_and_folders_are_opened(self, write, tmp_path):
        write("files/a.zip", zip_of({"b.tar.gz": gzip.compress(tar_of({"c.txt.gz": gzip.compress(b"Deep")}))}))
        write("files/b.txt", b"Plain")
        found = texts(tmp_path / "files", tmp_path / "files")
        assert found == {"a.zip/b.tar.gz/c.txt.gz": "Deep", "b.txt": "Plain"}

    def test_no_deeper_than_three_archives(self, write, tmp_path):
        data = b"Deep"
        for _ in range(3):
            data = zip_of({"a.zip": data})
        assert texts(tmp_path, write("x.zip", data)) == {"x.zip/a.zip/a.zip/a.zip": "Deep"}
        _, said = read_everything(write("x.zip", zip_of({"a.zip": data})))
        assert said == [
            f"{tmp_path}/x.zip/a.zip/a.zip/a.zip: Archives inside archives are opened to a depth of 3. "
            "Unpack it and import what is in it."
        ]

    def test_the_suffix_is_that_of_what_is_compressed(self):
        def suffix(name):
            return InputFile(name, io.BufferedReader(io.BytesIO())).suffix

        assert suffix("a.zip/Table.CSV.gz") == suffix("table.csv") == ".csv"
        assert suffix("notes.gz") == suffix("archive.v2/notes") == ""

    def test_an_empty_zip_and_an_empty_tar_hold_nothing(self, write):
        assert read_everything(write("a.zip", zip_of({})), write("b.tar", tar_of({}))) == ({}, [])

    def test_a_head_is_full_however_little_each_read_gives(self):
        class Trickle(io.RawIOBase):
            def __init__(self, data):
                self._data = io.BytesIO(data)

            def readable(self):
                return True

            def readinto(self, buffer):
                return self._data.readinto(memoryview(buffer)[:100])

        text = os.urandom(100_000)
        for data in (text, gzip.compress(text), bz2.compress(text), lzma.compress(text)):
            (member,) = open_stream("a", Trickle(data))
            assert InputFile(member.name, member.stream).head() == text[:HEAD_BYTES]


class TestStandardInput:
    @pytest.fixture
    def feed(self, monkeypatch):
        return lambda data: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    @pytest.mark.parametrize(
        ("data", "name"),
        [
            (b"One", "standard input"),
            (gzip.compress(b"One"), "standard input"),
            (zip_of({"a.txt": b"One"}), "standard input/a.txt"),
            (gzip.compress(tar_of({"a.txt": b"One"})), "standard input/a.txt"),
        ],
        ids=["plain", "gzip", "zip", "tar.gz"],
    )
    def test_it_may_be_compressed_or_an_archive(self, feed, data, name):
        feed(data)
        assert read_everything("-") == ({name: b"One"}, [])

    def test_a_zip_that_is_too_large_to_come_so_is_refused(self, feed, monkeypatch):
        monkeypatch.setattr(zips, "LARGEST_SPOOLED", 100)
        feed(zip_of({"a.txt": os.urandom(1_000)}))
        _, (said,) = read_everything("-")
        assert "standard input: The archive cannot be read (it is too large to come through a pipe" in said


class TestPassedOver:
    def test_hidden_files_and_those_of_operating_systems_are_left_out_silently(self, write, tmp_path):
        clutter = [".hidden", ".git/config", "__MACOSX/._a.txt", ".DS_Store", "Thumbs.db", "desktop.ini"]
        members = dict.fromkeys(clutter, b"x") | {"a.txt": b"One"}
        for name, content in members.items():
            write(f"files/{name}", content)
        assert texts(tmp_path / "files", tmp_path / "files") == {"a.txt": "One"}
        assert texts(tmp_path, write("a.zip", zip_of(members))) == {"a.zip/a.txt": "One"}
        assert texts(tmp_path, write("a.tar", tar_of(members))) == {"a.tar/a.txt": "One"}

    def test_links_and_devices_are_named(self, write, tmp_path):
        members = {
            "link": link_in_tar("link", "/etc/passwd"),
            "hard": link_in_tar("hard", "a.txt", tarfile.LNKTYPE),
            "null": link_in_tar("null", "", tarfile.CHRTYPE),
            "pipe": link_in_tar("pipe", "", tarfile.FIFOTYPE),
            "a.txt": b"One",
        }
        contents, said = read_everything(write("a.tar", tar_of(members)))
        assert contents == {f"{tmp_path}/a.tar/a.txt": b"One"}
        ending = "It is a link or a device in the archive and is passed over."
        assert said == [f"{tmp_path}/a.tar/{name}: {ending}" for name in ("link", "hard", "null", "pipe")]

    def test_a_link_in_a_zip_is_named(self, write, tmp_path):
        info = zipfile.ZipInfo("link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(info, "/etc/passwd")
        contents, said = read_everything(write("a.zip", buffer.getvalue()))
        assert (contents, said) == ({}, [f"{tmp_path}/a.zip/link: The symbolic link in the archive is passed over."])

    def test_links_and_pipes_in_folders_are_named_and_not_followed(self, write, tmp_path):
        write("secret.txt", b"Secret")
        write("files/a.txt", b"One")
        (tmp_path / "files/out").symlink_to(tmp_path / "secret.txt")
        (tmp_path / "files/loop").symlink_to(tmp_path / "files")
        os.mkfifo(tmp_path / "files/pipe")
        contents, said = read_everything(tmp_path / "files")
        assert list(contents.values()) == [b"One"]
        passed = "The symbolic link is passed over. Name it on the command line to follow it."
        assert said == [
            f"{tmp_path}/files/loop: {passed}",
            f"{tmp_path}/files/out: {passed}",
            f"{tmp_path}/files/pipe: It is neither a file nor a folder and is passed over.",
        ]

    @pytest.mark.parametrize("pack", [zip_of, tar_of])
    def test_names_never_lead_out_nor_control_a_terminal(self, write, tmp_path, pack):
        names = ["../../etc/passwd", "/root/x", "..\\..\\y", "a/../../b", "c\x1b[2J\nd"]
        contents, said = read_everything(write("a", pack(dict.fromkeys(names, b"x"))))
        assert said == []
        assert {name.removeprefix(f"{tmp_path}/") for name in contents} == {
            "a/etc/passwd",
            "a/root/x",
            "a/y",
            "a/a/b",
            "a/c\ufffd[2J\ufffdd",
        }
        assert sorted(tmp_path.iterdir()) == [tmp_path / "a"]


class TestDeclined:
    @pytest.mark.parametrize(
        ("name", "content", "sentence"),
        [
            ("a.docx", zip_of({"word/document.xml": b"x"}), "This is a Word document, which cannot be read here. Save"),
            ("a.XLSX", zip_of({"xl/workbook.xml": b"x"}), "This is an Excel workbook, which cannot be read here. Save"),
            ("a.epub", zip_of({"mimetype": b"x"}), "This is an e-book, which cannot be read here."),
            ("a.odt", zip_of({"mimetype": b"x"}), "This is an OpenDocument text, which cannot be read here."),
            ("a.bin", zip_of({"[Content_Types].xml": b"x"}), "This is a document of an office program or an e-book"),
            ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "This is a Word document"),
            ("a.pdf", b"%PDF-1.7\n", "This is a PDF document, which cannot be read here. Save it as text or HTML"),
            ("a.txt", b"{\\rtf1\\ansi One}", "This is a document in rich text format"),
            ("a.7z", b"7z\xbc\xaf\x27\x1c\0", "This is a 7-Zip archive, which cannot be read here. Unpack it"),
            ("a.zst", b"\x28\xb5\x2f\xfd\0", "This is a file compressed with Zstandard"),
        ],
    )
    def test_a_known_kind_that_cannot_be_read_is_called_by_its_name(self, write, tmp_path, name, content, sentence):
        contents, said = read_everything(write(name, content))
        assert contents == {}
        assert said[0].startswith(f"{tmp_path}/{name}: {sentence}")

    def test_a_text_may_be_called_a_doc(self, write, tmp_path):
        assert texts(tmp_path, write("a.doc", "Zürich".encode())) == {"a.doc": "Zürich"}


class TestDamaged:
    def test_an_encrypted_member_is_named_and_the_rest_goes_on(self, write, tmp_path):
        data = bytearray(zip_of({"a.txt": b"Secret", "b.txt": b"Open"}))
        place = data.index(b"PK\1\2")
        data[place + 8] |= 1
        contents, said = read_everything(write("a.zip", bytes(data)))
        assert contents == {f"{tmp_path}/a.zip/b.txt": b"Open"}
        assert said == [
            f"{tmp_path}/a.zip/a.txt: It is encrypted. Unpack the archive with its password and import what is in it."
        ]

    def test_a_member_of_an_unknown_method_is_named_and_the_rest_goes_on(self, write, tmp_path):
        data = bytearray(zip_of({"a.txt": b"Odd", "b.txt": b"Plain"}))
        for mark, offset in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
            struct.pack_into("<H", data, data.index(mark) + offset, 93)
        contents, (said,) = read_everything(write("a.zip", bytes(data)))
        assert contents == {f"{tmp_path}/a.zip/b.txt": b"Plain"}
        assert said.startswith(f"{tmp_path}/a.zip/a.txt: It cannot be read (That compression method is not supported")

    def test_a_damaged_member_is_named_and_the_rest_goes_on(self, write, tmp_path):
        data = zip_of({"a.txt": b"One", "b.txt": b"Two"}, zipfile.ZIP_STORED).replace(b"One", b"0ne")
        contents, said = read_everything(write("a.zip", data))
        assert contents == {f"{tmp_path}/a.zip/b.txt": b"Two"}
        assert said == [f"{tmp_path}/a.zip/a.txt: The file cannot be read (it is damaged). Is it complete?"]

    def test_a_zip_that_is_cut_off_is_named(self, write, tmp_path):
        _, (said,) = read_everything(write("a.zip", zip_of(TWO)[:-30]))
        assert said.startswith(f"{tmp_path}/a.zip: The archive cannot be read (it has no table of contents). Is it")

    @pytest.mark.parametrize("compress", [bytes, gzip.compress, bz2.compress, lzma.compress])
    def test_what_came_before_the_end_of_a_tar_that_is_cut_off_is_read(self, write, tmp_path, compress):
        members = {"a.txt": os.urandom(200_000), "b.txt": os.urandom(1_400_000), "c.txt": b"Lost"}
        data = compress(tar_of(members))
        contents, said = read_everything(write("a.tar", data[: len(data) * 4 // 5]))
        assert contents[f"{tmp_path}/a.tar/a.txt"] == members["a.txt"]
        assert f"{tmp_path}/a.tar/c.txt" not in contents
        assert "The archive is damaged or cut off (" in said[-1]

    def test_a_damaged_header_in_a_tar_is_no_silent_end(self, write, tmp_path):
        data = bytearray(tar_of({"a.txt": b"One", "b.txt": b"Two", "c.txt": b"Three"}, tarfile.USTAR_FORMAT))
        data[1024 + 3] ^= 255
        contents, said = read_everything(write("a.tar", bytes(data)))
        assert list(contents.values()) == [b"One"]
        assert said == [
            f"{tmp_path}/a.tar: The archive is damaged or cut off (bad checksum); what came before was read. "
            "Import it again when it is complete."
        ]

    def test_what_came_before_the_damage_in_a_compressed_file_is_read_first(self, write):
        data = gzip.compress(os.urandom(300_000))
        file = next(files := open_files([str(write("a.gz", data[:-50_000]))]))
        assert len(file.stream.read(200_000)) == 200_000
        with pytest.raises(OSError, match="it is cut off"):
            file.stream.read()
        assert list(files) == []

    def test_a_file_that_is_damaged_at_once_is_a_problem(self, write, tmp_path):
        assert read_everything(write("a.gz", b"\x1f\x8b\x08\0 nonsense")) == (
            {},
            [f"{tmp_path}/a.gz: The file cannot be read (it is damaged). Is it complete?"],
        )


class TestProportion:
    """Archives made to fill a disk or the memory. The limits are lowered here."""

    @pytest.fixture(autouse=True)
    def small_limits(self, monkeypatch):
        monkeypatch.setattr(streams, "FREE_BYTES", 1_000_000)

    def test_a_member_of_a_zip_that_expands_too_much_is_refused_and_the_rest_goes_on(self, write, tmp_path):
        contents, (said,) = read_everything(write("a.zip", zip_of({"a.txt": bytes(5_000_000), "b.txt": b"Two"})))
        assert contents == {f"{tmp_path}/a.zip/b.txt": b"Two"}
        assert "a.txt: It would expand to 5,000,000 bytes, more than 250 times its size." in said

    @pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress], ids=["gz", "bz2", "xz"])
    def test_a_compressed_file_that_expands_too_much_is_left_off(self, write, tmp_path, compress):
        contents, said = read_everything(write("a.gz", compress(bytes(9_000_000))))
        assert (contents, said) == ({}, [f"{tmp_path}/a.gz: it expands to more than 250 times its size"])

    def test_members_that_overlap_are_refused(self, write, tmp_path):
        data = bytearray(zip_of({f"{number}.txt": os.urandom(1_000) for number in range(3)}))
        place = -1
        for _ in range(3):
            place = data.index(b"PK\1\2", place + 1)
            struct.pack_into("<L", data, place + 20, 2_000)
        contents, (said,) = read_everything(write("a.zip", bytes(data)))
        assert contents == {}
        assert "The members of the archive overlap: it is made to fill a disk." in said

    def test_a_zip_with_too_many_members_is_refused_before_they_are_listed(self, write, monkeypatch):
        monkeypatch.setattr(zips, "LARGEST_CONTENTS", 1_000)
        members = {f"{number}.txt": b"x" for number in range(100)}
        contents, (said,) = read_everything(write("a.zip", zip_of(members)))
        assert contents == {}
        assert "(it has too many members; a tar archive may have any number)" in said

    def test_a_tar_with_a_huge_header_is_refused(self, write):
        info = tarfile.TarInfo("a.txt")
        info.pax_headers = {"comment": "x" * 1_000_000}
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as archive:
            archive.addfile(info)
        contents, (said,) = read_everything(write("a.tar", buffer.getvalue()))
        assert contents == {}
        assert "(a header is too large)" in said

    def test_an_xz_file_cannot_demand_any_memory_it_likes(self, write):
        data = bytearray(lzma.compress(b"One"))
        # The size of the dictionary is one byte in the header of the block, followed by its checksum.
        place = data.index(b"\x21\x01") + 2
        data[place] = 37
        header = bytes(data[12 : 12 + (data[12] + 1) * 4 - 4])
        struct.pack_into("<L", data, 12 + len(header), zlib.crc32(header))
        contents, (said,) = read_everything(write("a.xz", bytes(data)))
        assert contents == {}
        assert "The file cannot be read (it is damaged)" in said


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([zip_of(TWO), tar_of(TWO), gzip.compress(tar_of(TWO)), bz2.compress(b"x"), lzma.compress(b"x")]),
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), max_size=4),
    st.integers(0, 20_000),
)
def test_no_damage_breaks_the_reading(data, changes, end):
    damaged = bytearray(data)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    for item in open_stream("a", io.BytesIO(bytes(damaged[: end or None]))):
        if isinstance(item, Problem | Note):
            continue
        with contextlib.suppress(OSError):
            item.stream.read()
