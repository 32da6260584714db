"""What people ask of the organisation by right, on the law's own clock: requests, complaints, letters, desk."""
