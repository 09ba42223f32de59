"""Staff sign in at the identity provider of their organization: a real one, which the tests start.  R-78"""

import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import time_machine
from allauth.socialaccount import providers
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from environ import FileAwareEnv

from config import environment
from tests import servers
from tests.secretariat import pages
from tests.secretariat.signing_in.conftest import FRONT, SIGN_IN, START

BEGIN, BACK = "/secretariat/login/organization/", "/secretariat/login/organization/back/"
NAMES = {"given_name": "Valentine", "family_name": "Rugwabiza", "email": "officer@example.org"}
PEOPLE = [
    NAMES | {"sub": "001", "groups": ["los-officers", "something else"]},
    NAMES | {"sub": "002", "groups": "los-leads"},
    NAMES | {"sub": "003", "groups": ["something else", 7]},
    NAMES | {"sub": "004"},
]


@pytest.fixture(scope="module")
def provider():
    """The address of an identity provider on this machine."""
    with servers.identity_provider(PEOPLE) as address:
        yield address


@pytest.fixture
def configure(monkeypatch, settings):
    """Configure the site by variables of the environment, as at its start."""

    def set_up(issuer, **more):
        variables = {
            "OIDC_ISSUER": issuer,
            "OIDC_CLIENT_ID": "speakers",
            "OIDC_CLIENT_SECRET": "a secret of two",
            "OIDC_NAME": "United Nations",
            "OIDC_GROUPS": "los-officers=List officer, los-leads=Secretariat lead",
        }
        for name, value in {**variables, **more}.items():
            monkeypatch.setenv(name, value)
        settings.IDENTITY_PROVIDER = environment.identity_provider(FileAwareEnv())
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": settings.IDENTITY_PROVIDER["apps"]}}

    known = dict(providers.registry.provider_map)
    providers.registry.register(OpenIDConnectProvider)
    yield set_up
    providers.registry.provider_map = known


@pytest.fixture
def site(db, configure, provider, settings):
    configure(provider)
    settings.REQUIRE_SECOND_FACTOR = True


def sign_in_as(sub, client=None, *, next_page=None):
    """Walk the whole way: from our page to the provider and back. Returns the browser and our last answer."""
    client = client or Client()
    page = client.get(SIGN_IN, {"next": next_page} if next_page else None).content.decode()
    link = re.search(rf'href="({BEGIN}[^"]*)"', page)[1].replace("&amp;", "&")
    there = client.get(link)["Location"]
    with requests.Session() as browser:
        back = browser.post(there, data={"sub": sub}, allow_redirects=False).headers["Location"]
    query = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    return client, client.get(urlsplit(back).path, query)


def test_a_person_in_a_mapped_group_gets_an_account_with_its_role_and_needs_no_factor_of_ours(site):
    client, answer = sign_in_as("001")

    user = User.objects.get()
    assert answer["Location"] == START
    assert client.get(FRONT).status_code == 200
    assert (user.get_full_name(), user.email, user.is_staff, user.is_superuser, user.has_usable_password()) == (
        "Valentine Rugwabiza",
        "officer@example.org",
        True,
        False,
        False,
    )
    assert [group.name for group in user.groups.all()] == ["List officer"]


def test_the_link_names_the_organization_and_keeps_where_the_person_was_going(site):
    page = Client().get(SIGN_IN)
    _client, answer = sign_in_as("001", next_page="/secretariat/speakers/inscription/")

    assert "Log in with United Nations" in pages.text(page)
    assert answer["Location"] == "/secretariat/speakers/inscription/"


def test_a_foreign_next_leads_home_from_the_provider_too(site):
    _client, answer = sign_in_as("001", next_page="https://evil.example/")

    assert answer["Location"] == START


def test_a_claim_of_one_text_is_a_group_too(site):
    sign_in_as("002")

    assert [group.name for group in User.objects.get().groups.all()] == ["Secretariat lead"]


