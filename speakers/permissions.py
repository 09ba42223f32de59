"""Who may do what with the list of speakers and what lies below it: the one table; see `secretariat/permitting.py`.

Each act stands in words with the permissions that it takes. PERMISSIONS says which group may do which acts, and
docs/secretariat.md prints who may do each.
"""

SEEING = {
    "see meetings": ["dialogue.view_meeting"],
    "see sittings, the programme, documents, contacts and the terms of a list": [
        "dialogue.view_sitting",
        "dialogue.view_programmeslot",
        "dialogue.view_programmeperson",
        "dialogue.view_section",
        "dialogue.view_document",
        "dialogue.view_contact",
        "speakers.view_speakerslist",
    ],
    "see released programmes": ["dialogue.view_programmeversion"],
    "see entries": ["speakers.view_inscription"],
    "see delegations, groups, levels and revisions": [
        "speakers.view_delegation",
        "speakers.view_delegationplace",
        "speakers.view_group",
        "speakers.view_level",
        "speakers.view_revision",
    ],
    "see focal points, swaps, draws, late requests, extensions and expressions of interest": [
        "speakers.view_focalpoint",
        "speakers.view_swapproposal",
        "speakers.view_draw",
        "speakers.view_laterequest",
        "speakers.view_extension",
        "speakers.view_interest",
    ],
    "see mail and its texts": ["outbox.view_message", "dialogue.view_mailtext"],
    "see the journal": ["journal.view_entry", "journal.view_head"],
}
ACTING = {
    "enter on behalf of a delegation": ["speakers.add_inscription"],
    "act on an entry: verify, place, change, withdraw; write to its delegation; register a group; take out contacts": [
        "speakers.change_inscription"
    ],
    "publish a revision": ["speakers.add_revision"],
    "decide on swaps": ["speakers.change_swapproposal"],
    "decide on late requests": ["speakers.change_laterequest"],
    "give the seats of a list by selection, and write to the others": ["speakers.change_interest"],
    "extend the deadline for one delegation": ["speakers.add_extension", "speakers.change_extension"],
    "put focal points on record and change them": ["speakers.add_focalpoint", "speakers.change_focalpoint"],
}
LEADING = {
    "add and change meetings: deadlines, the order of the list, the draw, the mail of a rehearsal": [
        "dialogue.add_meeting",
        "dialogue.change_meeting",
    ],
    "add and change sittings, the programme, documents, contacts and the terms of a list; release the programme": [
        "dialogue.add_sitting",
        "dialogue.change_sitting",
        "dialogue.add_programmeslot",
        "dialogue.change_programmeslot",
        "dialogue.add_programmeperson",
        "dialogue.change_programmeperson",
        "dialogue.add_section",
        "dialogue.change_section",
        "dialogue.add_document",
        "dialogue.change_document",
        "dialogue.add_contact",
        "dialogue.change_contact",
        "speakers.add_speakerslist",
        "speakers.change_speakerslist",
    ],
    "add and change delegations, groups and levels": [
        "speakers.add_delegation",
        "speakers.change_delegation",
        "speakers.add_delegationplace",
        "speakers.change_delegationplace",
        "speakers.add_group",
        "speakers.change_group",
        "speakers.add_level",
        "speakers.change_level",
    ],
    "change the texts of mail": ["dialogue.change_mailtext"],
    "release, correct and try again mail": ["outbox.change_message"],
}

# Where the work is that a permission is for; and where a person begins who has no work anywhere and may look.
WORK = {"speakers.change_inscription": "list"}
LOOKING = {"speakers.view_inscription": "list"}

GROUPS = {
    "Read only": "sees the meetings and their lists, and changes nothing",
    "List officer": "sees the same and acts on the list",
    "Secretariat lead": "does what every other group does, prepares meetings and makes accounts",
}
PERMISSIONS = {
    "Read only": SEEING,
    "List officer": SEEING | ACTING,
    "Secretariat lead": SEEING | ACTING | LEADING,
}
