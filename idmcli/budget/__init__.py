"""RAPBDes: what villages mean to spend, read from what they hand in, and held against their weak indicators."""
