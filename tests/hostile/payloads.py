"""What strangers send: tables of kinds, each with at least 300 payloads, the same ones in each run.

A payload of text is bytes, as they travel. The first of each kind are the sharpest: the full size sends them to each
place, and the others in turn.
"""

import json
import random
from functools import cache
from itertools import chain, cycle, product

AT_LEAST, SHARP = 300, 2
LONGEST = 2**20
UUID = "6f6a6a1e-7b43-4f1f-8a4e-0a9d8d4c1a11"
# What a mark is put into, so that it is also tried inside of something that would be taken.
CARRIERS = ["{}", "a{}", "{}a", "Her Excellency {} Ms.", "1{}", "{}@missions.example", "a@{}.example", "2016-09-06{}"]


def _carried(*marks):
    """Each of `marks` as it is, then each inside of a carrier."""
    return [carrier.format(mark).encode("utf-8", "surrogatepass") for carrier, mark in product(CARRIERS, marks)]


def _plain(texts):
    return [text.encode() for text in texts]


def _letters(*ranges):
    return [chr(code) for code in chain(*ranges)]


def _nuls():
    around = product(["é", "\n", " ", "中", "'", "%00", "\\0", "\r"], ["é", "\t", "", "ا", '"'])
    return _carried("\0", "\0\0", "a\0b", "\0" * 100, *(f"{before}\0{after}" for before, after in around))


def _surrogates():
    return _carried("\ud800", "\udfff", "\udfff\ud800", "\ud83d", "\ude00", *_letters(range(0xD800, 0xE000, 59)))


def _directions():
    marks = _letters(range(0x202A, 0x202F), range(0x2066, 0x206A), range(0x200B, 0x2010), range(0xFE00, 0xFE10))
    marks += ["\u061c", "\u180e", "\ufeff", "\ufffd", "\u034f", "\u115f", "\u3164", "\uffa0", "\U000e0041", "\u2028"]
    return _carried("\u202eevil", "\u200b", "\ufeff", "\u3164", "Z" + "\u0301" * 200, "\u2067" * 50, *marks)


def _long_ones():
    units = ["a", "9", "\u0301", "(", "é", "中", "😀", " ", "-", "\n", "<b>", "a@", "%", "{", '"', "a,", "/", "../"]
    units += ["a ", "0x", "\\", ";", "&", "[]", "."]
    lengths = [20_000, 100_000, LONGEST, 65, 121, 161, 201, 256, 301, 1001, 2001, 4001, 6001]
    unsorted_marks = ["a" + "\u0301\u0323" * length for length in (20_000, 60_000)]
    long = [(unit * length).encode()[:length] for length, unit in product(lengths, units)]
    return long + [text.encode() for text in unsorted_marks]


def _numbers():
    sharp = ["9" * 4301, str(2**63), "-1", "²", "1e400", "٠" * 4301]
    powers = [2**7, 2**15, 2**16, 2**31, 2**32, 2**53, 2**64, 2**127, 10**18, 10**19, 10**400]
    near = [str(sign * (power + step)) for power, step, sign in product(powers, (-1, 0, 1), (1, -1))]
    digits = [digit * times for times in (1, 10, 19, 20, 640, 4300, 5000, 100_000) for digit in "19"]
    foreign = ["٣", "３", "Ⅷ", "௧", "൧", "𝟗", "½", "〇", "①", "१२३", "9" * 4301 + ":00"]
    written = [
        "-0",
        "+1",
        "1e9",
        "-1e-400",
        "NaN",
        "inf",
        "-Infinity",
        "0x1f",
        "0b1",
        "0o7",
        "1_000",
        "1,5",
        "1.5",
        ".",
    ]
    written += ["-", "+", "1 000", "1\u00a0000", "00", "007", "1;2", "1,2,3", "1-2", "24:00", "25:61", "-1:00", "99:99"]
    written += ["3:60", "0:0", ":", "1:", ":1", "999999:59", "0000-00-00", "9999-12-31", "10000-01-01", "0001-01-01"]
    written += ["2016-02-30", "2016-13-01", "-2016-09-06", "2016-W36-2", "now", "0001-01-01T00:00:00+23:59"]
    written += ["9999-12-31T23:59:59.999999-23:59", "2016-11-06T01:30", "2016-03-13T02:30", "1970-01-01T00:00Z"]
    plain = [*sharp, *near, *digits, *foreign, *written]
    return _plain([*plain, *(f"-{text}" for text in plain), *(f" {text} " for text in plain)])


def _wrong_types():
    values = ["not-a-uuid", UUID, "[]", "null", "", " ", "None", "undefined", "true", "false", "on", "off", "{}", "[1]"]
    values += ['{"a":1}', "()", UUID.upper(), UUID[:-1], f"{UUID}0", UUID.replace("-", ""), f"{{{UUID}}}", "-", "--"]
    values += [f"urn:uuid:{UUID}", "0" * 32, "f" * 32, "__all__", "pk", "id", "self", "admin", "root", "*", "?", "a,b"]
    values += ["1|2", "yes", "no", "e30=", "====", "AAAA"]
    return [f"{value}{end}".encode() for end, value in product(["", ",", "[]", "[0]", "\n", "=", "&", "#"], values)]


