"""Civil society: requests for tickets, the private pages behind secret links, and the desk at the door."""

from django.urls import path

from registration.views import address, correcting, hand_over, link, offer, page, requesting, voucher

app_name = "registration"
MEETING = "meetings/<slug:slug>/tickets/"
PAGE = f"{MEETING}request/<str:token>/"
DOOR = "meetings/<slug:slug>/hand-over/"
VOUCHER = f"{MEETING}voucher/<str:token>/"
urlpatterns = [
    path(MEETING, requesting.request_tickets, name="request"),
    path(f"{MEETING}sent/", requesting.sent, name="sent"),
    path(f"{MEETING}link/", link.ask_for_link, name="link"),
    path(f"{MEETING}address/<str:token>/", address.address, name="address"),
    path(f"{MEETING}offer/<str:token>/", offer.offer, name="offer"),
    path(PAGE, page.page, name="page"),
    path(f"{PAGE}representatives/", page.add, name="add"),
    path(f"{PAGE}representatives/<uuid:public_id>/", page.amend, name="amend"),
    path(f"{PAGE}representatives/<uuid:public_id>/cancellation/", page.cancel, name="cancel"),
    path(f"{PAGE}representatives/<uuid:public_id>/voucher/", page.open_voucher, name="open_voucher"),
    path(f"{PAGE}cancellation/", page.cancel_all, name="cancel_all"),
    path(f"{PAGE}links/", page.end_links, name="end_links"),
    path(DOOR, hand_over.desk, name="hand_over"),
    path(f"{DOOR}scans/", hand_over.scan, name="scan"),
    path(f"{DOOR}counts.json", hand_over.counts, name="hand_over_counts"),
    path(f"{DOOR}list.json", hand_over.signed_list, name="hand_over_list"),
    path(f"{DOOR}worker.js", hand_over.worker, name="hand_over_worker"),
    path(f"{DOOR}find/", hand_over.find, name="hand_over_find"),
    path(f"{DOOR}persons/<uuid:public_id>/", hand_over.hand_over, name="hand_over_to"),
    path(f"{DOOR}persons/<uuid:public_id>/taking-back/", correcting.take_back, name="take_back"),
    path(f"{DOOR}conflicts/<str:nonce>/", correcting.settle, name="conflict"),
    path(VOUCHER, voucher.page, name="voucher"),
    path(f"{VOUCHER}voucher.pdf", voucher.pdf, name="voucher_pdf"),
]
