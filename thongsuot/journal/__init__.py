"""An closed it at 9:02."""