def _encodings():
    words = "Déclaration de l’État, 声明, заявление"
    sharp = [b"\xc0\x80", b"\xff\xfe\0\0", b"\xf0\x9f\x98", b"\xe0\x80\xaf", words.encode("utf-16"), b"\xff"]
    overlong = [b"\xc0\xaf", b"\xf0\x80\x80\xaf", b"\xf8\x80\x80\x80\xaf", b"\xfe\xff", b"\xe4\xb8"]
    foreign = [words.encode(name, "replace") for name in ("latin-1", "utf-32", "cp1251", "gb18030", "utf-7")]
    bad = [*sharp, *overlong, *foreign, *(bytes([first]) for first in range(0x80, 0x100))]
    return [before + piece + after for before, after in ((b"", b""), (b"a", b""), (b"", b"a")) for piece in bad]


def _injections():
    marks = ["' OR '1'='1", "{0.__class__}", "{% debug %}", "\r\nSet-Cookie: a=b", "%s%n", "<script>alert(1)</script>"]
    marks += ["'", '"', "`", "';--", "1; DROP TABLE speakers_inscription", "') UNION SELECT 1,2,3--", "\\", "%", "{}"]
    marks += ["{0}", "{name!r:>{0}}", "{{7*7}}", "%(name)s", "${7*7}", "#{7*7}", "<img src=x onerror=alert(1)>", "]]>"]
    marks += ["<!--", "&#0;", "javascript:alert(1)", "\r\n\r\n<html>", "\nBcc: all@missions.example", "=1+1", "@SUM(1)"]
    marks += ["*)(uid=*", "$(id)", "; cat /etc/passwd", "|| sleep 9", "[[:<:]]", "(a+)+$", "\\u0000", "__proto__"]
    return _carried(*marks)


def _traversals():
    places = ["etc/passwd", "windows/win.ini", "manage.py", ".env", "var/database.sqlite3"]
    steps = ["../", "..%2f", "//evil.example/", "http://evil.example/", "..\\", "%2e%2e/", "..%252f", "....//", "..;/"]
    steps += ["/", "//", "\\\\host\\", "file:///", "C:\\", "/\\evil.example/", "./", "~/", "%00/", "..%c0%af"]
    return _plain(step * times + place for place, times, step in product(places, (3, 1, 9, 40), steps))


def _hosts():
    marks = [
        "[",
        "evil.example",
        "[::1]:x",
        "localhost:99999",
        "é.example",
        "localhost:",
        "",
        " ",
        "localhost:a",
        "[::1",
    ]
    marks += ["::1", "a_b", "localhost@evil.example", "localhost/evil", "localhost,evil", "xn--", "a..b", ".", "-", "*"]
    marks += ["%00", "127.1", "0x7f.1", "localhost\\evil", "http://localhost", "localhost#a", "localhost?a", "a" * 300]
    schemes = ["{}", "http://{}", "http://[{}", "https://{}", "//{}", "null{}", "ftp://{}:1", "http://{}/%00", "a:b@{}"]
    return _plain(scheme.format(mark) for scheme, mark in product([*schemes, "http://{}:-1", "http://[{}]"], marks))


def _headers():
    marks = [
        'sessionid="' + "\\000" * 32 + '"',
        "²",
        "9" * 4301,
        "*/*;q=nan",
        'W/"a", *',
        "Wed, 31 Feb 2016 99:99:99 GMT",
    ]
    marks += ["*", ",", ";", ";q=", "q=0", "en;q=1e9", "bytes=0-", "bytes=9-1", "bytes=-" + "9" * 4301, '"', "W/", "-1"]
    marks += ["Thu, 01 Jan 0000 00:00:00 GMT", "1e3", "a=b=c", "sessionid=", "sessionid=a; sessionid=b", "csrftoken=é"]
    marks += [
        "csrftoken=" + "a" * 9000,
        "messages=[[",
        "messages=W10:x",
        "1.2.3.4, 5.6.7.8",
        "::ffff:1.2.3.4",
        "fe80::1%9",
    ]
    marks += [
        "unknown",
        "_",
        "1.2.3.4:99999",
        "a" * 5000,
        "zz-ZZ-zz",
        "x" * 70 + "-x",
        "en, fr;q=x",
        "gzip;q=2",
        "1" * 15,
    ]
    around = ["{}", " {}", "{},", "a{}", "{};", "={}", "{}=", "({})"]
    return _plain(text.replace("{}", mark) for text, mark in product(around, marks))


