"""What people did for the village: their credits, whom they taught, how long they helped."""
