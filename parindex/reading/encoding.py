"""The letters of a text: UTF-8, or UTF-16 that says so; the old Vietnamese encodings are told by name."""

import codecs
import re
from typing import Final

from parindex.findings import InputError
from parindex.values.codes import NOT_UTF8, OLD_FONTS
from parindex.values.finding import Finding, Place
from parindex.values.language import N_
from parindex.values.normal import normalized

_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOKED_AT: Final = 64 * 1024
_CP1258: Final = "Windows-1258"
TCVN3: Final = "TCVN3 (ABC)"
VNI: Final = "VNI"
_ENOUGH: Final = 2
"""Words of the field by which old letters are known where the text itself is no proof."""
_FIELD: Final = """
bình bạc bắc bằng bến bộ chí chính chương chấm chỉ cà cách có công cơ cải cấp cần của diện
dân dưới dịch dục giá giáo giải huyện hà hàng hành hòa hóa hưng hạn hạng hải hằng hồ hồi hội
hợp khám không kiểm kế kết kỳ lào lâm lý lăng lĩnh lượng lạng lần lớn lợi mã một mức mỹ
nghiệp nghĩa nghệ nghị nguyên ngãi người nhiệm nhà nhân nhóm nhận năm nước nẵng nội pháp
phát phòng phú phước phường phần phố quyết quyền quả quản quảng quận rịa sáng sơn số sở thuế
thành thái tháp thông thẩm thể thị thống thủ thứ thực tiêu tiền triển trà trách trên trăng
trường trưởng trị trực tuyển tài tàu tây tên tư tế tỉnh tối tổ tổng từ tự tỷ viên việc và
văn vĩnh vũng về vị với vụ vực xuất xây xã xếp yên yếu đa điều điểm điện đà đào đánh đúng
đơn được đạt đảm đất đầu đắk đến đề đều để định đối đồng độ ủng ủy ứng
"""
"""Words of the field with letters that only Vietnamese has."""
_WORDS: Final = frozenset(_FIELD.split())
_TCVN3_LETTERS: Final = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵăâêôơưđ",
        strict=True,
    )
)
_VNI_ALONE: Final = dict(zip("ñöôìíæóòî", "đươìíỉĩịỵ", strict=True))
_VNI_TONES: Final = dict(zip("øùûõï", "\u0300\u0301\u0309\u0303\u0323", strict=True))
_VNI_ROUND: Final = dict(zip("âàáåãä", ("", *"\u0300\u0301\u0309\u0303\u0323"), strict=True))
_VNI_BREVE: Final = dict(zip("êèéúüë", ("", *"\u0300\u0301\u0309\u0303\u0323"), strict=True))
_VNI_SIGNS: Final = re.compile("([aeouyôö])([øùûõïâàáåãäêèéúüë])|[ñöôìíæóòî]")
_TCVN3_TABLE: Final = str.maketrans(_TCVN3_LETTERS)
_WORD: Final = re.compile(r"[^\s,;|:\"'(){}\[\]/\\.=<>-]+")
_SAVED: Final = N_("UTF-8: save it so, in Excel as “CSV UTF-8”")
_CONVERTED: Final = N_(
    "Unicode: convert the letters, in UniKey with Ctrl+Shift+F6, and save as UTF-8"
)


def is_utf16(start: bytes) -> bool:
    """Whether a text says by its first bytes that it has two bytes a letter."""
    return start.startswith(_MARKS) and not start.startswith(codecs.BOM_UTF32_LE)


def decoded(data: bytes, file: str) -> str:
    """The text of the bytes of a file.

    Raises:
        InputError: P103 it is in another encoding, P154 its letters are those of old fonts.
    """
    try:
        text = data.decode("utf-16" if is_utf16(data) else "utf-8-sig")
    except UnicodeDecodeError as error:
        if is_utf16(data):
            raise _fault(NOT_UTF8, Place(file, 1, 1), found="UTF-16") from error
        line = data.count(b"\n", 0, error.start) + 1
        place = Place(file, line, error.start - data.rfind(b"\n", 0, error.start))
        raise not_utf8(data, error.start, place) from error
    if "\0" in text[:2]:  # UTF-16 or UTF-32 without a byte-order mark
        raise _fault(NOT_UTF8, Place(file, 1, text.index("\0") + 1), found="0x00")
    refuse_old_letters(text, file)
    return text


def not_utf8(data: bytes, at: int, place: Place) -> InputError:
    """The fault of bytes that are no UTF-8: their encoding, where that can be told, else the byte."""
    start = max(0, at - _LOOKED_AT // 2)
    near = data[start : start + _LOOKED_AT]
    counts = {name: _known(_read(near, name)) for name in (_CP1258, TCVN3, VNI)}
    name = max(counts, key=counts.__getitem__)
    if counts[name] <= _known(near.decode("utf-8", errors="ignore")):
        return _fault(NOT_UTF8, place, found=f"0x{data[at]:02x}")
    if name == _CP1258:
        return _fault(NOT_UTF8, place, found=_CP1258, expected=_SAVED)
    return _fault(OLD_FONTS, place, found=name, expected=_CONVERTED)


def refuse_old_letters(text: str, file: str) -> None:
    """Refuse Unicode text whose letters are those of an old font, as copied out of a document.

    Raises:
        InputError: P154.
    """
    text = text[:_LOOKED_AT]
    if text.isascii():
        return
    for name, read in ((TCVN3, _tcvn3), (VNI, _vni)):
        at = [
            word.start()
            for word in _WORD.finditer(text)
            if not word[0].isascii() and _is_word(read(word[0])) and not _is_word(word[0])
        ]
        if len(at) >= _ENOUGH and len(at) > _known(text):
            start = at[0]
            line = text.count("\n", 0, start) + 1
            place = Place(file, line, start - text.rfind("\n", 0, start))
            raise _fault(OLD_FONTS, place, found=name, expected=_CONVERTED)


def _read(data: bytes, name: str) -> str:
    """Bytes as text in one of the old encodings."""
    if name == _CP1258:
        return normalized("NFC", data.decode("cp1258", errors="replace"))
    return (_tcvn3 if name == TCVN3 else _vni)(data.decode("latin-1"))


def _tcvn3(text: str) -> str:
    return text.translate(_TCVN3_TABLE)


def _vni(text: str) -> str:
    return _VNI_SIGNS.sub(_vni_letter, text.lower())


def _vni_letter(found: "re.Match[str]") -> str:
    base, sign = found[1], found[2]
    if base is None:
        return _VNI_ALONE[found[0]]
    letter = {"ô": "ơ", "ö": "ư"}.get(base, base)
    for signs, more in ((_VNI_TONES, ""), (_VNI_ROUND, "\u0302"), (_VNI_BREVE, "\u0306")):
        if sign in signs:
            return normalized("NFC", letter + more + signs[sign])
    return found[0]


def _known(text: str) -> int:
    """How many words of a text are words of the field with letters that only Vietnamese has."""
    return sum(not each[0].isascii() and _is_word(each[0]) for each in _WORD.finditer(text))


def _is_word(text: str) -> bool:
    return text.lower() in _WORDS


def _fault(code: str, place: Place, **parameters: str) -> InputError:
    return InputError([Finding(code, "", parameters, place=place)])
