"""Texts in the encodings of real files come out as they were written. No database."""

import codecs
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.pipeline.reading import files as read
from articles.pipeline.reading.encodings import detect_encoding, is_known_encoding
from articles.pipeline.reading.files import HEAD_BYTES, InputFile, LineTooLong, open_files

from .corpora import CORPORA, needs_corpora

# What a town paper might write, in languages that older encodings were made for.
TEXTS = {
    "en": "“It’s our first priority,” the mayor of Riverton said – twice.",
    "fr": "Le maire de Rivière-sur-Loire a déclaré hier que le pont serait réparé avant l’été, « coûte que coûte ».",
    "de": "Der Bürgermeister von Müllheim erklärte, die Brücke werde für größere Lastwagen verstärkt.",
    "es": "El alcalde de Peñaflor declaró ayer que el puente será reparado. ¿Quién pagará las obras?",
    "pt": "O prefeito declarou ontem que a ponte será consertada até o verão. A população não está satisfeita.",
    "sv": "Borgmästaren sade i går att bron ska repareras före sommaren, å det snaraste.",
    "pl": "Burmistrz oświadczył wczoraj, że most zostanie naprawiony przed latem. Żółty most stoi już długo.",
    "cs": "Starosta včera prohlásil, že most bude opraven ještě před létem. Příští týden začnou práce.",
    "hu": "A polgármester tegnap közölte, hogy a hidat még a nyár előtt kijavítják. Győzni fogunk.",
    "ro": "Primarul a declarat ieri că podul va fi reparat înainte de vară, şi că banii există în oraş.",
    "it": "Il sindaco ha dichiarato che il ponte sarà riparato entro l’estate. È la nostra priorità.",
    "tr": "Belediye başkanı dün köprünün yaz gelmeden önce onarılacağını açıkladı. Çalışmalar başlıyor.",
    "lt": "Meras vakar pareiškė, kad tiltas bus suremontuotas dar šią vasarą, prieš mokyklų šventę.",
    "ru": "Мэр города заявил вчера, что мост будет отремонтирован до лета. Это наш главный приоритет.",
    "uk": "Мер міста заявив учора, що міст буде відремонтовано до літа. Їхній пріоритет — безпека.",
    "el": "Ο δήμαρχος δήλωσε χθες ότι η γέφυρα θα επισκευαστεί πριν από το καλοκαίρι.",
    "he": "ראש העיר הודיע אתמול כי הגשר יתוקן לפני הקיץ. זו העדיפות הראשונה שלנו.",
    "ar": "أعلن رئيس البلدية أمس أن الجسر سيتم إصلاحه قبل الصيف، وقال إنها الأولوية القصوى.",
    "th": "นายกเทศมนตรีประกาศเมื่อวานนี้ว่าสะพานจะได้รับการซ่อมแซมก่อนฤดูร้อน",
    "ja": "市長は昨日、橋が夏までに修理されると発表した。「最優先事項です」と記者団に語った。",
    "zh": "市长昨天表示，大桥将在夏天之前修好。“这是我们的首要任务”，他对记者说。",
    "tw": "市長昨天表示，大橋將在夏天之前修好。「這是我們的首要任務」，他對記者說。",
    "hi": "महापौर ने कल कहा कि पुल की मरम्मत गर्मी से पहले हो जाएगी। यह हमारी पहली प्राथमिकता है।",
    "ko": "시장은 어제 다리가 여름 전에 수리될 것이라고 발표했다. 주민들은 환영했다.",
}
ENCODINGS = {
    "en": ["cp1252"],
    "fr": ["cp1252"],
    "de": ["cp1252", "iso8859-1", "mac_roman"],
    "es": ["cp1252", "iso8859-15"],
    "pt": ["cp1252", "iso8859-1"],
    "sv": ["cp1252"],
    "pl": ["cp1250", "iso8859-2"],
    "cs": ["cp1250", "iso8859-2"],
    "hu": ["cp1250", "iso8859-2"],
    "ro": ["cp1250"],
    "it": ["cp1252"],
    "tr": ["cp1254", "iso8859-9"],
    "lt": ["cp1257"],
    "ru": ["cp1251", "koi8-r", "iso8859-5", "cp866"],
    "uk": ["cp1251", "koi8-u"],
    "el": ["cp1253", "iso8859-7"],
    "he": ["cp1255", "iso8859-8"],
    "ar": ["cp1256", "iso8859-6"],
    "th": ["cp874"],
    "ja": ["shift_jis", "euc_jp", "iso2022_jp"],
    "zh": ["gb18030", "gbk"],
    "tw": ["big5"],
    "ko": ["euc_kr"],
}
OLDER = [(language, encoding) for language, encodings in ENCODINGS.items() for encoding in encodings]
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


