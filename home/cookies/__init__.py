"""What the site keeps on people's devices, what it says of it at `/cookies/`, and what people choose there."""
