"""How do I write a file? Words, schema, reference pages and first files, all made from the table of the model."""
