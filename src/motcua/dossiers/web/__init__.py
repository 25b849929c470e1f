"""Pages of dossiers: filing, the counter, one dossier with its actions, registers, public tracking."""
