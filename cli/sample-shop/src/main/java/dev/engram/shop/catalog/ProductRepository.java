package dev.engram.shop.catalog;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Repository;

/** Reads products and keeps their stock. Thread-safe. */
@Repository
public class ProductRepository {
  private static final RowMapper<Product> PRODUCT = new DataClassRowMapper<>(Product.class);

  private final JdbcTemplate jdbc;

  ProductRepository(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** In the order of their ids. */
  List<Product> all() {
    return jdbc.query("select id, name, price_cents, stock from product order by id", PRODUCT);
  }

  public Optional<Product> byId(long id) {
    return jdbc
        .query("select id, name, price_cents, stock from product where id = ?", PRODUCT, id)
        .stream()
        .findFirst();
  }

  /**
   * Takes pieces out of stock.
   *
   * @return false when there are not enough
   */
  public boolean takeFromStock(long id, int quantity) {
    return jdbc.update(
            "update product set stock = stock - ? where id = ? and stock >= ?",
            quantity,
            id,
            quantity)
        == 1;
  }
}
