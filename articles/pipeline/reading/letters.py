"""What texts in the older encodings look like: for each encoding the characters beyond ASCII that its languages use.

`common` are the most frequent ones in news texts, `usual` the rest, in lower case; any other speaks against the
encoding. The Asian encodings have too many for a list: there the rows of the national standard that hold the
everyday characters are usual. Of equals the first wins: what can be Windows-1252 is Windows-1252.
"""

from dataclasses import dataclass

_WESTERN, _WESTERN_REST = "éèàêçäöüßñóíáãåøæâîôœùûïëú", "õìòý°ºª"
_CENTRAL, _CENTRAL_REST = "ąćęłńóśźżáčďéěíňřšťúůýžäöüßőâî", "űđľĺŕôë°"
_RUSSIAN, _CYRILLIC = "оеаинтсрвл", "кмдпуяыьгзбчйхжшюцщэфъёіїєґўјљњћђџ№"
_GREEK, _GREEK_REST = "αοιετςνσηρόάί", "πκμλυωέήύώγδβχθφξζψϊϋΐΰ"
_HEBREW, _HEBREW_REST = "יוהלאמרתב", "שנםעדחקפכגטסצןזךףץ" + "".join(map(chr, range(0x5B0, 0x5C3)))
_ARABIC, _ARABIC_REST = "المنتويرةبع", "دسفحكقأىهإجشصطخضذثغءئؤزظآ،؛؟ـپچژگکی" + "".join(map(chr, range(0x64B, 0x653)))
_THAI, _THAI_REST = "กนรอมงเวยาที่้ัิล", "ดสตปคบหใชะแจุไขถพผฝฟซญศธฐภึืูโํ็์ๆณฎฏฑฒฬฉฮฤ"
_JAPANESE = (
    "のにはをたがでとしてれさいるなもかっりこらあンーイスルトアラクリッ日一国人年大十二本中出三時行見月後前社者事"
    "会東京県市長発表力政府相選挙米新議問題対策経済内閣調査"
)
_SIMPLIFIED = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方"
    "后多定行学法所民得经三之进部度家电力里如水化高自二理起现实加量都两体制机当使点从业本去把性好应开它"
)
_TRADITIONAL = (
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方"
    "後多定行學法所民得經三之進部度家電力裡如水化高自二理起現實加量都兩體制機當使點從業本去把性好應開它"
)
_KOREAN = (
    "이다의는에을가고하지를은로한도사기자인나대어서시정해리스아그과부으수일원들제전장상있보국관라만성구주것했동조"
    "경여위공안발화계민선연비무신개중내금회오생였야유문통등된할단분최러려요방감당행결명미교적세"
)


@dataclass(frozen=True)
class Writing:
    """`is_latin`: ASCII letters with a few others between them. `rows` are first bytes in the encoding `standard`."""

    encoding: str
    common: frozenset[str]
    usual: frozenset[str] = frozenset()
    is_latin: bool = False
    standard: str = ""
    rows: range = range(0)

    def is_everyday(self, character: str) -> bool:
        """Whether the character is in the rows of everyday characters."""
        return bool(self.rows) and (character.encode(self.standard, "replace")[0] in self.rows)


def _alphabet(encoding: str, common: str, usual: str) -> Writing:
    return Writing(encoding, frozenset(common), frozenset(usual))


def _latin(encoding: str, common: str, usual: str) -> Writing:
    return Writing(encoding, frozenset(common), frozenset(usual), is_latin=True)


def _asian(encoding: str, common: str, standard: str, rows: range) -> Writing:
    return Writing(encoding, frozenset(common), standard=standard, rows=rows)


WRITINGS = (
    _latin("cp1252", _WESTERN, _WESTERN_REST + "ðþÿ€£"),
    _latin("cp1254", "ğışçöü", "âîéûêà€"),
    _latin("cp1250", _CENTRAL, _CENTRAL_REST + "€"),
    _latin("cp1250", "ăâîşţ", "€"),
    _latin("iso8859_2", _CENTRAL, _CENTRAL_REST),
    _latin("cp1257", "āčēģīķļņšūžąęėįųõäöüéó", "ōŗ€"),
    _latin("mac_roman", _WESTERN, _WESTERN_REST + "€£"),
    *(_alphabet(name, _RUSSIAN, _CYRILLIC) for name in ("cp1251", "koi8_u", "iso8859_5", "cp866", "mac_cyrillic")),
    *(_alphabet(name, _GREEK, _GREEK_REST) for name in ("cp1253", "iso8859_7")),
    *(_alphabet(name, _ARABIC, _ARABIC_REST) for name in ("cp1256", "iso8859_6")),
    _alphabet("cp1255", _HEBREW, _HEBREW_REST),
    _alphabet("cp874", _THAI, _THAI_REST),
    _asian("cp932", _JAPANESE, "euc_jp", range(0xA4, 0xD0)),
    _asian("euc_jp", _JAPANESE, "euc_jp", range(0xA4, 0xD0)),
    _asian("gb18030", _SIMPLIFIED, "gb2312", range(0xB0, 0xD8)),
    _asian("big5", _TRADITIONAL, "big5", range(0xA4, 0xC7)),
    _asian("cp949", _KOREAN, "euc_kr", range(0xB0, 0xC9)),
)
