"""How each measure is worked out: what is counted of a person, and what becomes of it.

What a measure means is told by the glossary.
"""

#: standard measure, or what measures that add up are called -> how it is worked out;
#: `{within}` is the time within which an offence counts
STANDARD = {
    "reoffending_rate": "Each person with a proven reoffence {within} counts as one, "
    "everybody else as nought, however many reoffences there were. The rate is the "
    "average, for every hundred people.",
    "reoffending_frequency": "The proven reoffences of each person {within} are "
    "counted, nought for a person without any. The frequency is their average.",
    "time_to_first_reoffence": "For each person who reoffended {within}, the days from "
    "the index date to the first proven reoffence. The time is their average. Nobody "
    "else is in it, so a group in which fewer reoffend need not have a longer time.",
    "first_reoffence": "Each person who reoffended {within} counts under the kind of "
    "their first reoffence. Indictable offences go to the Crown Court, summary "
    "offences to a magistrates’ court, and either-way offences to one or the other.",
    "reoffences": "The reoffences of each kind are counted for each person who "
    "reoffended {within}. The frequency is their average among these people.",
    "custody_for_first_reoffence": "Each person who reoffended {within} counts as one "
    "if their first reoffence led to custody, else as nought. It is the average, for "
    "every hundred of these people.",
    "custodial_reoffences": "The reoffences that led to custody are counted for each "
    "person who reoffended {within}. The frequency is their average among these "
    "people.",
    "violent_reoffending_rate": "Worked out as the rate of all reoffences is, of the "
    "violent ones {within} alone.",
    "violent_reoffending_frequency": "Worked out as the frequency of all reoffences "
    "is, of the violent ones {within} alone.",
}

#: kind of a measure of the request's own -> how it is worked out
OWN = {
    "rate": "Each person to whom it happened counts as one, everybody else as nought. "
    "The rate is the average, for every hundred people.",
    "frequency": "It is counted how often it happened to each person. The frequency is "
    "the average.",
    "days": "The days of each person are averaged.",
    "amount": "The amounts of all people are averaged.",
}

#: what follows where only some people have a value
OF_SOME = " Only people with an event are in it."
