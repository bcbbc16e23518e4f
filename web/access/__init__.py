"""Who may come in and what each may see: accounts' credentials, sessions, the policy table, and the guard before every page."""
