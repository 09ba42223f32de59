"""The list of speakers: public list, inscription, receipt."""

from django.urls import include, path

from speakers.views import (
    calendar,
    draws,
    exporting,
    feeds,
    finding,
    home,
    inscribing,
    interest,
    joint,
    journal,
    late_requests,
    meetings,
    public,
    receipt,
    revisions,
    signing_in,
    swaps,
)

app_name = "speakers"
# The pages of one list, below the address of its meeting; those of another list than the main one, below its own.
of_a_list = [
    path("speakers/", public.live_list, name="list"),
    path("speakers/find/", finding.find, name="find"),
    path("speakers/own-row/", finding.own_row, name="own_row"),
    path("speakers.<slug:extension>", exporting.live_list, name="list_as"),
    path("speakers/draw/", draws.draw, name="draw"),
    path("speakers/draw.json", draws.draw_json, name="draw_json"),
    path("speakers/revisions/", revisions.revisions, name="revisions"),
    path("speakers/revisions.atom", feeds.of_list, name="revisions_atom"),
    path("speakers/revisions/<int:number>/", revisions.revision, name="revision"),
    path(
        "speakers/revisions/<int:number>.<slug:extension>",
        exporting.revision,
        name="revision_as",
    ),
    path("speakers/journal.json", journal.journal_json, name="journal_json"),
    path("speakers/inscribe/", inscribing.inscribe, name="inscribe"),
    path("speakers/late-requests/", inscribing.file_late_request, name="file_late_request"),
    path(
        "speakers/late-requests/<uuid:public_id>/",
        late_requests.late_request,
        name="late_request",
    ),
    path("speakers/interest/", interest.express, name="express_interest"),
    path("speakers/interest/<uuid:public_id>/", interest.interest, name="interest"),
    path("speakers/interest/<uuid:public_id>/change/", interest.change, name="change_interest"),
    path("speakers/interest/<uuid:public_id>/withdrawal/", interest.withdraw, name="withdraw_interest"),
    path("speakers/sign-in/", signing_in.sign_in, name="sign_in"),
    path("speakers/sign-in/code/", signing_in.sign_in_code, name="sign_in_code"),
    path("speakers/sign-in/<str:token>/", signing_in.sign_in_link, name="sign_in_link"),
    path("speakers/sign-out/", signing_in.sign_out, name="sign_out"),
    path("speakers/inscriptions/<uuid:public_id>/", receipt.receipt, name="receipt"),
    path("speakers/inscriptions/<uuid:public_id>.ics", calendar.place_ics, name="place_ics"),
    path(
        "speakers/inscriptions/<uuid:public_id>/speaker/",
        receipt.change_speaker,
        name="change_speaker",
    ),
    path(
        "speakers/inscriptions/<uuid:public_id>/level/",
        receipt.change_level,
        name="change_level",
    ),
    path(
        "speakers/inscriptions/<uuid:public_id>/correction/",
        receipt.correct,
        name="correct",
    ),
    path(
        "speakers/inscriptions/<uuid:public_id>/withdrawal/",
        receipt.withdraw,
        name="withdraw",
    ),
    path("speakers/inscriptions/<uuid:public_id>/swap/", swaps.propose, name="swap"),
    path(
        "speakers/inscriptions/<uuid:public_id>/swaps/<uuid:swap>/<slug:act>/",
        swaps.answer,
        name="swap_answer",
    ),
    path("speakers/inscriptions/<uuid:public_id>/joint/", joint.ask, name="joint"),
    path(
        "speakers/inscriptions/<uuid:public_id>/joint/<uuid:joining>/take-back/",
        joint.take_back,
        name="joint_take_back",
    ),
    path("speakers/joint/<uuid:joining>/", joint.asked, name="joining"),
    path("speakers/joint/<uuid:joining>/<slug:act>/", joint.answer, name="joining_answer"),
]
urlpatterns = [
    path("", meetings.meetings, name="meetings"),
    path("revisions.atom", feeds.of_all, name="all_revisions_atom"),
    path("mission/", home.home, name="home"),
    path("mission/sign-out/", home.sign_out, name="leave"),
    path("mission/calendar/", home.subscription, name="subscription"),
    path("mission/calendar/new/", home.subscribe, name="subscribe"),
    path("mission/calendar/end/", home.unsubscribe, name="unsubscribe"),
    path("mission/calendar/<str:token>.ics", home.calendar, name="calendar"),
    path("meetings/<slug:slug>/", meetings.meeting, name="meeting"),
    path("meetings/<slug:slug>/speakers/own/", home.of_meeting, name="own"),
    path("meetings/<slug:slug>/programme.json", meetings.programme_json, name="programme_json"),
    path("meetings/<slug:slug>/", include(of_a_list)),
    path("meetings/<slug:slug>/lists/<slug:list_slug>/", include(of_a_list)),
]
