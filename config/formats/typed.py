"""What is the same in every language: how dates, times and numbers are typed, and written for programs within pages.

The digits are 0 to 9 everywhere, in Arabic too, as the organization prints them.
"""

FIRST_DAY_OF_WEEK = 1
# Fields of dates take and hold what browsers write into them.
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
# Pictures and clocks take the numbers from the page.
DECIMAL_SEPARATOR = "."
