"""See `regular_file.py`."""

from xiangji.regular_file import NotRegular, TooLarge
from xiangji.regular_file import read_regular as read_raw

__all__ = ["NotRegular", "TooLarge", "read_raw"]
