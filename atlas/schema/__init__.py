"""The schema of content files: field types, record and site schemas, JSON Schema."""
