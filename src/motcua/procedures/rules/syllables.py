"""Whether a row of letters can be a Vietnamese syllable, so that a right word is not taken for a slip of typing."""

import re

_ONSET = r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|nh?|ngh?|ph?|qu?|r|s|th?|tr|v|x)?"
# The written rhymes without their marks.
_RHYMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|e|ec|ech|em|en|eng|enh|eo|ep|et|eu|i|ia|ich|iec|iem|ien|ieng|iep|iet|ieu"
    "|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oc|oe|oen|oeo|oet|oi|om|on|ong|oong|ooc"
    "|op|ot|u|ua|uan|uang|uat|uay|uc|ue|uech|uenh|ui|um|un|ung|uo|uoc|uoi|uom|uon|uong|uop|uot|uou|up|ut|uu|uy|uya"
    "|uych|uyen|uyet|uynh|uyt|uyu|y|yem|yen|yet|yeu"
)
_SYLLABLE = re.compile(f"{_ONSET}(?:{_RHYMES})")


def is_syllable(folded: str) -> bool:
    """Return whether a folded word could be Vietnamese: "chuoi" could, "snih" and "passport" could not."""
    return bool(_SYLLABLE.fullmatch(folded))
