"""What explorers are made of."""
