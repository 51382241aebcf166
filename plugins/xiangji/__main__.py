"""`python -m xiangji`."""

from xiangji.cli import main

main()
