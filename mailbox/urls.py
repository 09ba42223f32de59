"""The addresses of the local mail sink, which exists only in the embedded mode."""

from django.urls import path

from mailbox import views

app_name = "mailbox"
urlpatterns = [
    path("", views.mails, name="list"),
    path("<str:name>/", views.message, name="message"),
]
