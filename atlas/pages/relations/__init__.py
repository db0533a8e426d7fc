"""The relations of one type as a list, such as the twinned cities."""
