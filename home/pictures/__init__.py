"""Pictures that editors upload: made anew when they come in, and served under /media/."""
