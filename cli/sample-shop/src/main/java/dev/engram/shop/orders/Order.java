package dev.engram.shop.orders;

/** An order that was taken. */
record Order(long id, long productId, int quantity, long totalCents) {}
