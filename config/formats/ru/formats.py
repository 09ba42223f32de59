"""Dates and times in Russian as the United Nations prints them: 6 сентября 2016 года, 13:00."""

from config.formats.typed import *  # noqa: F403

DATE_FORMAT = "j E Y года"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j E Y года, H:i"
YEAR_MONTH_FORMAT = "F Y года"
MONTH_DAY_FORMAT = "j E"
SHORT_DATE_FORMAT = "j E Y"
SHORT_DATETIME_FORMAT = "j E Y, H:i"
DAY_OF_PICTURE_FORMAT = "D, j b"
