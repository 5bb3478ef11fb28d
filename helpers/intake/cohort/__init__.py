"""From linked lines to the people who go on, and what is known of them.

index_sentence  the sentence that each person's support belongs to
draws           draws that follow from a person's id and the seed alone
pool            people of the register from whom the comparison group is made
reoffending     proven reoffending within a year, or more days, of the index date
national        the pool's reoffending beside that of the country
support_delay   the time before support began, and who reoffended in it
history         the record, work and benefits before the cut-off
assessment      needs, from the latest OASys assessment before it
earlier/        a year before the conviction, as a negative control
assemble        all of it as one cohort: a row a line, or a person of the pool
ready           a ready cohort: the file that a request names, read and checked
checks/         what the columns of outcomes must hold
check           what a cohort must look like, every problem at once
whom            whom an outcome counts: everyone, or those with an event
kinds           columns as numbers or categories; levels in order
losses          the boxes of the flow, what a reader is told of each, their counts
profile         who goes on and who does not, compared
hand_over       new ids, the people for matching, the outcomes sealed
"""
