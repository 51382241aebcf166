"""The theme for MkDocs: Material with the colours of Xiangji, and a template that prints our own documents as they are."""
