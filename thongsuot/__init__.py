"""Thông Suốt: the directive flows down, honest figures flow back up."""
