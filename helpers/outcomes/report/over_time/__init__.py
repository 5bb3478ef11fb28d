"""How soon people reoffended: curves over time, from people to blocks.

groups    whose time can be followed, and over how many days
steps     at which days a curve may be told
points    the points of curves as cells, with who is counted in them
compared  differences over time, and of the mean time, as cells
sections  the figure, the words and the table
"""
