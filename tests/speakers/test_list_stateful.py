"""Any acts on two lists in any order: each stays what the rules say it is.  R-07 R-08 R-12 R-16 to R-28 R-58 R-62

The lists are of one meeting of two days, each with its own terms and closing.
Hypothesis invents the acts; `list_model.py` says what each must lead to. The same acts are tried on every run; with
`STATEFUL_EXAMPLES=500` in the environment it looks for new ones.
"""

import os
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

import clock
from journal import chain, position
from journal.actors import Actor
from journal.models import Entry
from speakers.entries import changing, closing, deadlines, extensions, inscribing, late_requests, verifying, withdrawing
from speakers.models import LateRequest, SwapProposal
from speakers.moves import pinning, swapping, undoing
from speakers.order import precedence, replaying
from speakers.publishing import revision_chain, revisions
from tests.days import make_two_days
from tests.factories import (
    DEADLINE,
    STAFF,
    an_inscription,
    make_delegation,
    make_level,
    make_panel,
    put_on_register,
)
from tests.speakers.list_model import CLASSES, ListModel

LATE_REFUSED = (late_requests.RequestRefused, inscribing.InscriptionRefused)
pytestmark = pytest.mark.django_db

BAND_OF = dict.fromkeys(["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"], "member_states")
BAND_OF |= {"PSE": "observer_states", "EUR": "observers", "UND": "un_system"}
STRANGER = "stranger@elsewhere.example"
LISTS = [
    ({}, "protocol"),
    ({"level_before_band": True}, "level first"),
    ({"policy": "receipt_only"}, "receipt"),
]
START = DEADLINE - timedelta(days=3)
LAST_WAIT = DEADLINE + timedelta(days=3)

delegations = st.sampled_from(sorted(BAND_OF))
GROUPS = ["Nordic countries", "Group of Friends"]
groups = st.sampled_from(["", "", "", *GROUPS])
levels = st.sampled_from(["HOS", "MFA", "MIN", "PR", "PR", "CDA", "OTH"])
picks = st.integers(0, 40)

# Every act that may be tried: its weight, when it is worth trying, and what to draw for it.
ACTS = []


def act(weight, *, when=lambda it: True, **drawn):
    """Let the function below be tried. One rule chooses among all acts, so that none is left out of an example."""

    def register(function):
        ACTS.extend([(when, drawn, function)] * weight)
        return function

    return register


@dataclass
class Time:
    """The moment of the last act, on whichever list."""

    now: datetime = START


