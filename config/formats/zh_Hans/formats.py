"""Dates and times in Chinese as the United Nations prints them: 2016年9月6日, 13:00."""

from config.formats.typed import *  # noqa: F403

DATE_FORMAT = "Y年n月j日"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y年n月j日 H:i"
YEAR_MONTH_FORMAT = "Y年n月"
MONTH_DAY_FORMAT = "n月j日"
SHORT_DATE_FORMAT = "Y年n月j日"
SHORT_DATETIME_FORMAT = "Y年n月j日 H:i"
DAY_OF_PICTURE_FORMAT = "n月j日 D"
