"""The command line: one module for each command of `xiangji`, and what the commands share."""

from xiangji.cli.main import main

__all__ = ["main"]
