"""Which plan is best now, and why not another?

Beside the planners of activities stands the abstract problem: `problem` states it, `serial.greedy` and
`optimal.optimal` plan it, `audit` checks any plan of it by itself, `conflict` tells what excludes each other.
"""
