package dev.engram.shop.orders;

import dev.engram.shop.catalog.Product;
import dev.engram.shop.catalog.ProductRepository;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes orders. Thread-safe. */
@Service
public class OrderService {
  private final ProductRepository products;
  private final OrderRepository orders;
  private final int unpackable;

  OrderService(
      ProductRepository products,
      OrderRepository orders,
      @Value("${shop.unpackable}") int unpackable) {
    this.products = products;
    this.orders = orders;
    this.unpackable = unpackable;
  }

  /** Empty when there is no such product, or not enough of it. */
  @Transactional
  Optional<Order> place(OrderRequest request) {
    return products
        .byId(request.productId())
        .filter(product -> products.takeFromStock(product.id(), request.quantity()))
        .map(product -> pack(product, request.quantity()));
  }

  private Order pack(Product product, int quantity) {
    if (quantity == unpackable) {
      throw new UnpackableQuantityException(quantity);
    }
    return orders.add(product, quantity);
  }
}
