"""Writes `cases.json`, which holds commands and page of checks to each other: `python -m tests.verifying.making`.

Each case is a few files as they may lie on a desk, what is pasted beside them, the command that checks them, and the
problems that both the command and the page must find, in the same words.
"""

import hashlib
import json
from pathlib import Path
from types import SimpleNamespace

from journal import canonical

CASES = Path(__file__).parent / "cases.json"
MAIN, PANEL = "meeting/dialogue", "meeting/dialogue/panel"
# Texts and names that two readers may take differently: their order by characters is not the one by halves of them.
STRANGE = {
    "\uff5e": 1,
    "\U0001d4ae": -2,
    "é": "e\u0301 \u00e9",
    "e": '"\\/\b\f\n\r\t\u0001\u007f\u2028',
    "": None,
    "10": [0, True, False],
    "9": {"b": {}, "a": []},
    "__proto__": "constructor",
    "中国": "مصر 𝒮 Côte d’Ivoire",
    "largest": 999_999_999_999_999,
}


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def acts_of(stream, count, *, first="1"):
    """Entries of a chain with their payloads, as in the journal, under salts that follow from their numbers."""
    made, previous = [], ""
    for number in range(1, count + 1):
        at = f"2016-08-31T17:{number:02}:00.000000+00:00"
        after = {"receipt_no": number, "arrived_at": at, "recorded_at": at, "speaker": first, **STRANGE}
        salt = sha256(f"salt {stream} {number}")
        payload = SimpleNamespace(salt=salt, actor_name="rwa@mission.example", before=None, after=after, reason="")
        act = {
            "stream": stream,
            "sequence": number,
            "at": at,
            "act": "inscribed",
            "subject": f"inscription/{number}",
            "actor_role": "focal point",
            "payload_digest": canonical.payload_digest(payload),
            "previous_hash": previous,
        }
        previous = canonical.hash_of(act)
        made.append(SimpleNamespace(act=act, payload=payload, hash=previous, after=after))
    return made


def chain(acts, *, as_at="2016-09-01T12:00:00.000000+00:00", **changes):
    hashes = [each.hash for each in acts]
    said = {"format": "journal-hashes/1", "stream": acts[0].act["stream"], "entries": len(hashes), "hashes": hashes}
    return said | {"as_at": as_at} | changes


def receipt(one, *, with_content=True, **changes):
    said = {name: one.after[name] for name in ("receipt_no", "arrived_at", "recorded_at")}
    _meeting, slug, *of_list = one.act["stream"].split("/")
    said |= {"format": "receipt/1", "meeting": slug, **({"list": of_list[0]} if of_list else {}), "witness": one.hash}
    said |= {"act": one.act, "content": {**canonical.payload_content(one.payload), "salt": one.payload.salt}}
    if not with_content:
        del said["content"]
    return said | changes


def row(place, code, name, number):
    said = {"place": place, "delegation": name, "delegation_code": code, "capacity": "national", "group": ""}
    return said | {"band": "member_states", "level": "Minister", "receipt_no": number}


ROWS = [row(1, "RWA", "Rwanda", 2), row(2, "EGY", "مصر", 1), row(3, "CIV", "Côte d’Ivoire 𝒮", 3)]


def revision(number, before="", rows=ROWS, **changes):
    said = {"format": "list-of-speakers/1", "meeting": "dialogue", "as_at": "2016-09-01T12:00:00.000000+00:00"}
    said |= {"policy": "lots", "speakers": rows, "provisional": False, "number": number, "kind": "published"}
    return said | {"comment": "", "previous_sha256": before} | changes


def hash_of_text(said):
    return sha256(canonical.canonical(said).decode())


def draw(*, words=("a secret", "3f9a é"), codes=("RWA", "EGY", "CIV"), **changes):
    secret, beacon = words
    seed = sha256(secret + beacon)
    ordered = sorted(codes, key=lambda code: sha256(seed + code))
    rows = [{"position": n, "code": c, "name": f"{c} 中", "lot": sha256(seed + c)} for n, c in enumerate(ordered, 1)]
    said = {"format": "draw/1", "meeting": "dialogue", "kind": "opening_window", "commitment": sha256(secret)}
    said |= {"beacon": beacon, "secret": secret, "seed": seed, "delegations": rows}
    return said | changes


