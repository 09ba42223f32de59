"""Who may do what with accounts of staff: the one table; see `secretariat/permitting.py`."""

PERMISSIONS = {
    "Secretariat lead": {
        "make accounts and put them into groups": [
            "auth.view_user",
            "auth.add_user",
            "auth.change_user",
            "auth.view_group",
        ],
    },
}
