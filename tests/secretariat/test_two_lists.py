"""Two lists of one meeting at the desk: each block, row and letter is of its own list.  R-62"""

from datetime import timedelta

import pytest

from outbox.models import Message
from secretariat import attention
from speakers import lists
from speakers.entries import extensions
from speakers.models import Inscription, SpeakersList
from tests.factories import (
    OPEN,
    STAFF,
    make_delegation,
    make_inscription,
    make_meeting,
    make_panel,
    order_of,
)
from tests.secretariat import pages

TITLE = "Informal interactive dialogue"
BOTH = f"{TITLE} – Panel"


@pytest.fixture
def plenary(at_the_desk, db):
    return make_meeting().speakers_list


@pytest.fixture
def panel(plenary):
    return make_panel(plenary.meeting)


@pytest.fixture
def entries(plenary, panel):
    """Rwanda on the main list; Kenya, unverified, and Rwanda on the other."""
    waiting = make_inscription(panel.meeting_at_hand, make_delegation("KEN", "Kenya"), is_verified=False)
    rwanda = make_delegation("RWA", "Rwanda")
    return [make_inscription(plenary.meeting_at_hand, rwanda), waiting, make_inscription(panel.meeting_at_hand, rwanda)]


def list_of(speakers_list, **narrowed):
    return pages.list_page(meeting=lists.choice_of(speakers_list), **narrowed)


def test_the_front_page_has_a_block_for_each_list_which_leads_to_it(officer, panel, entries):
    of_plenary, of_panel = attention.survey(OPEN)[:2]

    assert [each.heading for each in (of_plenary, of_panel)] == [TITLE, BOTH]
    [waiting] = [line for line in of_panel.lines if line.words == "1 entry waits to be verified."]
    assert "Kenya" in pages.text(officer.get(waiting.address))
    addresses = {line.address for line in of_panel.lines} | {of_panel.address}
    assert of_panel.address.endswith("/board/dialogue/lists/panel/")
    assert not [address for address in addresses if "/floor/" in address]
    assert {officer.get(address).status_code for address in addresses if address} == {200}
    assert [line.words for line in of_panel.lines if "says when it is heard" in line.words]
    assert not [line.words for line in of_plenary.lines if "says when it is heard" in line.words]


def test_no_block_of_another_list_asks_for_more_time_in_the_room(plenary, at_the_desk):
    panel = make_panel(plenary.meeting, national_limit=timedelta(hours=1))
    SpeakersList.objects.filter(pk=plenary.pk).update(national_limit=timedelta(hours=1))
    for code in ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG", "HHH"):
        for each in (plenary, panel):
            make_inscription(each.meeting_at_hand, make_delegation(code))

    of_plenary, of_panel = attention.survey(OPEN)[:2]

    assert [line for line in of_plenary.lines if line.is_urgent and line.words.startswith("The time allows ")]
    assert of_plenary.plot
    assert not [line for line in of_panel.lines if line.is_urgent]
    assert of_panel.plot is None


def test_staff_choose_another_list_beside_the_meetings(officer, plenary, panel, entries):
    of_plenary, of_panel = (pages.text(officer.get(list_of(each))) for each in (plenary, panel))

    assert f"List of speakers: {BOTH}" in of_panel
    assert "Kenya" in of_panel
    assert "Kenya" not in of_plenary
    assert BOTH in of_plenary  # as a choice of the filter
    assert "Board" in of_plenary
    assert "Board" in of_panel


def test_the_board_of_another_list_moves_and_undoes_on_that_list(officer, plenary, panel, entries):
    make_inscription(panel.meeting_at_hand, make_delegation("AAA"))
    board, first, last = "/secretariat/speakers/inscription/board/dialogue/lists/panel/", entries[2], "AAA"
    moved = panel.inscriptions.get(delegation__code=last)

    shown = officer.get(board)
    version = shown.context_data["board"].version
    typed = {"before": first.pk, "reason": "Leaves early", "version": version}
    officer.post(f"{board}{moved.pk}/move/", typed)
    news = officer.get(f"{board}news/", {"since": version}).json()

    assert BOTH in pages.text(shown)
    assert order_of(panel.meeting_at_hand) == ["AAA", "RWA"]
    assert news["version"] == version + 1
    assert officer.get(f"/secretariat/speakers/inscription/board/dialogue/{moved.pk}/move/").status_code == 404
    officer.post(f"{board}undo/", pages.typed(officer.get(board)))
    assert order_of(panel.meeting_at_hand) == ["RWA", "AAA"]


