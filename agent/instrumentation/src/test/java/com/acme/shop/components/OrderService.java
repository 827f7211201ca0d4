package com.acme.shop.components;

import org.springframework.stereotype.Service;

/** Throws where its caller does not see it. */
@Service
public class OrderService {
  String place(String id, int quantity) {
    return id + take(quantity);
  }

  private int take(int pieces) {
    if (pieces > 10) {
      throw new IllegalArgumentException("too many");
    }
    return pieces;
  }
}
