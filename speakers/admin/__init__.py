"""The secretariat's pages for the list of speakers: one module per page, the acts in modules of their own.

Every act goes through its rule module; no page bypasses one, and none deletes.
"""

from dialogue.admin import MeetingAdmin
from speakers import consistency
from speakers.admin import pages
from speakers.admin.deadlines import DEADLINE_ACTS
from speakers.admin.delegation import DelegationAdmin
from speakers.admin.draw import DrawAdmin
from speakers.admin.drawing import DRAW_ACTS
from speakers.admin.extension import EXTENSION_ACTS, ExtensionAdmin
from speakers.admin.focal_point import FocalPointAdmin
from speakers.admin.group import GroupAdmin
from speakers.admin.inscription import InscriptionAdmin
from speakers.admin.interest import InterestAdmin
from speakers.admin.journal import ChronicleAdmin
from speakers.admin.late_request import LateRequestAdmin
from speakers.admin.level import LevelAdmin
from speakers.admin.mail_texts import MailTextAdmin
from speakers.admin.making import BEGINNINGS, COPY
from speakers.admin.ordering import TERM_ACTS
from speakers.admin.programme import PROGRAMME_ACTS
from speakers.admin.publishing import PUBLISHING_ACTS
from speakers.admin.registering import REGISTER
from speakers.admin.rehearsal_mail import REHEARSAL_MAIL_ACTS
from speakers.admin.revision import RevisionAdmin
from speakers.admin.speakers_list import SpeakersListAdmin
from speakers.admin.swap import SwapAdmin
from speakers.admin.terms import TermsInline, deadline, state_of_list

__all__ = [
    "ChronicleAdmin",
    "DelegationAdmin",
    "DrawAdmin",
    "ExtensionAdmin",
    "FocalPointAdmin",
    "GroupAdmin",
    "InscriptionAdmin",
    "InterestAdmin",
    "LateRequestAdmin",
    "LevelAdmin",
    "MailTextAdmin",
    "RevisionAdmin",
    "SpeakersListAdmin",
    "SwapAdmin",
]

MeetingAdmin.offer(
    acts=(
        *(DEADLINE_ACTS + REHEARSAL_MAIL_ACTS + EXTENSION_ACTS),
        *(*TERM_ACTS, REGISTER),
        *(DRAW_ACTS + PUBLISHING_ACTS + PROGRAMME_ACTS),
        COPY,
    ),
    beginnings=BEGINNINGS,
    copying=COPY,
    links=pages.of_meeting,
    inlines=[TermsInline],
    columns=[deadline, state_of_list],
    read_with=["lists"],
    check_whole=consistency.objections,
)
