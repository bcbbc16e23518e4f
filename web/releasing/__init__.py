"""Released tables: what readers outside are told about people, two attributes at a time, once a quarter, after an audit."""