def input_file(data, encoding=""):
    return InputFile("news.txt", io.BufferedReader(io.BytesIO(data), HEAD_BYTES), encoding)


def lines(data, encoding=""):
    return [line for _, line in input_file(data, encoding).lines()]


def all_ways(data, encoding=""):
    """The text as each way of reading has it."""
    return {
        "lines": "\n".join(lines(data, encoding)),
        "text": input_file(data, encoding).text(),
        "pieces": "".join(input_file(data, encoding).pieces()),
        "head": input_file(data, encoding).head_text(),
    }


def assert_reads(data, text, encoding=""):
    assert all_ways(data, encoding) == dict.fromkeys(["lines", "text", "pieces", "head"], text)


class TestDetected:
    @pytest.mark.parametrize(("language", "encoding"), OLDER)
    def test_an_article_in_an_older_encoding_is_read_as_it_was_written(self, language, encoding):
        text = f"date 2024-03-21 Riverton\n{TEXTS[language]}\nRiverton 2024"
        assert_reads(text.encode(encoding, "ignore"), text.encode(encoding, "ignore").decode(encoding))

    @pytest.mark.parametrize(("language", "encoding"), OLDER)
    def test_a_few_words_among_the_fields_of_a_table_are_enough(self, language, encoding):
        words = TEXTS[language][:80].encode(encoding, "ignore").decode(encoding)
        text = f'id;title;date\n17;"{words}";2024-03-21\n'
        assert input_file(text.encode(encoding)).text() == text

    @pytest.mark.parametrize("language", TEXTS)
    @pytest.mark.parametrize("encoding", UNICODE)
    def test_unicode_is_recognised_with_and_without_a_mark(self, language, encoding):
        text = f'{{"headline": "{TEXTS[language]}"}}\nRiverton'
        assert_reads(text.encode(encoding), text)

    def test_a_chinese_text_in_utf_16_without_a_mark_is_read_though_it_has_little_ascii(self):
        text = TEXTS["zh"] * 20 + "\n"
        assert input_file(text.encode("utf-16-be")).text() == text

    def test_ascii_says_nothing_yet(self):
        assert detect_encoding(b'{"headline": "x"}') == "ascii"

    @pytest.mark.parametrize(("language", "encoding"), [("ru", "koi8-r"), ("ja", "shift_jis"), ("fr", "cp1252")])
    def test_the_encoding_is_found_where_the_first_foreign_letter_is(self, language, encoding):
        text = "Riverton\n" * 50_000 + f"{TEXTS[language]}\nRiverton"
        ways = all_ways(text.encode(encoding))
        assert ways["lines"] == ways["text"] == ways["pieces"] == text

    def test_a_page_is_read_as_it_declares(self):
        page = f'<html><head><meta charset="windows-1251"></head>{TEXTS["fr"]}</html>'.encode("cp1252")
        assert "RiviМЂre" not in input_file(page).text()
        assert input_file(page).text() == page.decode("cp1251")

    @pytest.mark.parametrize("name", ["latin-1", "utf-8", "klingon", "rot13"])
    def test_a_declaration_that_cannot_be_right_is_passed_over(self, name):
        page = f'<?xml version="1.0" encoding="{name}"?><p>{TEXTS["fr"]}</p>'.encode("cp1252")
        assert input_file(page).text() == page.decode("cp1252")

    def test_utf_8_wins_over_a_declaration(self):
        page = f'<?xml version="1.0" encoding="windows-1251"?><p>{TEXTS["fr"]}</p>'
        assert input_file(page.encode()).text() == page


@needs_corpora
@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("big5", "big5"),
        ("eucjp", "euc_jp"),
        ("euckr", "cp949"),
        ("gb2312", "gb18030"),
        ("koi8r", "koi8_u"),
        ("shiftjis", "cp932"),
        ("tis620", "cp874"),
        ("windows1255", "cp1255"),
    ],
)
def test_the_encoding_of_feeds_that_do_not_say_it_is_found(name, encoding):
    data = (CORPORA / "feeds" / "illformed" / "chardet" / f"{name}.xml").read_bytes()
    assert detect_encoding(data) == encoding


