"""The code in what scanners and people type, in Python and in the script of the desk.  R-54 R-75"""

import pytest

from registration.door import reading
from registration.models.voucher import SHORT_ALPHABET, fresh_code, fresh_short_code
from tests import node

CODE = "0123456789ABCDEF" * 2 + "89ABCDEF"
# The same keys, on computers set to other keyboards.
FRENCH = "à&é\"'(-è_çQBCDEF" * 2 + "_çQBCDEF"
RUSSIAN = "0123456789ФИСВУА" * 2 + "89ФИСВУА"
ARABIC = "0123456789ِلآ}]ُ[" * 2 + "89ِلآ}]ُ["
CASES = [
    (CODE, CODE),
    (CODE.lower(), CODE),
    (f"]Q3{CODE}\r\n", CODE),
    (f"]d2{CODE}", CODE),
    (f"\x02{CODE}\x03", CODE),
    (" ".join(CODE[begin : begin + 5] for begin in range(0, 40, 5)), CODE),
    ("".join(chr(ord(letter) + 0xFEE0) for letter in CODE), CODE),
    (FRENCH, CODE),
    (FRENCH.lower(), CODE),
    (f'$Q"{FRENCH}', CODE),
    (RUSSIAN, CODE),
    (f"ъЙ3{RUSSIAN}", CODE),
    (ARABIC, CODE),
    (f"+Q3{CODE}", CODE),
    ("cdef 3467", "CDEF3467"),
    ("CDEF-3467", "CDEF3467"),
    ("\u200eCDEF\u00a03467", "CDEF3467"),
    ("ＣＤＥＦ３４６７", "CDEF3467"),
    ("P<UTOLOVELACE<<ADA", "P<UTOLOVELACE<<ADA"),
    ("https://elsewhere.example", "HTTPS://ELSEWHERE.EXAMPLE"),
    ("٣٤", "٣٤"),
]


@pytest.mark.parametrize(("text", "code"), CASES)
def test_a_code_is_read_whatever_the_keyboard_prefix_or_spacing(text, code):
    assert reading.readings(text)[0] == code


def test_the_script_of_the_desk_reads_the_same():
    texts = [text for text, _code in CASES]
    script = """
        import { reader } from "./hand-over-codes.js";
        const { readings, isShort } = reader(given.codes);
        console.log(JSON.stringify(given.texts.map((text) => [readings(text), isShort(readings(text)[0])])));
    """

    said = node.run(script, {"codes": reading.for_devices(), "texts": texts})

    assert said == [[reading.readings(text), reading.is_short(reading.readings(text)[0])] for text in texts]


def test_codes_are_random_and_a_short_one_has_no_look_alikes():
    short = {fresh_short_code() for _number in range(200)}

    assert len(short) == 200
    assert all(reading.is_short(code) for code in short)
    assert not set(SHORT_ALPHABET) & set("0O1IL2Z5S8BUAQWMY")
    assert reading.readings(fresh_code())[0] != fresh_code()
