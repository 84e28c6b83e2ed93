"""What depends on what, what is the state, what do the rules say?"""
