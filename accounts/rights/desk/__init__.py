"""The desk in the CMS, where staff see and answer rights requests and complaints."""
