"""The programme of a meeting, and its documents that are files."""

from django.urls import path

from dialogue import views

app_name = "dialogue"
urlpatterns = [
    path("meetings/<slug:slug>/programme/", views.programme, name="programme"),
    path("meetings/<slug:slug>/programme.ics", views.programme_ics, name="programme_ics"),
    path("meetings/<slug:slug>/documents/<slug:sha256>.pdf", views.document, name="document"),
]
