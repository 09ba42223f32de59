"""In the room: the officer's console and the public pages."""

from django.urls import path

from floor.views import app, asking, console, entry, forecast, paper, public, record, script, statements, typed_acts

app_name = "floor"
urlpatterns = [
    path("meetings/<slug:slug>/display/", public.display, name="display"),
    path("meetings/<slug:slug>/overlay/", public.overlay, name="overlay"),
    path("meetings/<slug:slug>/now/", public.now, name="now"),
    path("meetings/<slug:slug>/now/app.webmanifest", app.manifest, name="manifest"),
    path("meetings/<slug:slug>/now/worker.js", app.worker, name="worker"),
    path("meetings/<slug:slug>/now.json", public.now_json, name="now_json"),
    path("meetings/<slug:slug>/now/own/", public.own_turns_now, name="own_turns"),
    path("meetings/<slug:slug>/now/<uuid:public_id>/presence/", public.mark_present, name="mark_present"),
    path("meetings/<slug:slug>/now/<str:code>/ask/", asking.ask, name="ask"),
    path("meetings/<slug:slug>/now/<str:code>/withdraw/", asking.withdraw, name="withdraw_request"),
    path("meetings/<slug:slug>/floor/", console.console, name="console"),
    path("meetings/<slug:slug>/floor/state.json", console.state, name="state"),
    path("meetings/<slug:slug>/floor/forecast/", forecast.forecast, name="forecast"),
    path("meetings/<slug:slug>/floor/script/", script.moderator, name="script"),
    path("meetings/<slug:slug>/floor/paper/", paper.page, name="paper"),
    path("meetings/<slug:slug>/floor/paper.pdf", paper.pdf, name="paper_pdf"),
    path("meetings/<slug:slug>/floor/record/", record.page, name="record"),
    path("meetings/<slug:slug>/floor/record.<slug:extension>", record.file, name="record_file"),
    path("meetings/<slug:slug>/floor/statistics/", record.figures, name="statistics"),
    path("meetings/<slug:slug>/floor/insert/", typed_acts.insert, name="insert"),
    path("meetings/<slug:slug>/floor/reply/", typed_acts.reply, name="reply"),
    path("meetings/<slug:slug>/floor/sign/", typed_acts.sign, name="sign"),
    path("meetings/<slug:slug>/floor/rounds/", typed_acts.set_rounds, name="rounds"),
    path("meetings/<slug:slug>/floor/limits/", typed_acts.limits, name="limits"),
    path("meetings/<slug:slug>/floor/switches/", typed_acts.switches, name="switches"),
    path("meetings/<slug:slug>/floor/entries/<uuid:identity>/", entry.entry, name="entry"),
    path("meetings/<slug:slug>/statements/", statements.listed, name="statements"),
    path("meetings/<slug:slug>/statements/<uuid:public_id>/", statements.download, name="download"),
    path("meetings/<slug:slug>/speakers/inscriptions/<uuid:public_id>/statement/", statements.hand_in, name="hand_in"),
    path(
        "meetings/<slug:slug>/speakers/inscriptions/<uuid:public_id>/statement/take-back/",
        statements.take_back,
        name="take_back_statement",
    ),
    path("meetings/<slug:slug>/floor/acts/<slug:name>/", console.act, name="act"),
]
