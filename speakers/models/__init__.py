"""Delegations, their focal points, the lists of speakers, and what is inscribed on them."""

from speakers.models.alphabet import InAlphabet
from speakers.models.delegation import Delegation, DelegationPlace, FocalPoint, Level
from speakers.models.draw import Draw
from speakers.models.group import Group, Registered
from speakers.models.inscription import Inscription
from speakers.models.interest import Interest
from speakers.models.joining import Joining
from speakers.models.late import Extension, LateRequest
from speakers.models.names import DelegationName, beside_names, called_on, called_then, name_on
from speakers.models.revision import Revision
from speakers.models.signin import SignIn, WitnessAsked, WrongCodes
from speakers.models.speakers_list import Band, SpeakersList
from speakers.models.subscription import Subscription
from speakers.models.swap import SwapProposal

__all__ = [
    "Band",
    "Delegation",
    "DelegationName",
    "DelegationPlace",
    "Draw",
    "Extension",
    "FocalPoint",
    "Group",
    "InAlphabet",
    "Inscription",
    "Interest",
    "Joining",
    "LateRequest",
    "Level",
    "Registered",
    "Revision",
    "SignIn",
    "SpeakersList",
    "Subscription",
    "SwapProposal",
    "WitnessAsked",
    "WrongCodes",
    "beside_names",
    "called_on",
    "called_then",
    "name_on",
]