def case(name, command, files, *, typed="", problems=(), why="", marks=()):
    """One case. `files` by name, texts or data; `why` of the one that is refused; `marks` that the page shows too."""
    texts = {key: said if isinstance(said, str) else canonical.canonical(said).decode() for key, said in files.items()}
    said = {"name": name, "command": command, "files": texts, "typed": typed, "problems": list(problems), "why": why}
    return said | {"marks": list(marks)}


def of_chains():
    acts, other = acts_of(MAIN, 5), acts_of(MAIN, 5, first="2")
    early, late = chain(acts[:3]), chain(acts, as_at="2016-09-02T12:00:00.000000+00:00")
    cut = chain(acts[:2], as_at="2016-09-03T12:00:00.000000+00:00")
    made_again = chain([acts[0], *other[1:]], as_at="2016-09-03T12:00:00.000000+00:00")
    swapped = chain([acts[1], acts[0], *acts[2:]], as_at="2016-09-03T12:00:00.000000+00:00")
    on_paper = " ".join(acts[2].hash[n : n + 8] for n in range(0, 32, 8)) + "-" + acts[2].hash[32:].upper() + "\n"
    found, nowhere = "witness", ["The witness lies on none of the chains that were checked."]
    shorter = "newer.json is newer than older.json and shorter: its last entry is 2, not 5."
    return [
        case("a witness as on paper", "journal", {"now.json": late}, typed=on_paper, marks=[found, "chain-alone"]),
        case("a newer chain continues an older one", "journal", {"b.json": late, "a.json": early}, marks=["chain"]),
        case("the end is cut", "journal", {"newer.json": cut, "older.json": late}, problems=[shorter]),
        case("a witness behind the cut", "journal", {"now.json": cut}, typed=acts[4].hash, problems=nowhere),
        case("a witness of another chain", "journal", {"now.json": made_again}, typed=acts[2].hash, problems=nowhere),
        case(
            "hashes made again",
            "journal",
            {"newer.json": made_again, "older.json": late},
            problems=["newer.json does not continue older.json: entry 2 differs."],
        ),
        case(
            "entries in another order",
            "journal",
            {"newer.json": swapped, "older.json": late},
            problems=["newer.json does not continue older.json: entry 1 differs."],
        ),
        case("two lists of a meeting", "journal", {"a.json": late, "b.json": chain(acts_of(PANEL, 2))}),
        case("another count", "journal", {"a.json": late | {"entries": 6}}, why="entries are missing or repeated"),
        case("an entry twice", "journal", {"a.json": chain([*acts, acts[0]])}, why="entries are missing or repeated"),
        case("a forged format", "journal", {"a.json": late | {"format": "2"}}, why="it is in another format"),
        case(
            "a hash in capitals",
            "journal",
            {"a.json": late | {"entries": 1, "hashes": ["A" * 64]}},
            why="its contents are not of the expected form",
        ),
        case(
            "true is no number",
            "journal",
            {"a.json": late | {"entries": True, "hashes": late["hashes"][:1]}},
            why="entries are missing or repeated",
        ),
        case(
            "a moment that is none",
            "journal",
            {"a.json": late | {"as_at": "yesterday"}},
            why="its contents are not of the expected form",
        ),
        case(
            "a witness that is too short",
            "journal",
            {"a.json": late},
            typed="12",
            problems=["A witness has 64 digits from 0 to 9 and a to f; “12” does not."],
        ),
    ]