class TestDamaged:
    def test_a_line_in_windows_1252_does_not_spoil_a_utf_8_file(self):
        data = "Zürich – “one”\n".encode() * 3 + "café “two”\n".encode("cp1252") + "Łódź\n".encode()
        assert lines(data)[2:] == ["Zürich – “one”", "café “two”", "Łódź"]
        assert input_file(data).text().split("\n")[3:5] == ["café “two”", "Łódź"]

    def test_a_bad_byte_in_a_line_of_utf_8_spoils_only_itself(self):
        data = "Łódź Zürich caf".encode() + b"\xe9" + " Köln\n".encode()
        assert lines(data) == ["Łódź Zürich café Köln"]
        assert "".join(input_file(data).pieces()) == "Łódź Zürich café Köln\n"

    def test_lines_of_utf_8_in_a_windows_1252_file_are_read_as_such(self):
        data = "Le café de Genève, où l’été dure\n".encode("cp1252") * 5 + "Łódź\n".encode()
        assert lines(data)[4:] == ["Le café de Genève, où l’été dure", "Łódź"]

    def test_marks_of_files_that_were_joined_are_left_out(self):
        data = "one é\n".encode("utf-8-sig") + "two\n".encode("utf-8-sig")
        assert lines(data) == ["one é", "two"]

    def test_what_fits_no_encoding_shows_where_it_was(self):
        assert lines("Le café de Genève".encode("cp1252") + b" \x81 fin") == ["Le café de Genève \ufffd fin"]

    def test_a_cut_off_file_is_read_to_its_end(self):
        assert lines("Zürich, Łódź é".encode()[:-1])[0].startswith("Zürich, Łódź ")
        assert lines("date 2024 Zürich".encode("utf-16-le")[:-1])[0].startswith("date 2024 Züric")

    def test_nul_bytes_make_no_utf_16(self):
        for text in ('{"headline": "A\x00B"}\n' * 20, "A\0B,\0\n1,2", "\0\0\0"):
            assert input_file(text.encode()).text() == text

    def test_a_head_that_ends_inside_a_character_is_still_utf_8(self):
        data = b"x" * (HEAD_BYTES - 1) + "é\n".encode() * 3
        assert detect_encoding(data[:HEAD_BYTES]) == "utf-8"
        assert input_file(data).head_text() == "x" * (HEAD_BYTES - 1)


class TestInsisted:
    def test_the_encoding_that_is_asked_for_wins(self):
        data = TEXTS["fr"].encode("cp1252")
        assert_reads(data, data.decode("cp1251"), "cp1251")

    def test_it_is_for_every_file_that_is_opened(self, tmp_path):
        for name in ("a.txt", "b.txt"):
            (tmp_path / name).write_bytes(TEXTS["ru"].encode("koi8-r"))
        texts = [file.text() for file in open_files([str(tmp_path)], encoding="koi8-r")]
        assert texts == [TEXTS["ru"]] * 2

    def test_even_over_utf_8(self):
        data = "Zürich".encode()
        assert_reads(data, "ZÃ¼rich", "cp1252")

    @pytest.mark.parametrize("encoding", ["utf-16", "cp500", "utf-8-sig", "hz"])
    def test_encodings_of_every_kind_can_be_asked_for(self, encoding):
        text = "Riverton\nLakeside"
        assert lines(text.encode(encoding), encoding) == ["Riverton", "Lakeside"]

    @pytest.mark.parametrize(
        ("name", "is_known"),
        [("utf8", True), ("windows-1251", True), ("utf-16", True), ("klingon", False), ("rot13", False), ("", False)],
    )
    def test_names_of_encodings_are_checked(self, name, is_known):
        assert is_known_encoding(name) is is_known


class TestLines:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32-be"])
    def test_only_a_line_feed_ends_a_line(self, encoding):
        data = "a\r\nb\x0b\u2028\r\n\nc".encode(encoding)
        assert list(input_file(data).lines()) == [(1, "a"), (2, "b\x0b\u2028"), (3, ""), (4, "c")]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
    def test_a_line_that_is_too_long_is_named_and_not_read_into_memory(self, encoding, monkeypatch):
        monkeypatch.setattr(read, "LONGEST_LINE", 1_000)
        monkeypatch.setattr(read, "_PIECE_BYTES", 100)
        numbered = input_file(("short\n" + "x" * 5_000).encode(encoding)).lines()
        assert next(numbered) == (1, "short")
        with pytest.raises(LineTooLong) as error:
            next(numbered)
        assert error.value.line == 2

    def test_pieces_may_end_inside_a_character(self, monkeypatch):
        monkeypatch.setattr(read, "_PIECE_BYTES", 1)
        for encoding in ("utf-8", "utf-16", "gb18030"):
            text = TEXTS["zh"] * 3
            assert "".join(input_file(text.encode(encoding)).pieces()) == text


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_characters="\ufeff\r\0", exclude_categories=["Cs"])))
def test_every_text_in_utf_8_comes_back(text):
    ways = all_ways(text.encode())
    assert ways["text"] == ways["pieces"] == text
    assert ways["lines"] == text.removesuffix("\n")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE]))
def test_no_bytes_break_the_reading(data, mark):
    assert all(isinstance(text, str) for text in all_ways(mark + data).values())
