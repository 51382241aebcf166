"""The label: its items, their clauses in the law, and the versions of a product. Pages, paper and checks use them."""
