"""The personal data that the room keeps: texts never made public, who handed texts in, private notes.  R-57"""

from django.utils.translation import gettext_lazy as _

from floor import erasing
from retention import Place, erased, kept

RECORD = "the record of the meeting: it was said or done in public"

FIELDS = {
    "floor.Room": {**erased("message", "note"), **kept("the keys of turns", "called_before")},
    "floor.TimeRemark": kept(RECORD, "words"),
    "floor.Turn": {
        **kept(RECORD + "; of those who did not speak it is erased", *erasing.OF_THE_SPEAKER),
        **erased("note"),
        **kept("a place on the list, as numbers", "place_before"),
    },
    "floor.Interruption": kept(RECORD, "raised_by"),
    "floor.Statement": {
        **erased("handed_in_by"),
        **kept("says nothing of persons", "media_type", "sha256"),
    },
    "floor.Booth": kept("names a booth, not a person; the hash of a link that expires", "name", "token_hash"),
    "floor.Recording": kept("where a public webcast can be watched", "url"),
    "floor.RoomSystem": kept("names a system, not a person; the hash of a key that expires", "name", "token_hash"),
    "floor.Signal": {**erased("key", "place", "detail"), **kept("a word of our own", "result")},
    "floor.StatementFile": kept("public once delivered; that of a text that never was is deleted", "content"),
}

PLACES = [
    Place(
        _("files of statements that never became public"),
        left=lambda meeting: erasing.files_never_public(meeting).count(),
        erase=erasing.erase_files,
    ),
    Place(
        _("who handed in statements"),
        left=lambda meeting: erasing.handed_in_by(meeting).count(),
        erase=lambda meeting, _at: erasing.handed_in_by(meeting).update(handed_in_by=""),
    ),
    Place(
        _("private notes of the room"),
        left=lambda meeting: sum(rows.count() for rows in erasing.notes(meeting)),
        erase=erasing.erase_notes,
    ),
    Place(
        _("signals of microphones"),
        left=lambda meeting: erasing.signals(meeting).count(),
        erase=lambda meeting, _at: erasing.signals(meeting).delete()[0],
    ),
    Place(
        _("persons outside the list who did not speak"),
        left=lambda meeting: erasing.unheard(meeting).count(),
        erase=lambda meeting, _at: erasing.unheard(meeting).update(**erasing.OF_THE_SPEAKER),
    ),
]
