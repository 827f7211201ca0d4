package dev.engram.shop.catalog;

import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue over HTTP. */
@RestController
class ProductController {
  private final ProductRepository products;

  ProductController(ProductRepository products) {
    this.products = products;
  }

  @GetMapping("/products")
  List<Product> all() {
    return products.all();
  }

  @GetMapping("/products/{id}")
  ResponseEntity<Product> byId(@PathVariable long id) {
    return ResponseEntity.of(products.byId(id));
  }
}
