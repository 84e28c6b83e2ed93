"""Which plan is best now, and why not another?"""
