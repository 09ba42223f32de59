"""Checks that a list follows the rules, from outside, in plain SQL.  R-03 R-07 R-08 R-10 R-12"""

from itertools import pairwise

# The acknowledgement, and the notice to the officer.
MAILS_OF_AN_ENTRY = 2


def problems_of_list(ground):
    """What is wrong with the list, the journal and the outbox of `ground`, as sentences; empty if all is well."""
    database = ground.database
    return [
        *problems_of_numbers(database),
        *problems_of_stamps(database),
        *problems_of_places(database),
        *problems_of_mail(database),
        *problems_of_journal(ground),
    ]


def problems_of_numbers(database):
    """Numbers run from one without gaps, and the counter ends where they end.  R-07"""
    numbers = [number for (number,) in database.ask("SELECT receipt_no FROM speakers_inscription ORDER BY receipt_no")]
    counter = database.one("SELECT last_receipt_no FROM speakers_speakerslist")
    if numbers == list(range(1, counter + 1)):
        return []
    return [f"the counter is at {counter}, the numbers are {numbers}"]


def problems_of_stamps(database):
    """Moments of recording rise with the numbers and come after the arrival.  R-03 R-08"""
    rows = database.ask("SELECT receipt_no, arrived_at, recorded_at FROM speakers_inscription ORDER BY receipt_no")
    found = [f"{number} was recorded before it arrived" for number, arrived, recorded in rows if recorded < arrived]
    for (before, _, earlier), (number, _, later) in pairwise(rows):
        if later <= earlier:
            found.append(f"{number} was recorded at {later}, not after {before} at {earlier}")
    return found


def problems_of_places(database):
    """One standing national entry for each delegation, one standing entry for each group.  R-12"""
    who = "CASE WHEN capacity = 'group' THEN group_key ELSE CAST(delegation_id AS text) END"
    twice = f"""SELECT {who}, count(*) FROM speakers_inscription WHERE state = 'standing'
                GROUP BY capacity, {who} HAVING count(*) > 1"""  # noqa: S608
    return [f"{who} stands {count} times" for who, count in database.ask(twice)]


def problems_of_mail(database):
    """Each entry has its acknowledgement and the officer's notice, once.  R-10"""
    entries = database.one("SELECT count(*) FROM speakers_inscription")
    kinds = "('speakers.acknowledgement', 'speakers.notice_inscribed')"
    mails = database.one(f"SELECT count(*) FROM outbox_message WHERE kind IN {kinds}")  # noqa: S608
    if mails == entries * MAILS_OF_AN_ENTRY:
        return []
    return [f"{entries} entries have {mails} mails"]


def problems_of_journal(ground):
    """The chain is intact, and holds one entry for each inscription.  R-58"""
    entries = ground.database.one("SELECT count(*) FROM speakers_inscription")
    journalled = ground.database.one("SELECT count(*) FROM journal_entry WHERE act = 'inscribed'")
    verified = ground.manage("verify_journal", check=False)
    found = [] if verified.returncode == 0 else [verified.stderr]
    return found if entries == journalled else [*found, f"{entries} entries are journalled {journalled} times"]
