"""How do others read it? One module a format; each turns an impact into files, and `export` writes them."""
