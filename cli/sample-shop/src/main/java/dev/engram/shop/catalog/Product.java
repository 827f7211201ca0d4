package dev.engram.shop.catalog;

/** Something the shop sells. */
public record Product(long id, String name, long priceCents, int stock) {
  Product at(long otherPriceCents) {
    return new Product(id, name, otherPriceCents, stock);
  }
}
