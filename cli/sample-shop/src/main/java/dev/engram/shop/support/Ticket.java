package dev.engram.shop.support;

/** What a customer wrote. */
record Ticket(String id, String customer, String text) {}
