package com.acme.shop.components;

import org.springframework.context.event.EventListener;

/** No component: somebody makes it a bean. */
public class OrderListener {
  @EventListener
  public void placed(String id) {
    throw new IllegalStateException("placed");
  }

  public void unheard(String id) {
    throw new IllegalStateException("unheard");
  }
}
