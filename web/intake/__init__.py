"""For intake bots: reports sent by programs with a token, one address, described by an OpenAPI document."""
