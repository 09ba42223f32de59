"""The site with only one stamp, that of arrival.  R-03 R-08"""

from config.wsgi import application
from speakers import numbering

__all__ = ["application"]

_number = numbering.number


def number_with_the_stamp_of_arrival(inscription, speakers_list):
    now = _number(inscription, speakers_list)
    inscription.recorded_at = inscription.arrived_at
    return now


numbering.number = number_with_the_stamp_of_arrival