@pytest.mark.parametrize("sub", ["003", "004"])
def test_a_person_without_a_mapped_group_reads_that_there_is_no_role_and_gets_no_account(site, sub):
    client, answer = sign_in_as(sub)

    assert answer.status_code == 403
    assert "Your organization knows you, but you have no role here." in pages.text(answer)
    assert "Secretariat of the list of speakers" in pages.text(answer)
    assert not User.objects.exists()
    assert "_auth_user_id" not in client.session


def test_accounts_are_told_apart_by_the_identifier_and_never_by_the_address(site):
    own = User.objects.create_user("officer", "officer@example.org", "a long word of staff", is_staff=True)
    sign_in_as("001")
    sign_in_as("002")
    sign_in_as("001")

    assert User.objects.count() == 3
    assert {account.uid for account in SocialAccount.objects.all()} == {"001", "002"}
    assert not SocialAccount.objects.filter(user=own).exists()
    assert not SocialToken.objects.exists()


def test_a_changed_claim_changes_the_role_at_the_next_sign_in(site, configure, provider):
    sign_in_as("001")
    configure(provider, OIDC_GROUPS="los-officers=Conference officer,something else=Read only")

    sign_in_as("001")

    assert {group.name for group in User.objects.get().groups.all()} == {"Conference officer", "Read only"}


def test_a_person_who_lost_the_claim_is_refused(site, configure, provider):
    sign_in_as("001")
    configure(provider, OIDC_GROUPS="los-leads=Secretariat lead")

    client, answer = sign_in_as("001")

    assert answer.status_code == 403
    assert "_auth_user_id" not in client.session


def test_an_inactive_account_is_refused_in_words(site):
    sign_in_as("001")
    User.objects.update(is_active=False)

    _client, answer = sign_in_as("001")

    assert answer.status_code == 403
    assert "Your account here is inactive." in pages.text(answer)


def test_a_group_that_is_mapped_and_does_not_exist_gives_no_role(site, configure, provider):
    configure(provider, OIDC_GROUPS="los-officers=No such group")

    _client, answer = sign_in_as("001")

    assert answer.status_code == 403


def test_a_session_of_the_organization_ends_like_any_other(site):
    with time_machine.travel(time.time(), tick=False) as machine:
        client, _answer = sign_in_as("001")
        machine.shift(60 * 60)

        assert client.get(FRONT).status_code == 302


def test_an_answer_that_no_one_asked_for_signs_no_one_in(site):
    answer = Client().get(BACK, {"code": "stolen", "state": "guessed"})

    assert answer.status_code == 401
    assert "Your organization did not sign you in." in pages.text(answer)


def test_a_person_who_says_no_at_the_provider_is_told_so(site):
    client = Client()
    there = client.get(BEGIN)["Location"]
    state = parse_qs(urlsplit(there).query)["state"][0]

    answer = client.get(BACK, {"error": "access_denied", "state": state})

    assert answer.status_code == 401


def test_a_provider_that_is_down_is_said_in_words(site, configure):
    configure("http://localhost:9")

    answer = Client().get(BEGIN)

    assert answer.status_code == 401
    assert "Try again, or sign in with a username and a password." in pages.text(answer)


@pytest.mark.django_db
def test_without_a_provider_there_is_no_link_and_no_page():
    assert "Log in with" not in pages.text(Client().get(SIGN_IN))
    assert Client().get(BEGIN).status_code == 404
    assert Client().get(BACK).status_code == 404


@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        ({"issuer": "http://login.example.org"}, "OIDC_ISSUER is not an address that begins with https://"),
        ({"OIDC_GROUPS": ""}, "OIDC_GROUPS maps no value of the claim to a group of staff"),
        ({"OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID is missing, and OIDC_ISSUER needs it"),
        ({"OIDC_CLIENT_SECRET": ""}, "OIDC_CLIENT_SECRET is missing, and OIDC_ISSUER needs it"),
    ],
)
def test_a_wrong_variable_is_named_with_what_to_write(configure, variables, problem):
    name = problem.split()[0]

    with pytest.raises(ImproperlyConfigured, match=rf"{problem}\. Write {name}="):
        configure(**{"issuer": "https://login.example.org"} | variables)
