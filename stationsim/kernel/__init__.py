"""In what order did it happen?"""
