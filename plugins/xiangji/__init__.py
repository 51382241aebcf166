"""Xiangji 乡记: village stories, products and batches to pages and codes that a stranger can trust.

Begin with `xiangji.build.build(settings)`: it reads a village and returns problems and outputs; hosts in
`xiangji.output` write them. `site_src/dev/architecture.md` explains the way of the data.

What stays compatible: addresses (`xiangji.urls`), since they are printed; the entry-point group
`xiangji.families` with `Family`, `Page`, `Artifact` and `Press`, and `xiangji.kinds` with `RecordKind`; the keys of
records in both languages.
What not to do: import a host outside `xiangji.hosts.mkdocs_plugin`, or read a clock or a disk in
`checks` and `pages`.
"""
