"""What a killed run left: captures without a row, files left open."""
