"""What months and weekdays are called: in full, and shortened as agencies print them. For patterns, case as given."""

from typing import Final

MONTHS: Final = tuple("January February March April May June July August September October November December".split())
WEEKDAYS: Final = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
"""Monday first, as ``date.weekday`` counts them."""
SHORT_MONTHS: Final = tuple("Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".split())
SHORT_WEEKDAYS: Final = tuple("Mon Tues Tue Wed Thurs Thur Thu Fri Sat Sun".split())

MONTH: Final = rf"(?:{'|'.join(MONTHS)})\b"
WEEKDAY: Final = rf"(?:{'|'.join(WEEKDAYS)})\b"
ANY_MONTH: Final = rf"(?:{MONTH}|(?:{'|'.join(SHORT_MONTHS)})\b\.?)"
"""With the full stop of one that is shortened."""
ANY_WEEKDAY: Final = rf"(?:{WEEKDAY}|(?:{'|'.join(SHORT_WEEKDAYS)})\b\.?)"


def weekday_number(name: str) -> int:
    """Monday is 0; takes short names as well, in any case of letters."""
    return next(number for number, day in enumerate(WEEKDAYS) if day.casefold().startswith(name.casefold()[:3]))
