"""Who may do what with a dossier, and who sees it."""
