"""How texts are written: the typography of a language, and what translations must agree in."""
