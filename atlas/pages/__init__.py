"""What each page shows, planned as views and rendered with templates."""
