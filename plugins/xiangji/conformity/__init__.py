"""承诺达标合格证: the certificate of a batch, those that were issued, and what they rest on."""
