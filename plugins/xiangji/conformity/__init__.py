"""The 承诺达标合格证 (conformity certificate) of a batch, the certificates that were issued, and the harvest rule."""
