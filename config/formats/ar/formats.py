"""Dates and times in Arabic as the United Nations prints them: 6 أيلول/سبتمبر 2016, 13:00."""

from config.formats.typed import *  # noqa: F403

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y، H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "j F Y"
SHORT_DATETIME_FORMAT = "j F Y، H:i"
DAY_OF_PICTURE_FORMAT = "D j F"
