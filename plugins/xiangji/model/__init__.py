"""What a kind of record is: the mechanism, which knows no village and no kind."""
