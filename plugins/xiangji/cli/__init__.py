"""The command line: `xiangji new`, `check`, `build`, `serve`, `import`."""

from xiangji.cli.main import main

__all__ = ["main"]
