"""How people reach us: the contact page, the address that programs do not collect, and what people ask."""
