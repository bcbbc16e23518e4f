"""What readers outside see: files for another host, so that no reader's browser ever touches the one with the names."""
