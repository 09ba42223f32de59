"""The programme of a meeting."""

from django.urls import path

from dialogue import views

app_name = "dialogue"
urlpatterns = [
    path("meetings/<slug:slug>/programme/", views.programme, name="programme"),
    path("meetings/<slug:slug>/programme.ics", views.programme_ics, name="programme_ics"),
]
