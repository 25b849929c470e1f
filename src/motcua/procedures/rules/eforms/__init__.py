"""Electronic forms as data: what is asked, in which parts, under which conditions; pure.

``form`` is the shape in memory, ``exchange`` its JSON (a JSON Schema of the answers and a layout), ``faults`` what
makes a form unfit to be published, ``editing`` changes of a draft, ``conditions`` which parts are asked, ``checking``
answers against the form, ``showing`` answers as people read them, ``flat`` nested answers in the flat names of an HTML
form, ``questions`` the flat questions of older offerings as a form, ``burden`` how much is asked.
"""
