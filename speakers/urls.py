"""The list of speakers: public list, inscription, receipt."""

from django.urls import path

from speakers.views import (
    calendar,
    draws,
    exporting,
    inscribing,
    journal,
    late_requests,
    public,
    receipt,
    revisions,
    signing_in,
    swaps,
)

app_name = "speakers"
urlpatterns = [
    path("meetings/<slug:slug>/speakers/", public.live_list, name="list"),
    path("meetings/<slug:slug>/speakers.<slug:extension>", exporting.live_list, name="list_as"),
    path("meetings/<slug:slug>/speakers/draw/", draws.draw, name="draw"),
    path("meetings/<slug:slug>/speakers/draw.json", draws.draw_json, name="draw_json"),
    path("meetings/<slug:slug>/speakers/revisions/", revisions.revisions, name="revisions"),
    path("meetings/<slug:slug>/speakers/revisions/<int:number>/", revisions.revision, name="revision"),
    path(
        "meetings/<slug:slug>/speakers/revisions/<int:number>.<slug:extension>",
        exporting.revision,
        name="revision_as",
    ),
    path("meetings/<slug:slug>/speakers/journal.json", journal.journal_json, name="journal_json"),
    path("meetings/<slug:slug>/speakers/inscribe/", inscribing.inscribe, name="inscribe"),
    path("meetings/<slug:slug>/speakers/late-requests/", inscribing.file_late_request, name="file_late_request"),
    path(
        "meetings/<slug:slug>/speakers/late-requests/<uuid:public_id>/",
        late_requests.late_request,
        name="late_request",
    ),
    path("meetings/<slug:slug>/speakers/sign-in/", signing_in.sign_in, name="sign_in"),
    path("meetings/<slug:slug>/speakers/sign-in/code/", signing_in.sign_in_code, name="sign_in_code"),
    path("meetings/<slug:slug>/speakers/sign-in/<str:token>/", signing_in.sign_in_link, name="sign_in_link"),
    path("meetings/<slug:slug>/speakers/sign-out/", signing_in.sign_out, name="sign_out"),
    path("meetings/<slug:slug>/speakers/inscriptions/<uuid:public_id>/", receipt.receipt, name="receipt"),
    path("meetings/<slug:slug>/speakers/inscriptions/<uuid:public_id>.ics", calendar.place_ics, name="place_ics"),
    path(
        "meetings/<slug:slug>/speakers/inscriptions/<uuid:public_id>/speaker/",
        receipt.change_speaker,
        name="change_speaker",
    ),
    path(
        "meetings/<slug:slug>/speakers/inscriptions/<uuid:public_id>/level/",
        receipt.change_level,
        name="change_level",
    ),
    path(
        "meetings/<slug:slug>/speakers/inscriptions/<uuid:public_id>/withdrawal/",
        receipt.withdraw,
        name="withdraw",
    ),
    path("meetings/<slug:slug>/speakers/inscriptions/<uuid:public_id>/swap/", swaps.propose, name="swap"),
    path(
        "meetings/<slug:slug>/speakers/inscriptions/<uuid:public_id>/swaps/<uuid:swap>/<slug:act>/",
        swaps.answer,
        name="swap_answer",
    ),
]
