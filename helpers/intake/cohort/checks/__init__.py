"""What is asked of the columns of a cohort.

lines     what is wrong in some rows, as a line that tells no person's value
outcomes  what the columns of outcomes must hold, alone and beside each other
"""
