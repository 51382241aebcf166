"""How goods are sent, in words, and as schema.org data."""

from __future__ import annotations

from typing import Any

from xiangji.library import Library
from xiangji.records.delivery import Delivery
from xiangji.records.product import Product
from xiangji.views.entries import money


def delivery_of(library: Library, product: Product) -> Delivery | None:
    """How a product is sent: as it says itself, else as the first of its producers that says so."""
    if product.delivery:
        return product.delivery
    makers = (library.producers[each] for each in product.makers)
    return next((each.delivery for each in makers if each.delivery), None)


def said_delivery(delivery: Delivery | None) -> list[str]:
    """The days and the freight, one short sentence each. Nothing is said about a region that the author left out."""
    if delivery is None:
        return []
    parts = []
    if delivery.within is not None:
        parts.append(f"定好后 {delivery.within} 天内发出" if delivery.within else "定好后当天发出")
    if delivery.free:
        parts.append(f"寄{'、'.join(delivery.free)}包邮")
    parts += [f"寄{each.region} ¥{money(each.cost)}" for each in delivery.freight]
    if delivery.free_from is not None:
        parts.append(f"满 ¥{money(delivery.free_from)} 包邮")
    return parts


def delivery_data(delivery: Delivery | None) -> list[dict[str, Any]]:
    """Delivery as schema.org OfferShippingDetails, one for each region. Empty if no region is named."""
    if delivery is None:
        return []
    rates = [(each, "0") for each in delivery.free]
    rates += [(each.region, money(each.cost)) for each in delivery.freight]
    found = []
    for region, cost in rates:
        details: dict[str, Any] = {
            "@type": "OfferShippingDetails",
            "shippingRate": {"@type": "MonetaryAmount", "value": cost, "currency": "CNY"},
            "shippingDestination": {
                "@type": "DefinedRegion",
                "addressCountry": "CN",
                "name": region,
            },
        }
        if delivery.within is not None:
            details["deliveryTime"] = {
                "@type": "ShippingDeliveryTime",
                "handlingTime": {
                    "@type": "QuantitativeValue",
                    "minValue": 0,
                    "maxValue": delivery.within,
                    "unitCode": "DAY",
                },
            }
        found.append(details)
    return found