def test_an_entry_on_behalf_goes_on_the_list_that_the_page_names(officer, plenary, panel):
    address = "/secretariat/speakers/inscription/add/"

    page = officer.get(address, {"meeting": lists.choice_of(panel)})

    assert BOTH in pages.text(page)
    typed = {"delegation": make_delegation("RWA", "Rwanda").code, "capacity": "national", "level": "PR"}
    typed |= {"is_to_be_confirmed": "on", "language": "en", "contact_name": "Mission", "reason": "By telephone"}
    typed |= {"key": "0b6b3a52-9bd5-4a4a-8f0e-2f5a4f0f3f11", "contact_email": "rwa@missions.example"}
    answer = officer.post(f"{address}?meeting={lists.choice_of(panel)}", typed)
    assert answer.status_code == 302, pages.text(answer)
    assert [each.speakers_list for each in Inscription.objects.all()] == [panel]


@pytest.mark.parametrize("kind", ["laterequest", "swapproposal", "extension"])
def test_the_pages_of_what_waits_are_filtered_by_list(officer, plenary, panel, kind):
    shown = pages.text(officer.get(f"/secretariat/speakers/{kind}/", {"speakers_list__id__exact": panel.pk}))

    assert BOTH in shown


def test_what_waits_on_another_list_leads_to_it_alone(officer, plenary, panel):
    rwanda = make_delegation("RWA")
    for each, code in ((plenary, rwanda), (panel, make_delegation("KEN", "Kenya"))):
        extensions.grant(
            each, delegation=code, until=each.closes_at + timedelta(hours=1), reason="Asked", by=STAFF, at=OPEN
        )

    _of_plenary, of_panel = attention.survey(OPEN)[:2]
    [line] = [line for line in of_panel.lines if "has an extension" in line.words]

    shown = officer.get(line.address).content.decode()
    assert "Kenya" in shown
    assert "Rwa" not in shown.partition("result_list")[2]


def test_a_letter_to_entries_of_two_lists_tells_each_what_is_of_its_own(officer, plenary, panel, entries):
    of_plenary, waiting, of_panel = entries
    keys = ",".join(str(each.pk) for each in (of_plenary, of_panel, waiting))
    address = f"/secretariat/speakers/inscription/write/dialogue/?chosen={keys}"
    typed = {"subject": "{meeting}", "body": "{place}, {likely_turn}, {deadline}, {how_to_change}"}

    shown = officer.post(address, typed | {"act": "preview"})
    form = shown.context_data["form"]
    again = {"act": "save", "previewed": form.data.get("previewed", ""), "batch": form["batch"].value()}
    officer.post(address, typed | again)

    drafts = {each.key.rpartition("/")[2]: each for each in Message.objects.filter(kind="speakers.bulk")}
    told = [drafts[str(each.public_id)] for each in (of_plenary, of_panel)]
    assert len(drafts) == 3
    assert [each.subject for each in told] == [TITLE, BOTH]
    assert told[0].body.startswith("1, about ")
    assert told[1].body.startswith("1, –, Friday, 2 September 2016")
    assert "/lists/panel/" in told[1].body
    assert "/lists/panel/" not in told[0].body


def test_what_is_taken_out_of_another_list_is_named_by_it(officer, panel, entries):
    chosen = {"action": "take_out_csv", "_selected_action": [entries[2].pk]}

    answer = officer.post(list_of(panel, state="any"), chosen)

    assert "dialogue-panel-with-contacts.csv" in answer["Content-Disposition"]


def test_a_delegation_on_another_list_alone_counts_as_not_inscribed_on_the_main_one(officer, panel):
    make_inscription(panel.meeting_at_hand, make_delegation("KEN", "Kenya"))

    shown = pages.text(officer.get("/secretariat/speakers/delegation/?inscribed=no"))

    assert "Kenya" in shown
