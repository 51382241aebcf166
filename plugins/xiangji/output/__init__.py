"""The output layer: it writes outputs as files below a folder, and replaces each folder or file as a whole."""
