"""The model of records: fields, value types, kinds, rules and locations. It knows no village and no single kind."""
