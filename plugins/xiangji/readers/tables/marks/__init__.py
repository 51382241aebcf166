"""What a workbook holds beside its values: struck, coloured and merged cells, notes, errors."""
