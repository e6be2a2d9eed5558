"""The SQLite database: its schema, connection, transactions, lock and dictionary."""
