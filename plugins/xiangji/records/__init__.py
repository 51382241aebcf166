"""The record classes: immutable, typed, and with their field tables. They import only `model` and each other."""
