"""Public pages of meetings."""

from django.urls import path

from dialogue import views

app_name = "dialogue"
urlpatterns = [
    path("", views.meetings, name="meetings"),
    path("meetings/<slug:slug>/", views.meeting, name="meeting"),
    path("meetings/<slug:slug>/programme/", views.programme, name="programme"),
    path("meetings/<slug:slug>/programme.ics", views.programme_ics, name="programme_ics"),
    path("meetings/<slug:slug>/programme.json", views.programme_json, name="programme_json"),
]
