"""Who may do what with webhooks: the one table; see `secretariat/permitting.py`."""

PERMISSIONS = {
    "Secretariat lead": {
        "let other systems be told what happens at a meeting": [
            "webhooks.view_webhook",
            "webhooks.add_webhook",
            "webhooks.change_webhook",
        ],
    },
}
