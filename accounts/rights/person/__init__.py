"""The person's side: both doors, and the page of each request."""
