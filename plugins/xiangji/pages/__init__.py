"""The page families: each module makes the outputs of one family from the disclosed library.

The modules use no clock, no random numbers and no network, so the same input gives the same bytes.
`readers.media.pictures` reads the bytes of pictures. Expensive results are stored in the cache of the build.
"""
