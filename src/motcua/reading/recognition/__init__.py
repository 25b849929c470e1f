"""Pictures of pages: scans, photographs, PDF pages without letters. A picture becomes a sheet as a page of letters.

``reader.read_picture`` reads a picture file, ``page.recognised_sheet`` one page. ``picture`` turns it upright and parts
ink from paper, ``ruled`` finds the lines of tables, ``tesseract`` reads the words, each cell apart.
"""
