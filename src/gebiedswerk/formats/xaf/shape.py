"""The shape of an audit file: which elements stand where, and which of them we read: none of a person or a bank, but
the names of relations, so that no public text holds one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

CODES = ("accID", "docRef", "desc", "costID", "prodID", "projID", "artGrpID", "recRef", "matchKeyID", "invRef")
READABLE = (*CODES, "orderRef", "receivingDocRef", "shipDocRef", "workCostArrRef", "effDate", "settDate")
"""Elements of a line that a profile may name."""
RELATION = "custSupID"
"""The code of who is paid or pays: read for counting alone, never for what may be published."""
RELATION_NAME = "custSupName"
"""The name of a relation: read to be looked for in what will be public, and kept with no posting."""
ALWAYS = ("nr", "accID", "docRef", "amnt", "amntTp", "qntity")
"""Elements of a line that we read in any case."""
RENAMED: Mapping[str, str] = {"cost": "costID", "product": "prodID", "project": "projID"}
"""Names of 4.0, with those of 3.x under which we know them."""
OF_TRANSACTION = ("nr", "periodNumber", "trDt")
CONTROLS = ("linesCount", "totalDebit", "totalCredit")

_LINE = frozenset("qntityID vat currency custSupID bankAccNr bankIdCd offsetBankAccNr".split())
_TRANSACTION = ("desc", "amnt", "amntTp", "sourceID", "userID", "Source", "User")
_JOURNAL = ("jrnID", "desc", "jrnTp", "offsetAccID", "bankAccNr")
_HEADER = ("startDate", "endDate", "dateCreated", "softwareDesc", "softwareVersion", "RGSVersion")
_ACCOUNT = (
    *("accDesc", "leadCode", "leadDescription", "leadReference", "leadCrossRef", "taxonomy", "changeInfo"),
    *("glAccountHistory", "RGScode"),
)
_COMPANY = (
    *("companyIdent", "Commercenr", "companyName", "taxRegistrationCountry", "taxRegIdent", "streetAddress"),
    *("postalAddress", "customersSuppliers", "vatCodes", "periods", "openingBalance"),
)


class Place(dict[str, Any]):
    """What may stand in an element: name → its own place.

    `kind` is the name of an element of which we keep something, and `blank` what that is; both are empty for others.
    """

    __slots__ = ("blank", "kind")

    def __init__(self, kind: str = "", blank: Iterable[str] = ()) -> None:
        super().__init__()
        self.kind, self.blank = kind, dict.fromkeys(blank, "")


TEXT, NOWHERE = Place(), Place()  # frozen: known by what they are, never filled
"""The place of an element whose text we read, and of all that is dropped."""


class Loose(Place):
    """A place in which anything may stand; what we do not read is dropped."""

    __slots__ = ()

    def get(self, name: str, default: Any = NOWHERE) -> Any:
        """The place of an element in it."""
        return super().get(name, default)


def newer(elements: Collection[str]) -> list[str]:
    """The names that 4.0 has for some of these elements."""
    return [new for new, old in RENAMED.items() if old in elements]


def shape(prefix: str, elements: Collection[str]) -> tuple[Place, Place, Place]:
    """The place of an audit file, of a transaction and of a line; `elements` of a line are read besides `ALWAYS`."""

    def place(kind: str, read: Iterable[str], known: Iterable[str], **inner: Place) -> Place:
        made = Place(kind, (prefix + name for name in read))
        made.update((prefix + name, NOWHERE) for name in known)
        made.update((prefix + name, TEXT) for name in read)
        made.update((prefix + name, what) for name, what in inner.items())
        return made

    line = place("trLine", (*elements, *newer(elements)), {*READABLE, *RENAMED, *_LINE})
    transaction = place("transaction", OF_TRANSACTION, _TRANSACTION, trLine=line)
    journal = place("", (), _JOURNAL, transaction=transaction)
    transactions = place("transactions", CONTROLS, ("subledgers",), journal=journal)
    account = place("ledgerAccount", ("accID", "accTp"), _ACCOUNT)
    ledger = place("", (), ("basics",), ledgerAccount=account)
    relation, relations = Loose("customerSupplier", (prefix + RELATION_NAME,)), Loose()
    relation[prefix + RELATION_NAME], relations[prefix + "customerSupplier"] = TEXT, relation
    inner = {"generalLedger": ledger, "transactions": transactions, "customersSuppliers": relations}
    company = place("company", (), _COMPANY, **inner)
    header = place("header", ("fiscalYear", "curCode"), _HEADER)
    return place("", (), (), header=header, company=company), transaction, line