class TheList:
    """One list from its opening to days after its closing, beside its model. `time` is that of all lists."""

    def __init__(self, speakers_list, order, *, time):
        self.speakers_list, self.meeting, self.time = speakers_list, speakers_list.meeting_at_hand, time
        put_on_register(speakers_list, *GROUPS)
        self.model = ListModel(order, swaps_need_approval=speakers_list.swaps_need_approval)
        self.is_closed, self.extended = False, set()
        self.stored_swaps, self.requests = [], []
        self.seen_receipts, self.seen_revisions, self.orders_frozen = [], [], []
        self.before_the_last_move, self.read_until = None, 0

    def do_something(self, data):
        useful = [each for each in ACTS if each[0](self)]
        _, drawn, function = useful[data.draw(st.integers(0, len(useful) - 1), label="act")]
        note(f"{self.speakers_list.slug or 'main'}: {function.__name__}")
        function(self, **{name: data.draw(strategy, label=name) for name, strategy in drawn.items()})

    # Acts on entries

    @act(
        4,
        when=lambda self: self._is_open() or self.extended,
        delegation=delegations,
        group=groups,
        level=levels,
        is_verified=st.sampled_from([True, True, False]),
    )
    def inscribe(self, delegation, group, level, is_verified):
        facts = self._written(delegation, group, level, is_verified)
        is_in_time = self._is_open() or (is_verified and delegation in self.extended)
        may = is_in_time and not self._has_rival(facts)
        actor = Actor(facts["filer"], "focal point" if is_verified else "unverified person")
        entry = an_inscription(self.meeting, self._delegation(delegation), level, **self._capacity(group))
        key = uuid.uuid4().hex
        form = {"by": actor, "is_on_record": is_verified, "key": key, "digest": key}
        self._act(may, inscribing.InscriptionRefused, inscribing.inscribe, entry, moment="arrived_at", **form)
        if may:
            assert entry.receipt_no == self.model.add(**facts)

    @act(3, when=lambda self: len(self.model.standing()) > 3, pick=picks)
    def withdraw(self, pick):
        receipt = self._receipt(pick, self.model.is_active)
        others = self._others(receipt)
        may, entry = self.model.is_active(receipt), self._entry(receipt)
        self._act(may, withdrawing.WithdrawalRefused, withdrawing.withdraw, entry)
        if may:
            self.model.end(receipt, "withdrawn")
            self._require_others(others)

    @act(3, pick=picks, level=levels)
    def change_level(self, pick, level):
        receipt = self._receipt(pick, self.model.is_active)
        slip, others = self.model.slips[receipt], self._others(receipt)
        is_upgrade = CLASSES[level] < CLASSES[slip.level]
        may = self.model.is_active(receipt)
        may = may and (not is_upgrade or self._is_open() or slip.delegation in self.extended)
        entry = self._entry(receipt)
        facts = {"level": make_level(level), "title": entry.speaker_title}
        self._act(may, changing.ChangeRefused, changing.change_level, entry, **facts)
        if may:
            self.model.change_level(receipt, level)
            self._require_others(others)

    @act(
        2,
        when=lambda self: self.model.is_anything("unverified"),
        pick=picks,
        is_verified=st.sampled_from([True, True, False]),
    )
    def decide_on_an_unverified_one(self, pick, is_verified):
        receipt = self._receipt(pick, self.model.is_unverified)
        slip = self.model.slips[receipt]
        may = slip.state == "unverified" and not (is_verified and self.model.has_rival(slip.key))
        entry = self._entry(receipt)
        if is_verified:
            self._act(may, verifying.VerificationRefused, verifying.verify, entry)
        else:
            self._act(may, verifying.VerificationRefused, verifying.refuse, entry, reason="Not known")
        if may and is_verified:
            slip.state = "standing"
        elif may:
            self.model.end(receipt, "refused")

    # Moves by staff

    @act(
        5,
        when=lambda self: len(self.model.standing()) > 1,
        pick=picks,
        before=picks,
        is_confirmed=st.sampled_from([True, True, False]),
    )
    def pin(self, pick, before, is_confirmed):
        receipt = self._receipt(pick, self.model.is_standing)
        anchor = self._receipt(before, self.model.is_in_a_pin if before % 2 else self.model.is_standing)
        others = self._others(receipt)
        may = self.model.may_pin(receipt, anchor)
        may = may and (is_confirmed or not self.model.crosses_bands(receipt, anchor))
        entry, other, moved = self._entry(receipt), self._entry(anchor), dict(self.model.pins)
        facts = {"before": other, "reason": "Travel", "seen": None if is_confirmed else ""}
        self._act(may, pinning.PinRefused, pinning.pin, entry, **facts)
        if may:
            self.model.pin(receipt, anchor)
            self._require_others(others)
            self.before_the_last_move = moved

    @act(1, when=lambda self: self.model.pins, pick=picks)
    def unpin(self, pick):
        receipt = self._receipt(pick, self.model.is_pinned)
        may, entry, moved = receipt in self.model.pins, self._entry(receipt), dict(self.model.pins)
        self._act(may, pinning.PinRefused, pinning.unpin, entry)
        if may:
            self.model.unpin(receipt)
            self.before_the_last_move = moved

    @act(1, when=lambda self: self.before_the_last_move is not None)
    def undo_the_move_just_made(self):
        pins = self.before_the_last_move
        self._act(True, undoing.UndoRefused, undoing.undo_last_move, self.speakers_list)
        self.model.pins = pins

    # Swaps

    @act(
        4, pick=picks, partner=picks, is_accepted=st.booleans(), reason=st.sampled_from(["Agreed", "Agreed", "", None])
    )
    def propose_a_swap(self, pick, partner, is_accepted, reason):
        """A proposal, often accepted at once, and approved with or without a `reason`; None leaves it for later."""
        at = self._next_moment()
        receipt = self._receipt(pick, lambda one: self.model.may_propose_to_anybody(one, at))
        other = self._receipt(partner, lambda one: self.model.may_propose(receipt, one, at))
        may = self.model.may_propose(receipt, other, at)
        entry, partner_entry = self._entry(receipt), self._entry(other)
        proposal = self._act(may, swapping.SwapRefused, swapping.propose, entry, partner=partner_entry)
        if may:
            self.stored_swaps.append((proposal.pk, self.model.propose(receipt, other, self.time.now)))
            if is_accepted:
                self._accept(*self.stored_swaps[-1], reason)

    @act(9, when=lambda self: self._has_swap("proposed"), pick=picks, reason=st.sampled_from(["Agreed", "", None]))
    def accept_a_swap(self, pick, reason):
        self._accept(*self._swap(pick, self.model.may_accept), reason)

    @act(9, when=lambda self: self._has_swap("accepted"), pick=picks, reason=st.sampled_from(["Agreed", "Agreed", ""]))
    def approve_a_swap(self, pick, reason):
        self._approve(*self._swap(pick, self.model.may_approve), reason)

    def _accept(self, key, swap, reason):
        may, proposal = self.model.may_accept(swap, self._next_moment()), self._proposal(key)
        self._act(may, swapping.SwapRefused, swapping.accept, proposal)
        if may:
            self.model.accept(swap)
            if swap.state == "accepted" and reason is not None:
                self._approve(key, swap, reason)

    def _approve(self, key, swap, reason):
        may = self.model.may_approve(swap, self._next_moment())
        may = may and bool(reason or not self.model.is_across_classes(swap))
        self._act(may, swapping.SwapRefused, swapping.approve, self._proposal(key), reason=reason)
        if may:
            self.model.approve(swap)

    # After closing

    @act(
        4,
        when=lambda self: not self._is_open(),
        delegation=delegations,
        group=groups,
        level=levels,
        is_accepted=st.sampled_from([True, True, False, None]),
    )
    def file_a_late_request(self, delegation, group, level, is_accepted):
        """A late request, decided at once or, if `is_accepted` is None, later."""
        facts = self._written(delegation, group, level, is_verified=True)
        may = not self._is_open() and delegation not in self.extended and not self._has_rival(facts)
        same = (delegation, facts["key"])
        may = may and not any((waiting["delegation"], waiting["key"]) == same for _, waiting in self._waiting())
        entry = an_inscription(self.meeting, self._delegation(delegation), level, **self._capacity(group))
        shared = {name: getattr(entry, name) for name in ("capacity", "group_name", "level", "speaker_name")}
        shared |= {"contact_name": entry.contact_name, "contact_email": entry.contact_email}
        request = LateRequest(speakers_list=self.speakers_list, delegation=entry.delegation, **shared)
        key, by = uuid.uuid4().hex, Actor(facts["filer"], "focal point")
        form = {"by": by, "is_on_record": True, "key": key, "digest": key}
        self._act(may, LATE_REFUSED, late_requests.file, request, moment="arrived_at", **form)
        if may:
            self.requests.append((request.pk, facts))
            if is_accepted is not None:
                self._decide(*self.requests[-1], is_accepted)

    @act(2, when=lambda self: self.requests, pick=picks, is_accepted=st.sampled_from([True, True, False]))
    def decide_on_a_late_request(self, pick, is_accepted):
        self._decide(*self._one_of(self._waiting() or self.requests, pick), is_accepted)

    def _decide(self, key, facts, is_accepted):
        request, order = LateRequest.objects.get(pk=key), self.model.order()
        may = request.is_waiting and not (is_accepted and self._has_rival(facts))
        if not is_accepted:
            self._act(may, LATE_REFUSED, late_requests.decline, request, answer="No time is left")
            return
        entry = self._act(may, LATE_REFUSED, late_requests.accept, request, reason="Time permits")
        if may:
            is_late = not self._is_open() and facts["delegation"] not in self.extended
            assert entry.is_late == is_late
            receipt = self.model.add(**facts | {"is_late": is_late})
            assert [each for each in self.model.order() if each != receipt] == order

    @act(1, when=lambda self: not self._is_open() and not self.extended, delegation=delegations)
    def grant_an_extension(self, delegation):
        facts = {"delegation": self._delegation(delegation), "until": self.meeting.starts_at - timedelta(hours=1)}
        self._act(True, (), extensions.grant, self.speakers_list, **facts, reason="Ours was the fault")
        self.extended.add(delegation)

    # The list itself

    @act(1, when=lambda self: not self.is_closed)
    def close_by_hand(self):
        may = self._is_open()
        self._act(may, deadlines.DeadlineRefused, deadlines.close_by_hand, self.speakers_list, reason="Full")
        if may:
            self.has_closed()

    def has_closed(self):
        self.is_closed = True
        self.orders_frozen.append(self.model.order())

    @act(1, when=lambda self: len(self.orders_frozen) < 4)
    def publish(self):
        self._act(True, (), revisions.publish, self.speakers_list)
        self.orders_frozen.append(self.model.order())

    @act(
        1, when=lambda self: self.time.now < self.meeting.starts_at - timedelta(days=2), hours=st.sampled_from([6, 25])
    )
    def wait(self, hours):
        self.time.now += timedelta(hours=hours)

    # What must hold after each act

    def the_order_is_that_of_the_model(self):
        told = [place.inscription.receipt_no for place in precedence.speaking_order(self.speakers_list)]

        assert told == self.model.order()

    def receipts_have_no_gap_and_are_never_given_again(self):
        fields = ("receipt_no", "public_id", "recorded_at", "delegation__code")
        found = list(self.speakers_list.inscriptions.order_by("receipt_no").values_list(*fields))

        assert [receipt[0] for receipt in found] == list(range(1, len(self.model.slips) + 1))
        assert found[: len(self.seen_receipts)] == self.seen_receipts
        moments = [receipt[2] for receipt in found]
        assert all(earlier < later for earlier, later in pairwise(moments))
        self.seen_receipts = found

    def every_entry_is_in_the_state_of_the_model_and_one_stands_for_each(self):
        found = list(self.speakers_list.inscriptions.select_related("delegation"))
        standing = [self._key(e.delegation.code, e.group_name) for e in found if e.is_standing]

        assert {e.receipt_no: str(e.state) for e in found} == {s.receipt: s.state for s in self.model.slips.values()}
        assert len(standing) == len(set(standing))

    def the_journal_is_whole_and_tells_the_same_list(self):
        stream = self.speakers_list.journal_stream
        read_until, self.read_until = self.read_until, position.position(stream)
        if self.read_until == read_until:
            return  # `_act` has checked that nothing was done
        witnesses = set(self.speakers_list.inscriptions.values_list("witness", flat=True))

        assert chain.problems(stream) == []
        assert replaying.differences(self.speakers_list) == []
        assert witnesses <= set(Entry.objects.filter(stream=stream).values_list("hash", flat=True))

    def what_was_published_stays_as_it_was(self):
        found = list(self.speakers_list.revisions.order_by("number"))
        texts = [(revision.number, revision.content, revision.sha256) for revision in found]

        assert texts[: len(self.seen_revisions)] == self.seen_revisions
        assert revision_chain.stored(self.speakers_list)[1] == []
        assert [[row["receipt_no"] for row in revision.rows] for revision in found] == self.orders_frozen
        self.seen_revisions = texts

    def is_as_the_rules_want_it(self):
        self.the_order_is_that_of_the_model()
        self.receipts_have_no_gap_and_are_never_given_again()
        self.every_entry_is_in_the_state_of_the_model_and_one_stands_for_each()
        self.the_journal_is_whole_and_tells_the_same_list()
        self.what_was_published_stays_as_it_was()

    # Helpers

    def _act(self, may, refusals, act, *things, moment="at", by=STAFF, **facts):
        """Do what the model says is possible; anything else must be refused and leave no trace."""
        self.time.now = self._next_moment()
        self.before_the_last_move = None
        facts |= {moment: self.time.now} | ({"by": by} if by else {})
        with clock.stopped(self.time.now):
            if may:
                return act(*things, **facts)
            recorded = position.position(self.speakers_list.journal_stream)
            with pytest.raises(refusals):
                act(*things, **facts)
            assert position.position(self.speakers_list.journal_stream) == recorded
            return None

    def _next_moment(self):
        return self.time.now + timedelta(minutes=1)

    def _is_open(self):
        return not self.is_closed and self._next_moment() < self.speakers_list.closes_at

    def _written(self, delegation, group, level, is_verified):
        """The slip of an entry that is to be filed."""
        return {
            "delegation": delegation,
            "key": self._key(delegation, group),
            "band": "groups" if group else BAND_OF[delegation],
            "level": level,
            "state": "standing" if is_verified else "unverified",
            "is_late": False,
            "filer": f"{delegation.lower()}@missions.example" if is_verified else STRANGER,
        }

    def _key(self, delegation, group):
        return group or delegation

    def _capacity(self, group):
        return {"capacity": "group", "group_name": group} if group else {}

    def _has_rival(self, facts):
        """The rivals of a verified entry are those that stand; of another, the same one from the same address."""
        if facts["state"] == "standing":
            return self.model.has_rival(facts["key"])
        active = [slip for slip in self.model.slips.values() if self.model.is_active(slip.receipt)]
        return any((slip.key, slip.filer) == (facts["key"], facts["filer"]) for slip in active)

    def _delegation(self, code):
        return make_delegation(code, band=BAND_OF[code])

    def _receipt(self, pick, is_possible):
        """A receipt with which the act is possible; now and then any other, which must be refused."""
        possible = [receipt for receipt in sorted(self.model.slips) if pick % 4 and is_possible(receipt)]
        return self._one_of(possible or sorted(self.model.slips), pick)

    def _one_of(self, things, pick):
        return things[pick % len(things)]

    def _entry(self, receipt):
        return self.speakers_list.inscriptions.select_related("delegation", "level").get(receipt_no=receipt)

    def _has_swap(self, state):
        return any(swap.state == state for _, swap in self.stored_swaps)

    def _swap(self, pick, is_possible):
        at = self._next_moment()
        possible = [each for each in self.stored_swaps if pick % 4 and is_possible(each[1], at)]
        return self._one_of(possible or self.stored_swaps, pick)

    def _proposal(self, key):
        return SwapProposal.objects.select_related("speakers_list__meeting").get(pk=key)

    def _waiting(self):
        waiting = set(LateRequest.objects.waiting().values_list("pk", flat=True))
        return [each for each in self.requests if each[0] in waiting]

    def _others(self, receipt):
        """All other receipts, in order."""
        return [each for each in self.model.order() if each != receipt]

    def _require_others(self, others):
        """After any act on one entry, the others keep their order.  R-20 R-23 R-25"""
        told = [place.inscription.receipt_no for place in precedence.speaking_order(self.speakers_list)]

        assert [each for each in told if each in others] == others


