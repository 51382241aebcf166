"""What people did for the village: their credits."""
