"""Networks, maps and timelines as plain values with rounded coordinates."""