def of_revisions():
    first = revision(1)
    second = revision(2, hash_of_text(first), rows=[ROWS[1], ROWS[0] | {"place": 9}, ROWS[2]])
    third = revision(3, hash_of_text(second))
    forged = revision(1, rows=[ROWS[0] | {"delegation": "Kenya"}, *ROWS[1:]])
    sittings = [{"number": 1, "day": "2016-09-06"}, {"number": 2, "day": "2016-09-07"}]
    days = {"format": "list-of-speakers/2", "sittings": sittings}
    divided = revision(1, list="panel", **days)
    later = revision(2, hash_of_text(divided), list="panel", **days)
    loose = json.dumps(second, indent=2)
    escaped = "\ufeff" + json.dumps(dict(reversed(second.items())), indent=1)
    return [
        case(
            "three revisions",
            "revision",
            {"3.json": third, "1.json": first, "2.json": second},
            marks=["revision-follows"],
        ),
        case("a gap", "revision", {"1.json": first, "3.json": third}, marks=["revision-gap"]),
        case(
            "the hash that was noted",
            "revision",
            {"2.json": second},
            typed=hash_of_text(second),
            marks=["hash-of-revision"],
        ),
        case(
            "another hash",
            "revision",
            {"2.json": second},
            typed="0" * 64,
            problems=["None of these revisions has that hash."],
        ),
        case(
            "another layout",
            "revision",
            {"1.json": first, "2.json": loose},
            marks=["revision-reformatted"],
        ),
        case(
            "escapes and another order",
            "revision",
            {"1.json": first, "2.json": escaped, "3.json": third},
            marks=["revision-follows"],
        ),
        case(
            "two days, two lists",
            "revision",
            {"1.json": first, "a.json": divided, "b.json": later},
            marks=["revision-follows"],
        ),
        case(
            "a changed row",
            "revision",
            {"1.json": forged, "2.json": second},
            problems=["2.json: revision 2 does not follow this revision 1."],
        ),
        case(
            "the other list",
            "revision",
            {"1.json": divided, "2.json": revision(2, hash_of_text(first), list="panel")},
            problems=["2.json: revision 2 does not follow this revision 1."],
        ),
        case(
            "two of one number",
            "revision",
            {"1.json": first, "2.json": forged},
            problems=["2.json: there are two different revisions 1."],
        ),
        case(
            "a number that is text", "revision", {"1.json": first | {"number": "1"}}, why="it has a different structure"
        ),
        case(
            "a number that is true",
            "revision",
            {"1.json": first | {"number": True}},
            why="it has a different structure",
        ),
        case(
            "a row without a number",
            "revision",
            {"1.json": first | {"speakers": [{}]}},
            why="it has a different structure",
        ),
    ]


def of_draws():
    held = draw()
    other = "The lot of RWA is not the one that follows from the seed."
    rows = [each | {"lot": "0" * 64} if each["code"] == "RWA" else each for each in held["delegations"]]
    out_of_order = "The delegations are not in the order of their lots, or one appears twice."
    lots = draw(words=("", ""), commitment="")
    return [
        case("a draw", "draw", {"draw.json": held}, marks=["draw"]),
        case(
            "a draw and its commitment",
            "draw",
            {"draw.json": held},
            typed=held["commitment"].upper(),
            marks=["commitment"],
        ),
        case("lots", "draw", {"draw.json": lots}, marks=["draw-of-lots"]),
        case(
            "another commitment",
            "draw",
            {"draw.json": held},
            typed="0" * 64,
            problems=["The commitment is not the one you noted."],
        ),
        case(
            "another secret",
            "draw",
            {"draw.json": held | {"secret": "b"}},
            problems=[
                "The secret is not the one that was committed to.",
                "The seed does not follow from the secret and the beacon.",
            ],
        ),
        case(
            "a secret withheld",
            "draw",
            {"draw.json": draw(words=("", "3f9a é"), commitment=held["commitment"])},
            typed=held["commitment"],
            problems=["The secret is not the one that was committed to."],
        ),
        case(
            "no value",
            "draw",
            {"draw.json": draw(words=("a secret", ""))},
            problems=["The seed does not follow from the secret and the beacon."],
        ),
        case(
            "another value",
            "draw",
            {"draw.json": held | {"beacon": "4"}},
            problems=["The seed does not follow from the secret and the beacon."],
        ),
        case("a forged lot", "draw", {"draw.json": held | {"delegations": rows}}, problems=[other]),
        case(
            "another order",
            "draw",
            {"draw.json": held | {"delegations": held["delegations"][::-1]}},
            problems=[out_of_order],
        ),
        case(
            "one twice",
            "draw",
            {"draw.json": held | {"delegations": [held["delegations"][0], *held["delegations"]]}},
            problems=[out_of_order],
        ),
        case("no text", "draw", {"draw.json": held | {"seed": 1}}, why="it has a different structure"),
    ]


