"""What a post sells, and when its price was looked at."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from pupitre.core.actions import record, require
from pupitre.core.models import Member
from pupitre.core.rules.refusals import Refusal
from pupitre.editorial.models import Post, Product
from pupitre.editorial.rules import products

N_ = str


@transaction.atomic
def set_product(
    post: Post, *, by: Member, name: str, address: str, price: Decimal | None, checked_on: date, fresh_days: int = 7,
    currency: str = "EUR",
) -> Product:  # fmt: skip
    """The product of a post, its page, its price and the day it was checked."""
    require(by, "write", post)
    faults = products.faults(name=name, address=address.strip(), price=price, fresh_days=fresh_days)
    if faults:
        raise Refusal(N_("Some answers are missing or cannot be read."), faults)
    assert price is not None
    kept, _made = Product.objects.update_or_create(
        post=post,
        defaults={
            "organisation": by.organisation, "name": name.strip()[:120], "address": address.strip()[:500],
            "price": price, "currency": currency[:3].upper(), "checked_on": checked_on, "fresh_days": fresh_days,
        },
    )  # fmt: skip
    record(by, "product_set", kept, price=str(price))
    return kept


@transaction.atomic
def remove_product(post: Post, *, by: Member) -> None:
    require(by, "write", post)
    Product.objects.filter(post=post).delete()
    record(by, "product_removed", post)
