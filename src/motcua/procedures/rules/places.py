"""Who in one province handles a procedure, told from the agencies that the national catalogue names.

The catalogue words agencies for the whole country ("Sở Tài chính các tỉnh, thành phố", "Ủy ban nhân dân cấp xã") or for
the province in which it was crawled ("Sở Tư pháp Thành phố Hà Nội"); the department of the same name is meant here.
"""

from collections.abc import Iterable, Mapping

from motcua.base.text import fold

COMMUNE = "commune"

_COMMUNE_PREFIXES = (
    "uy ban nhan dan cap xa", "uy ban nhan dan xa", "chu tich uy ban nhan dan xa", "chu tich ubnd cap xa",
    "co quan quan ly dat dai cap xa",
)  # fmt: skip
# Agencies worded otherwise than the unit is called, as the unit's name begins.
_OTHER_WORDS = {
    "cong an cap tinh": "cong an tinh",
    "thue tinh, thanh pho": "thue tinh",
    "bao hiem xa hoi cap tinh": "bao hiem xa hoi tinh",
    "ban quan ly khu cong nghiep, khu kinh te": "ban quan ly khu kinh te",
    "ban quan ly khu kinh te": "ban quan ly khu kinh te",
    "van phong dang ky dat dai": "so nong nghiep va moi truong",
    "chi nhanh van phong dang ky dat dai": "so nong nghiep va moi truong",
}
_PROVINCE_PREFIXES = ("uy ban nhan dan cap tinh", "chu tich uy ban nhan dan cap tinh")
# Whose draft the province's People's Committee signs, by the ministry that regulates the procedure.
_ADVISERS = {
    "bo tai chinh": "so tai chinh",
    "bo nong nghiep va moi truong": "so nong nghiep va moi truong",
    "bo xay dung": "so xay dung",
    "bo tu phap": "so tu phap",
}


def place_of(agencies: Iterable[str], issuing_agency: str, units: Mapping[str, str]) -> str:
    """Return the code of the unit that handles the procedure, COMMUNE for the communes, "" when none of ours does.

    ``units`` maps names of the province's units to their codes. The first agency that is one of ours decides.
    """
    folded = {fold(name): code for name, code in units.items()}
    for agency in agencies:
        said = fold(agency)
        if said.startswith(_COMMUNE_PREFIXES):
            return COMMUNE
        words = _ADVISERS if said.startswith(_PROVINCE_PREFIXES) else _OTHER_WORDS
        about = fold(issuing_agency) if words is _ADVISERS else said
        meant = _begun_by(words, about)
        for name, code in folded.items():
            if said.startswith(name) or (meant and name.startswith(meant)):
                return code
    return ""


def _begun_by(words: Mapping[str, str], said: str) -> str:
    return next((meant for beginning, meant in words.items() if said.startswith(beginning)), "")