def of_receipts():
    acts, panel = acts_of(MAIN, 4), acts_of(PANEL, 3)
    own, others = receipt(acts[1]), acts_of(MAIN, 4, first="2")
    now = chain(acts)
    late = chain(acts[:1], as_at="2016-09-03T12:00:00.000000+00:00")
    early = chain(acts[:1], as_at="2016-08-31T17:01:30.000000+00:00")
    not_that = ["Entry 2 of now.json is not the act of mine.json."]
    witness = "mine.json: the witness is not the hash of its act."
    number = "mine.json: its number or a moment is not the one that was recorded."
    content = "mine.json: the content is not the one that was recorded."
    forged_content = own["content"] | {"after": own["content"]["after"] | {"receipt_no": 1}}
    files = {"mine.json": own, "now.json": now, "1.json": revision(1), "p.json": revision(1, list="panel")}
    before_the_first, without_moment = own["act"] | {"sequence": 0}, own["act"] | {"at": "then"}
    return [
        case(
            "an act before the first",
            "receipt",
            {
                "mine.json": own | {"act": before_the_first, "witness": canonical.hash_of(before_the_first)},
                "now.json": now,
            },
            problems=["Entry 0 of now.json is not the act of mine.json."],
        ),
        case(
            "an act without a moment",
            "receipt",
            {
                "mine.json": own | {"act": without_moment, "witness": canonical.hash_of(without_moment)},
                "now.json": late,
            },
            problems=["now.json ends at entry 1, before entry 2, the act of mine.json: its end is cut off."],
        ),
        case(
            "a receipt, its chain and a revision",
            "receipt",
            files,
            marks=["receipt", "receipt-in-chain", "receipt-on-revision"],
        ),
        case("a receipt alone", "receipt", {"mine.json": own}, marks=["receipt", "receipt-without-chain"]),
        case(
            "a receipt of the second list",
            "receipt",
            {"mine.json": receipt(panel[2]), "now.json": chain(panel), "m.json": now},
            marks=["receipt-in-chain"],
        ),
        case(
            "a receipt of a colleague",
            "receipt",
            {"mine.json": receipt(acts[1], with_content=False), "now.json": now},
            marks=["receipt-without-content"],
        ),
        case(
            "a forged number",
            "receipt",
            {"mine.json": own | {"receipt_no": 1}, "now.json": now, "1.json": revision(1)},
            problems=[number],
        ),
        case(
            "a forged moment",
            "receipt",
            {"mine.json": own | {"arrived_at": "2016-08-31T16:00:00.000000+00:00"}},
            problems=[number],
        ),
        case(
            "a forged number in the content too",
            "receipt",
            {"mine.json": own | {"receipt_no": 1, "content": forged_content}},
            problems=[content],
        ),
        case("a forged witness", "receipt", {"mine.json": own | {"witness": acts[2].hash}}, problems=[witness]),
        case(
            "an act of another list",
            "receipt",
            {"mine.json": own | {"list": "panel"}},
            problems=["mine.json: the act was recorded on another list."],
        ),
        case(
            "another meeting",
            "receipt",
            {"mine.json": own | {"meeting": "else"}},
            problems=["mine.json: the act was recorded on another list."],
        ),
        case(
            "a chain that was made again",
            "receipt",
            {"mine.json": own, "now.json": chain([acts[0], *others[1:]])},
            problems=not_that,
        ),
        case(
            "entries before it were made again",
            "receipt",
            {"mine.json": own, "now.json": chain([others[0], *acts[1:]])},
            problems=not_that,
        ),
        case(
            "a relinked act",
            "receipt",
            {"mine.json": own, "now.json": chain([acts[0], acts[2], acts[1], acts[3]])},
            problems=not_that,
        ),
        case(
            "its end is cut",
            "receipt",
            {"mine.json": own, "now.json": late},
            problems=["now.json ends at entry 1, before entry 2, the act of mine.json: its end is cut off."],
        ),
        case("an older chain", "receipt", {"mine.json": own, "then.json": early}, marks=["receipt-newer"]),
        case("no witness", "receipt", {"mine.json": own | {"witness": "12"}}, why="it has a different structure"),
        case(
            "one fact too many",
            "receipt",
            {"mine.json": own | {"act": own["act"] | {"more": ""}}},
            why="it has a different structure",
        ),
        case(
            "a salt that is none",
            "receipt",
            {"mine.json": own | {"content": own["content"] | {"salt": " " * 64}}},
            why="it has a different structure",
        ),
    ]


