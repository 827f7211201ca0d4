package com.acme.shop.components;

import org.springframework.web.bind.annotation.RestController;

/** Calls its service, which is a component too. */
@RestController
public class OrderController {
  private final OrderService service = new OrderService();

  public String order(String id, int quantity, String password, Object details) {
    try {
      return service.place(id, quantity);
    } catch (IllegalArgumentException thrown) {
      throw new IllegalStateException("not placed", thrown);
    }
  }

  /** Throws by itself. */
  public String refuse(String id, int quantity, String password, Object details) {
    throw new IllegalStateException("refused");
  }
}
