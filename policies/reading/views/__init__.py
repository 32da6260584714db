"""What visitors read of the policies. Every view looks at announced versions only, never at a page."""
