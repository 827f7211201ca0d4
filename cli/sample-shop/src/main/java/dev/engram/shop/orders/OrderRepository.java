package dev.engram.shop.orders;

import dev.engram.shop.catalog.Product;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.stereotype.Repository;

/** Writes orders. Thread-safe. */
@Repository
class OrderRepository {
  private final SimpleJdbcInsert insert;

  OrderRepository(JdbcTemplate jdbc) {
    this.insert =
        new SimpleJdbcInsert(jdbc)
            .withTableName("customer_order")
            .usingColumns("product_id", "quantity", "total_cents")
            .usingGeneratedKeyColumns("id")
            .withoutTableColumnMetaDataAccess();
  }

  Order add(Product product, int quantity) {
    long total = product.priceCents() * quantity;
    Map<String, Object> row =
        Map.of("product_id", product.id(), "quantity", quantity, "total_cents", total);
    long id = insert.executeAndReturnKey(row).longValue();
    return new Order(id, product.id(), quantity, total);
  }
}
