"""DOCX: blocks from WordprocessingML as Word prints them. Start at ``reader.read_docx``.

``styles`` and ``numbering`` say what a paragraph's style and list give it; ``runs`` turns one paragraph into text;
``tables`` lays cells on a grid; ``reader`` walks the body.
"""
