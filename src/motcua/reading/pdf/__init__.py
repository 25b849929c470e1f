"""PDF with a text layer: letters and ruling lines of each page to paragraphs and the exact cells of its tables.

Start at ``document.read_pdf``. ``glyphs`` and ``rulings`` ask pdfium; ``lines``, ``grid`` and ``columns`` know only
geometry, and serve ``recognition`` as well.
"""
