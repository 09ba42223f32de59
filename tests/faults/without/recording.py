"""The site with only one stamp, that of arrival.  R-03 R-08"""

from config.wsgi import application
from speakers import numbering

__all__ = ["application"]

_number = numbering.number


def number_with_the_stamp_of_arrival(inscription, speakers_list, *, now):
    _number(inscription, speakers_list, now=now)
    inscription.recorded_at = inscription.arrived_at


numbering.number = number_with_the_stamp_of_arrival
