"""My work today."""