class Meeting(RuleBasedStateMachine):
    """A meeting of two days with two lists, whose acts come in any order."""

    @initialize(
        kinds=st.tuples(st.sampled_from(LISTS), st.sampled_from(LISTS)),
        swaps_need_approval=st.booleans(),
        first=st.lists(st.tuples(delegations, groups, levels), min_size=6, max_size=10, unique_by=lambda one: one[:2]),
    )
    def open_the_lists(self, kinds, swaps_need_approval, first):
        self.rolled_back = transaction.atomic()
        self.rolled_back.__enter__()
        (of_main, order_of_main), (of_panel, order_of_panel) = kinds
        meeting = make_two_days(swaps_need_approval=swaps_need_approval, **of_main)
        terms = {"policy": "customary_protocol", "swaps_need_approval": not swaps_need_approval} | of_panel
        panel, self.time = make_panel(meeting, **terms), Time()
        self.lists = [
            TheList(meeting.speakers_list, order_of_main, time=self.time),
            TheList(panel, order_of_panel, time=self.time),
        ]
        for number, (delegation, group, level) in enumerate(first):
            self.lists[number % 3 // 2].inscribe(delegation, group, level, is_verified=True)

    def teardown(self):
        if hasattr(self, "rolled_back"):
            transaction.set_rollback(True)
            self.rolled_back.__exit__(None, None, None)

    @rule(data=st.data(), turn=st.sampled_from([*["main list"] * 18, *["panel"] * 8, "time"]))
    def do_something(self, data, turn):
        if turn != "time":
            self.lists[turn == "panel"].do_something(data)
        elif waiting := [each for each in self.lists if not each.is_closed]:
            self.close_what_is_due(waiting, until=data.draw(st.sampled_from(waiting)))

    def close_what_is_due(self, waiting, until):
        """Let the time go on to the closing of one of the lists that are `waiting` for theirs."""
        self.time.now = max(self.time.now, until.speakers_list.closes_at + closing.PAUSE)
        with clock.stopped(self.time.now):
            closing.close_due_lists(at=self.time.now)
        for each in waiting:
            if each.speakers_list.closes_at + closing.PAUSE <= self.time.now:
                each.before_the_last_move = None
                each.has_closed()

    @invariant()
    def each_list_is_as_the_rules_want_it(self):
        for each in self.lists:
            each.is_as_the_rules_want_it()


def test_any_acts_in_any_order_leave_each_list_as_the_rules_want_it():
    asked_for = os.environ.get("STATEFUL_EXAMPLES")
    wanted = settings(
        max_examples=int(asked_for or 16),
        stateful_step_count=40,
        derandomize=not asked_for,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(Meeting, settings=wanted)
