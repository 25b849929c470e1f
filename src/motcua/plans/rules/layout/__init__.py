"""Where rows, headings, sections and columns stand in a document."""
