"""Lists of feeds in and out, as OPML 2.0."""

from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from pupitre.core.rules.refusals import Fault, Refusal

N_ = str
MOST = 500


def addresses(document: bytes) -> list[str]:
    """The feeds' addresses of an OPML document, once each. Raises Refusal for anything else."""
    try:
        root = fromstring(document[:2_000_000])
    except (ParseError, DefusedXmlException, ValueError):
        raise Refusal(N_("This is not an OPML list."), [Fault("file", N_("This is not an OPML list."))]) from None
    found = [outline.get("xmlUrl", "").strip() for outline in root.iter("outline")]
    return list(dict.fromkeys(address for address in found if address.startswith(("https://", "http://"))))[:MOST]


def document(sources: list[tuple[str, str]]) -> bytes:
    """(title, address) pairs as an OPML document."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = "Pupitre"
    body = SubElement(root, "body")
    for title, address in sources:
        SubElement(body, "outline", type="rss", text=title or address, xmlUrl=address)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written
