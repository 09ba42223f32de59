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
TEXTS = {"read the texts of statements before delivery, as interpreters and reporters do": ["floor.read_texts"]}
RUNNING = {
    "run the floor; give and revoke the links of booths and the keys of microphones": [
        "floor.run_room",
        "floor.change_room",
    ],
    "see turns and interruptions": ["floor.view_turn", "floor.view_interruption"],
}

# Where the work is that a permission is for; and where a person begins who has no work anywhere and may look.
WORK = {"floor.run_room": "room", "floor.read_texts": "booth"}
LOOKING = {"floor.view_room": "room"}

GROUPS = {
    "Conference officer": "runs the floor, and sees the list",
    "Interpreters and reporters": "read the texts of statements from the moment they are handed in",
}
PERMISSIONS = {
    "Read only": READING,
    "List officer": READING,
    "Conference officer": BELOW | READING | RUNNING,
    "Interpreters and reporters": {"see meetings": BELOW["see meetings"]} | TEXTS,
    "Secretariat lead": BELOW | READING | RUNNING | TEXTS,
}
