package dev.engram.shop.support;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import java.util.List;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What the assistant may look up. Thread-safe. */
@Lazy
@Component
class OrderTools {
  private final JdbcTemplate jdbc;

  OrderTools(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Tool("What an order was for and what it cost")
  String orderDetails(@P("the order's number") long order) {
    List<String> found =
        jdbc.query(
            "select p.name, o.quantity, o.total_cents from customer_order o"
                + " join product p on p.id = o.product_id where o.id = ?",
            (row, number) ->
                row.getInt(2) + " x " + row.getString(1) + ", " + row.getLong(3) + " cents",
            order);
    return found.isEmpty() ? "there is no order " + order : found.get(0);
  }
}
