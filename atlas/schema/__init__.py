"""What the files of an atlas may hold: field types, record and site schemas, JSON Schema."""
