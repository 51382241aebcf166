"""Commands that make the site for computers without the Internet."""