def hostile():
    """Files that two readers of JSON might take differently, or that one might not survive."""
    text = canonical.canonical(revision(1)).decode()
    nest = '{"speakers": ' + "[" * 5000 + "]" * 5000 + "}"
    deep = '{"speakers": ' + "[" * 20 + "]" * 20 + "}"
    number = "it contains a number that is not whole, or too long"
    return [
        case("no text", "revision", {"1.json": ""}, why="it is not JSON"),
        case("no json", "revision", {"1.json": "no json"}, why="it is not JSON"),
        case("a rest", "revision", {"1.json": text + "}"}, why="it is not JSON"),
        case("a comma too many", "revision", {"1.json": text.replace("}]", "},]")}, why="it is not JSON"),
        case("a line end in a text", "revision", {"1.json": text.replace("Rwanda", "Rwan\nda")}, why="it is not JSON"),
        case("no number", "revision", {"1.json": text.replace('"number":1', '"number":NaN')}, why="it is not JSON"),
        case("a leading zero", "revision", {"1.json": text.replace('"number":1', '"number":01')}, why="it is not JSON"),
        case(
            "a name twice",
            "revision",
            {"1.json": text.replace('"number":1', '"number":1,"number":1')},
            why="it contains a name twice",
        ),
        case(
            "a name twice, once escaped",
            "revision",
            {"1.json": text.replace('"number":1', '"number":1,"\\u006eumber":2')},
            why="it contains a name twice",
        ),
        case("a fraction", "revision", {"1.json": text.replace('"number":1', '"number":1.0')}, why=number),
        case("an exponent", "revision", {"1.json": text.replace('"number":1', '"number":1e0')}, why=number),
        case(
            "a number without end",
            "revision",
            {"1.json": text.replace('"number":1', '"number":' + "9" * 5000)},
            why=number,
        ),
        case(
            "a number of sixteen digits",
            "revision",
            {"1.json": text.replace('"number":1', '"number":9007199254740993')},
            why=number,
        ),
        case(
            "half a character",
            "revision",
            {"1.json": text.replace("Rwanda", "\\ud834")},
            why="it contains half a character",
        ),
        case(
            "half a character as a name",
            "revision",
            {"1.json": text.replace('"kind"', '"\\udd1e"')},
            why="it contains half a character",
        ),
        case("nested without end", "revision", {"1.json": nest}, why="it is nested too deeply"),
        case("nested by one too much", "revision", {"1.json": deep}, why="it is nested too deeply"),
        case(
            "halves that make a whole",
            "revision",
            {"1.json": revision(1), "2.json": json.dumps(revision(2, hash_of_text(revision(1))))},
            marks=["revision-follows"],
        ),
        case(
            "zero with a sign",
            "revision",
            {"1.json": text.replace('"kind"', '"a":-0,"kind"'), "2.json": revision(2, hash_of_text(revision(1, a=0)))},
            marks=["revision-follows"],
        ),
    ]


def cases():
    return [*of_chains(), *of_revisions(), *of_draws(), *of_receipts(), *hostile()]


def text():
    return json.dumps(cases(), ensure_ascii=True, indent=1) + "\n"


if __name__ == "__main__":
    CASES.write_text(text())
