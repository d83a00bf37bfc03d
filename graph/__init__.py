"""Who committed to what, by when, how much: documents in, an evidence-grounded graph out."""
