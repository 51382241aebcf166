"""What every page is made with: render context, templates, links, Markdown, navigation, pagination, outputs."""
