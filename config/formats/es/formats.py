"""Dates and times in Spanish as the United Nations prints them: 6 de septiembre de 2016, 13:00."""

from config.formats.typed import *  # noqa: F403

DATE_FORMAT = r"j \d\e F \d\e Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"j \d\e F \d\e Y, H:i"
YEAR_MONTH_FORMAT = r"F \d\e Y"
MONTH_DAY_FORMAT = r"j \d\e F"
SHORT_DATE_FORMAT = r"j \d\e F \d\e Y"
SHORT_DATETIME_FORMAT = r"j \d\e F \d\e Y, H:i"
DAY_OF_PICTURE_FORMAT = "D j b"
