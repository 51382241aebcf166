"""The look of Xiangji: templates, styles, scripts and icons, which the package `xiangji` reads as files."""
