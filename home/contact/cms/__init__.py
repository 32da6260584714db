"""Enquiries in the CMS: the list, and the page of each on which it is answered."""
