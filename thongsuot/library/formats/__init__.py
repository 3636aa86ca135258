"""Reading texts out of files, apart from the database: from bytes that nobody vouches for to drafts."""
