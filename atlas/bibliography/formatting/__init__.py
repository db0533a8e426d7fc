"""Formats works as references and citations in a citation style."""
