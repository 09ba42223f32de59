"""Who may do what with accounts of staff and after a restore: the one table; see `secretariat/permitting.py`."""

SEEING = {"see the report of a restore": ["secretariat.view_restoration"]}
PERMISSIONS = {
    "Read only": SEEING,
    "List officer": SEEING,
    "Conference officer": SEEING,
    "Civil society officer": SEEING,
    "Secretariat lead": {
        **SEEING,
        "after a restore, let the site go on, and send or drop mail that was kept back": [
            "secretariat.let_go",
            "outbox.decide_on_kept",
        ],
        "make accounts and put them into groups": [
            "auth.view_user",
            "auth.add_user",
            "auth.change_user",
            "auth.view_group",
        ],
    },
}
