"""What requests and complaints come to: the register, counts per period, a plot, the panel and the public numbers."""
