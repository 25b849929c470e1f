"""One description, three formats: the layout of Decree 30/2020 as PDF, DOCX and XLSX. No Django in here.

``description`` says what a document contains, ``layout`` how large things are and since when; ``pdf.to_pdf``,
``word.to_docx`` and ``sheets.to_xlsx`` draw it. ``slips`` and ``report`` build the usual documents.
"""
