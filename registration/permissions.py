"""Who may do what with tickets and at the door: the one table; see `secretariat/permitting.py`."""

BELOW = {
    "see meetings": ["dialogue.view_meeting"],
    "see entries": ["speakers.view_inscription"],
}
GIVING = {
    "see requests for tickets, representatives, organizations, terms and holidays": [
        "registration.view_ticketrequest",
        "registration.view_representative",
        "registration.view_organization",
        "registration.view_ticketing",
        "registration.view_holiday",
    ],
    "decide on representatives": ["registration.change_representative"],
    "open a meeting to requests for tickets and change the terms": [
        "registration.add_ticketing",
        "registration.change_ticketing",
    ],
    "put holidays on record": ["registration.add_holiday", "registration.change_holiday"],
    "see manifests and freeze them": ["registration.view_manifest", "registration.add_manifest"],
}
SCANNING = {"scan vouchers and hand tickets over": ["registration.scan_voucher"]}
SUPERVISING = {
    "find people by name and hand tickets over to them": ["registration.supervise_hand_over"],
    "see scans": ["registration.view_scan"],
}

# Where the work is that a permission is for. Those who decide are led to the queue; the door is one step from it.
WORK = {"registration.change_representative": "tickets", "registration.scan_voucher": "door"}

GROUPS = {
    "Civil society officer": "decides on requests for tickets, and supervises the door",
    "Door": "scans vouchers and hands tickets over",
    "Door supervisor": "also finds people by name, and sees what was scanned",
}
PERMISSIONS = {
    "Civil society officer": BELOW | GIVING | SCANNING | SUPERVISING,
    "Door": SCANNING,
    "Door supervisor": SCANNING | SUPERVISING,
    "Secretariat lead": BELOW | GIVING | SCANNING | SUPERVISING,
}
