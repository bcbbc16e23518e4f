"""Released tables: the audit, what is released, and the pages."""
