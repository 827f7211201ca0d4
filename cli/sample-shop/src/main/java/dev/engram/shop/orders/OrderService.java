package dev.engram.shop.orders;

import dev.engram.shop.catalog.Product;
import dev.engram.shop.catalog.ProductRepository;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes orders. Thread-safe. */
@Service
public class OrderService {
  private static final int UNPACKABLE = 13;

  private final ProductRepository products;
  private final OrderRepository orders;

  OrderService(ProductRepository products, OrderRepository orders) {
    this.products = products;
    this.orders = orders;
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
    if (quantity == UNPACKABLE) {
      throw new UnpackableQuantityException(quantity);
    }
    return orders.add(product, quantity);
  }
}
