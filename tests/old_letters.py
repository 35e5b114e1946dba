"""Text in the encodings of old Vietnamese programs, as their files hold it."""

import unicodedata
from typing import Final

_TONES: Final = "\u0300\u0301\u0309\u0303\u0323"
_TCVN3: Final = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
_TCVN3_BYTES: Final = bytes.fromhex(
    "b5b6b7b8b9a8bbbcbdbec6a9c7c8c9cacbaecccecfd0d1aad2d3d4d5d6d7d8dcdddedfe1e2e3e4abe5e6e7e8e9"
    "aceaebecedeeeff1f2f3f4adf5f6f7f8f9fafbfcfdfe"
)
_VNI: Final = {
    **dict(zip("đươìíỉĩịỵ", "ñöôìíæóòî", strict=True)),
    "ở": "ôû",
    "ộ": "oä",
    "ụ": "uï",
    "ế": "eá",
    "ể": "eå",
    "á": "aù",
    "ă": "aê",
    "ạ": "aï",
    "ậ": "aä",
    "à": "aø",
    "ã": "aõ",
    "ố": "oá",
    "ủ": "uû",
    "ứ": "öù",
    "ẩ": "aå",
}


def tcvn3(text: str) -> str:
    """The letters as a font of TCVN3 takes them."""
    letters = dict(zip(_TCVN3, _TCVN3_BYTES.decode("latin-1"), strict=True))
    return "".join(letters.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def vni(text: str) -> str:
    """The letters as a font of VNI takes them."""
    return "".join(_VNI.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def cp1258(text: str) -> bytes:
    """The bytes as Windows wrote Vietnamese: the tone behind its letter."""
    told = ""
    for letter in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", letter)
        tones = "".join(each for each in apart if each in _TONES)
        rest = "".join(each for each in apart if each not in _TONES)
        told += unicodedata.normalize("NFC", rest) + tones
    return told.encode("cp1258")
