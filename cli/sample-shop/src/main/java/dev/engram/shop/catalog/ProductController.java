package dev.engram.shop.catalog;

import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue over HTTP. A single product has today's price, where there is a price service. */
@RestController
class ProductController {
  private final ProductRepository products;
  private final Optional<PriceService> prices;

  ProductController(ProductRepository products, Optional<PriceService> prices) {
    this.products = products;
    this.prices = prices;
  }

  @GetMapping("/products")
  List<Product> all() {
    return products.all();
  }

  @GetMapping("/products/{id}")
  ResponseEntity<Product> byId(@PathVariable long id) {
    return ResponseEntity.of(
        products
            .byId(id)
            .map(it -> prices.map(service -> it.at(service.priceCents(id))).orElse(it)));
  }
}