def _multipart():
    names = [b"file", b"words", b"", b'a"b', b"\xff", b"csrfmiddlewaretoken", b"file*=utf-8''%ff", b"x" * 5000]
    ends = [b"; filename", b"; filename*=utf-8''%00", b'; filename="a\xff.docx"', b"", b'; filename=""', b"\r\n" * 3]
    ends += [b'; filename="../../a"', b"; filename*=x''%ff", b"\r\nContent-Type: \xff", b"\r\nContent-Length: -1"]
    ends += [b"\r\nContent-Transfer-Encoding: base64"]
    head = b'--x\r\nContent-Disposition: form-data; name="'
    whole = [head + name + b'"' + end + b"\r\n\r\n%%%" for end, name in product(ends, names)]
    bodies = chain(*([body, body + b"\r\n--x--\r\n", body + b"\r\n--x", body[3:]] for body in whole))
    form = "multipart/form-data"
    types = [
        form,
        f"{form}; boundary=x",
        f"{form}; boundary=x; charset=utf-16",
        f"{form}; boundary=",
        f"{form}; boundary=é",
    ]
    return list(zip(cycle([*types, f"{form}; boundary={'x' * 300}", "multipart/mixed; boundary=x"]), bodies))


def _json():
    texts = ["[", '"\\ud800"', '"\\u0000"', "9" * 4301, "[" * 100_000, "", "{", "nul", "NaN", "[1,]", '{"a":}', "1e999"]
    values = [None, [], {}, [[]], {"": ""}, {"a": [1]}, "a", 1.5, True, {"x" * 9000: 1}]
    texts += ['{"a":' * 5000, *map(json.dumps, values)]
    types = [
        "application/json",
        "application/json; charset=utf-16",
        "text/json",
        "application/csp-report",
        "text/plain",
    ]
    return [
        (kind, frame + text.encode())
        for frame, kind, text in product([b"", b"\xef\xbb\xbf", b"\xff\xfe"], types, texts)
    ]


def _bodies():
    form = "application/x-www-form-urlencoded"
    names = [
        "utf-16",
        "hex",
        "no-such",
        "utf-7",
        "idna",
        "é",
        "utf-32",
        "latin-1",
        "punycode",
        "rot13",
        "zlib",
        "base64",
        "",
    ]
    names += ["undefined", "mbcs", "unicode_escape", "cp037", "UTF-8", "utf-8-sig", "utf_8", "x" * 300, '"utf-8"', ";"]
    types = [
        *(f"{form}; charset={name}" for name in names),
        form,
        "",
        "text/xml",
        "a/b/c",
        ";",
        "é/é",
        "application/pdf",
    ]
    texts = [b"a=b", b"\xff\xfe=\0", b"&" * 3000, b"a=" + b"b" * 300_000, b"", b"=", b"a", b"a=%", b"a=%zz", b"%00=%00"]
    texts += [b"&".join(b"a%d=1" % number for number in range(2500)), b"a=b;c=d", b"a" * LONGEST, b"a[b][c]=d"]
    return [(kind, text) for text, kind in product(texts, types)]


def _methods():
    names = ["PUT", "TRACE", "get", "", "OPTIONS", "É", "HEAD", "POST", "PATCH", "DELETE", "CONNECT", "GET", "PROPFIND"]
    names += ["POST ", "X" * 300, "M-SEARCH", "PURGE", "__CLASS__", "DISPATCH"]
    types = ["", "application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x"]
    return [(name, kind, body) for kind, body, name in product(types, [b"", b"a=b", b"--x--", b"{}"], names)]


def _in_a_header(payloads):
    """Without a NUL and the end of a line, which no server hands on."""
    return [payload for payload in payloads if not {0, 10, 13} & set(payload)]


# What a parameter of the path, of the query, or a field of a form is given.
TEXTS = {
    "NUL": _nuls(),
    "controls": _carried("\x1b[2J", "\x85", "\r", "\x7f", "\v", *_letters(range(1, 32), range(0x80, 0xA0))),
    "lone surrogates": _surrogates(),
    "directional marks": _directions(),
    "long": _long_ones(),
    "numbers": _numbers(),
    "wrong types": _wrong_types(),
    "bad encodings": _encodings(),
    "injections": _injections(),
    "traversal": _traversals(),
}
HEADERS = {"hosts and origins": _in_a_header(_hosts()), "headers": _headers()}
HEADERS |= {name: _in_a_header(TEXTS[name]) for name in ("numbers", "bad encodings")}
# Whole bodies, each with its content type; a method, with both.
BODIES = {"multipart": _multipart(), "JSON": _json(), "bodies": _bodies()}
METHODS = {"methods": _methods()}


for _table in (TEXTS, HEADERS, BODIES, METHODS):
    _table.update({name: list(dict.fromkeys(found)) for name, found in _table.items()})


@cache
def _order(number):
    return random.Random(number).sample(range(number), number)


def in_turn(payloads, number):
    """The payload of that `number`, in an order that mixes them; after the last comes the first again."""
    return payloads[_order(len(payloads))[number % len(payloads)]]
