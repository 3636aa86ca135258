"""bin/thongsuot: the commands of those who operate the system, by names that say what they do."""

import os
import sys

COMMANDS = {
    "backup": ("backup", "the database, the uploads and the key in one file; people may go on working"),
    "restore": ("restore", "a backup in the place of what is here; stop the system first"),
    "export-person": ("export_person", "all that is held about a person, as JSON"),
    "erase-person": ("erase_person", "name, account and own words go; counts stay"),
    "import-document": (
        "import_document",
        "texts (DOCX, PDF, EPUB, HTML, Markdown, plain text) into the library",
    ),
    "export-document": ("export_document", "a text of the library as EPUB, PDF or Akoma Ntoso"),
    "import-collection": ("import_collection", "a whole collection of laws (JSON lines, gzip) into the library"),
    "search": ("search", "the library, as readers do; --json"),
    "citations": ("citations", "what a text file cites; --json"),
    "new-tree": ("new_tree", "begin an empty installation: a tree and the kinds of unit in it"),
    "import-units": ("import_units", "a list of units (XLSX or CSV) into the tree; --dry-run first"),
    "import-people": ("import_people", "a list of people (XLSX or CSV); --dry-run first"),
    "load-example": ("load_example", "the Thanh Xuân example, with made-up people"),
    "rebuild-search": ("rebuild_search", "the search index, from the library"),
    "check": ("verify", "whether totals equal a recount and the audit chain is whole"),
    "work": ("work", "fold totals, seal the journal, remind each morning, until stopped"),
    "migrate": ("migrate", "bring the database to this version"),
    "password": ("set_password", "give an account a new password"),
}

# What these record in the example belongs on a day of its story: else the next start would go on from today.
RECORDING = {"import-document", "import-collection", "import-units", "import-people", "erase-person", "work"}


def help_text() -> str:
    lines = ["Usage: bin/thongsuot COMMAND [--help]", ""]
    lines += [f"  {name:<16} {about}" for name, (_command, about) in sorted(COMMANDS.items())]
    return "\n".join(lines)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.config.settings")
    words = sys.argv[1:]
    if not words or words[0] in {"-h", "--help", "help"}:
        print(help_text())  # noqa: T201
        return
    if words[0] not in COMMANDS:
        sys.exit(f"bin/thongsuot: no command «{words[0]}».\n\n{help_text()}")
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        _stand_where_the_person_stands()
        if words[0] in RECORDING:
            _live_on_the_story_s_day()
        execute_from_command_line(["bin/thongsuot", COMMANDS[words[0]][0], *words[1:]])
    except DatabaseError as error:
        if not any(sign in str(error) for sign in ("no such table", "does not exist")):
            raise
        sys.exit(
            "Cơ sở dữ liệu chưa được dựng hoặc thuộc phiên bản cũ: chạy bin/thongsuot migrate.\n"
            "The database is not set up, or of an older version: run bin/thongsuot migrate."
        )


def _stand_where_the_person_stands() -> None:
    """Names of files are meant from there, not from the project's folder; what the settings name stays as it was."""
    from django.conf import settings

    assert settings.DATA.is_absolute()  # read from the project's folder, before going elsewhere
    os.chdir(os.environ.get("THONGSUOT_CWD", "."))


def _live_on_the_story_s_day() -> None:
    if "THONGSUOT_STORY_OFFSET" in os.environ:
        return
    import django
    from django.utils import timezone

    from thongsuot.config import story
    from thongsuot.example.clock import shift_clock

    django.setup()
    if (offset := story.offset()) is not None:
        shift_clock(timezone, offset)


if __name__ == "__main__":
    main()
