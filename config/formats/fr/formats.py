"""Dates and times in French as the United Nations prints them: 6 septembre 2016, 13 h 00; the spaces do not break."""

from config.formats.typed import *  # noqa: F403

DATE_FORMAT = "j F Y"
TIME_FORMAT = "G\u00a0\\h\u00a0i"
DATETIME_FORMAT = "j F Y, G\u00a0\\h\u00a0i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "j F Y"
SHORT_DATETIME_FORMAT = "j F Y, G\u00a0\\h\u00a0i"
DAY_OF_PICTURE_FORMAT = "D j b"
