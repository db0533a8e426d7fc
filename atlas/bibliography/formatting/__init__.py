"""Works → references and citations in a citation style."""
