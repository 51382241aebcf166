"""The command line: `xiangji new`, `check`, `build`, `serve`."""

from xiangji.cli.main import main

__all__ = ["main"]
