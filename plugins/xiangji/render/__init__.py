"""What every page is made with: context, templates, links, Markdown, pagination, outputs."""
