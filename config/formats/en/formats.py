"""Dates and times in English as the United Nations prints them: 6 September 2016, 1:00 p.m."""

from config.formats.typed import *  # noqa: F403

DATE_FORMAT = "j F Y"
TIME_FORMAT = "g:i a"
DATETIME_FORMAT = "j F Y, g:i a"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, g:i a"
DAY_OF_PICTURE_FORMAT = "D j M"
