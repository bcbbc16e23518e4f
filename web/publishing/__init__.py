"""What readers outside see: written as files for another host, so that no reader's browser ever touches the one with the names."""
