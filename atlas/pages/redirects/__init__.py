"""Old addresses that lead to the pages that took their place."""
