"""Names of bodies made comparable: folded, abbreviations written out, titles of heads taken off."""

import re

from motcua.base.text import fold, squash

# What plans shorten, folded; longer forms first, since "tt" alone is read by its neighbours.
_SHORT = (
    (r"tt ?& ?tt|tttt|tt va tt", "thong tin va truyen thong"),
    (r"kh ?& ?dt|khdt|kh va dt|kh-dt", "ke hoach va dau tu"),
    (r"kh ?& ?cn|khcn|kh va cn|kh-cn", "khoa hoc va cong nghe"),
    (r"ld ?-? ?tb ?(?:& ?|va |-)?xh|ldtbxh|ldtb va xh", "lao dong - thuong binh va xa hoi"),
    (r"tn ?& ?mt|tnmt|tn va mt|tn-mt", "tai nguyen va moi truong"),
    (r"nn ?& ?ptnt|nnptnt|nn va ptnt|nong nghiep (?:& |va )?ptnt|nn-ptnt", "nong nghiep va phat trien nong thon"),
    (r"nn ?& ?mt|nnmt|nn va mt|nn-mt", "nong nghiep va moi truong"),
    (r"gt ?-? ?vt|gtvt", "giao thong van tai"),
    (r"gd ?& ?dt|gddt|gd va dt|gd-dt", "giao duc va dao tao"),
    (r"vh,? ?tt ?(?:& ?|va )?dl|vhttdl|vhtt va dl|vhtt&dl", "van hoa, the thao va du lich"),
    (r"dt ?& ?tg|dttg|dt va tg", "dan toc va ton giao"),
    (r"vh ?-? ?xh|vhxh|vh&xh", "van hoa - xa hoi"),
    (r"tc ?-? ?kh|tckh", "tai chinh - ke hoach"),
    (r"pvhcc|phcc", "phuc vu hanh chinh cong"),
    (r"ttpvhcc|tt ?pvhcc|tthcc|tt hcc", "trung tam phuc vu hanh chinh cong"),
    (r"hcc", "hanh chinh cong"),
    (r"bhxh", "bao hiem xa hoi"),
    (r"kbnn", "kho bac nha nuoc"),
    (r"nhnn", "ngan hang nha nuoc"),
    (r"nhcsxh", "ngan hang chinh sach xa hoi"),
    (r"ubmttq|ub mttq", "uy ban mat tran to quoc"),
    (r"mttq", "mat tran to quoc"),
    (r"ldld", "lien doan lao dong"),
    (r"bchqs|bch qs|bo chqs", "bo chi huy quan su"),
    (r"bdbp", "bo doi bien phong"),
    (r"vksnd", "vien kiem sat nhan dan"),
    (r"tand", "toa an nhan dan"),
    (r"bql", "ban quan ly"),
    (r"kkt", "khu kinh te"),
    (r"kcn", "khu cong nghiep"),
    (r"vp ?ubnd", "van phong ubnd"),
    (r"vp ?hdnd", "van phong hdnd"),
    (r"bpmc", "bo phan mot cua"),
    (r"tn ?(?:& ?|va |v)tkq", "tiep nhan va tra ket qua"),
    (r"uy ban nhan dan", "ubnd"),
    (r"hoi dong nhan dan", "hdnd"),
    (r"doan dai bieu quoc hoi", "doan dbqh"),
)
_EXPANSIONS = tuple((re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])"), words) for pattern, words in _SHORT)
_AT_START = (
    (re.compile(r"^vp(?![a-z0-9])"), "van phong"),
    (re.compile(r"^ca (?=tinh|huyen|xa|phuong|thanh pho)"), "cong an "),
    (re.compile(r"^catp(?![a-z0-9])"), "cong an thanh pho"),
    (re.compile(r"^tt (?=phuc vu|hanh chinh|y te|cong nghe|thong tin|van hoa)"), "trung tam "),
    (re.compile(r"^p\.? (?=[a-z])"), "phong "),
    (re.compile(r"^s(?=tttt|tnmt|gtvt|gddt|khdt|ldtbxh)"), "so "),
)
# Heads act for their bodies: the task of "Giám đốc Sở Nội vụ" is the department's.
_TITLES = (
    (re.compile(r"^(?:(?:pho )?giam doc|thu truong|lanh dao|nguoi dung dau|pho thu truong|dai dien)\s+"), ""),
    (re.compile(r"^(?:pho )?chanh (?=van phong|thanh tra)"), ""),
    (re.compile(r"^(?:pho )?truong (?=phong\b|ban\b|cong an\b|thue\b)"), ""),
    (re.compile(r"^(?:pho )?chu tich (?=ubnd|hdnd|uy ban|hoi\b|lien)"), ""),
)


def body_key(name: str) -> str:
    """Return ``name`` folded, dashes alike, abbreviations written out."""
    folded = fold(squash(name)).strip(" .;,:-+•*")
    folded = re.sub(r"\s*[–-]\s*", " - ", folded)
    folded = re.sub(r"(?<=[a-z]{2}) - (?=[a-z]{2,3}(?![a-z]))", "-", folded) if len(folded) < 14 else folded
    for pattern, words in (*_AT_START, *_EXPANSIONS):
        folded = pattern.sub(words, folded)
    return squash(folded)


def loose_key(key: str) -> str:
    """Return a key without the small words and marks in which writers differ ("và", "&", dashes, commas)."""
    return squash(re.sub(r"[^a-z0-9]+", " ", re.sub(r"(?<![a-z0-9])va(?![a-z0-9])", " ", key)))


def without_title(key: str) -> str:
    """Return the body that a head's title names, or the key itself."""
    for pattern, words in _TITLES:
        bare = pattern.sub(words, key)
        if bare != key and bare:
            return bare
    return key


def without_bracket(key: str) -> str:
    """Return a key without what stands in brackets at its end ("Bộ Công an (C06)")."""
    return squash(re.sub(r"\s*\([^()]*\)\s*$", "", key))
