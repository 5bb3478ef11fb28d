"""The page: from executed notebooks to both copies, read back.

publish_cells  what each notebook declares for the report
assembly       numbering, the one decision, files of release/
hidden         a sentence for an analysis of which nothing can be shown
changed        what changed since the edition before, number by number
asked          parts that may be worked out by another process
contents       sections in order, with what the request itself writes
periodic       those of the periodic summary, which has no analysis
reviewers      what the reviewers' copy adds
origins        where each of its numbers comes from
leaflet        a page that is no report
folds          blocks that lie in a fold, as they follow each other
pages          the pages laid out by nbconvert
template/      the kit's own templates and style sheet
cover/         the page that leads reviewers to all that a run left
safes/         the Five Safes as a page for reviewers
standards/     reporting standards, each item answered from request and run
checker/       the bundle for whoever checks what may leave
forms/         the report in other forms than the page
own_counts     what the report counts of itself: numbers shown and hidden
own_words      numbers of the request's own words, told from those worked out
reading_back   nothing withheld on the page, no number from nowhere
released_files every number that goes into release/ a released cell
"""
