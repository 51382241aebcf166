"""A disclosed library to outputs: one module for each page family, and what they share.

Pure: no clock, no random, no network. Bytes of pictures come from `readers.media.pictures`, and what is
expensive to make is kept in the cache that the build was given.
"""
