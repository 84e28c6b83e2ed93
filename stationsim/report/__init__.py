"""How do I show it? Tables of an impact in, one offline page out; nothing here simulates anything."""
