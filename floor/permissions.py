"""Who may do what in the room: the one table; see `secretariat/permitting.py`."""

BELOW = {
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
    "see entries": ["speakers.view_inscription"],
    "see delegations, levels and revisions": [
        "speakers.view_delegation",
        "speakers.view_delegationplace",
        "speakers.view_level",
        "speakers.view_revision",
    ],
}
READING = {"read the record, the statistics and the list on paper": ["floor.view_room"]}
RUNNING = {
    "run the floor": ["floor.run_room", "floor.change_room"],
    "see turns and interruptions": ["floor.view_turn", "floor.view_interruption"],
}

# Where the work is that a permission is for; and where a person begins who has no work anywhere and may look.
WORK = {"floor.run_room": "room"}
LOOKING = {"floor.view_room": "room"}

GROUPS = {"Conference officer": "runs the floor, and sees the list"}
PERMISSIONS = {
    "Read only": READING,
    "List officer": READING,
    "Conference officer": BELOW | READING | RUNNING,
    "Secretariat lead": BELOW | READING | RUNNING,
}
