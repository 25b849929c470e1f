"""Reading: what stands where in a document, as blocks and table grids with provenance.

Knows nothing of plans or procedures. Start at ``reader.read``; the model is in ``blocks``; one file of ``layouts`` per
way in which scraped text shows a table. Other formats become further sources of the same model.
"""
