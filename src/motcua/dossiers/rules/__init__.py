"""Law and arithmetic of dossiers: values in, values out, no Django here."""
