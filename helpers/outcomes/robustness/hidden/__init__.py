"""How strong what nobody measured would have to be to explain the finding."""
