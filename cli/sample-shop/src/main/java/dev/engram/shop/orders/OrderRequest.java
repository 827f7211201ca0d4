package dev.engram.shop.orders;

/** What a customer asks for. */
record OrderRequest(long productId, int quantity) {}
