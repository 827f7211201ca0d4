package dev.engram.shop.operations;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Sums over the whole shop. Thread-safe. */
@Repository
class ReportRepository {
  private static final int SLOW_MILLIS = 150;

  private final JdbcTemplate jdbc;

  ReportRepository(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  Report report() {
    return jdbc.queryForObject(
        "select count(*) as orders, coalesce(sum(total_cents), 0) as revenue from customer_order",
        (row, number) -> new Report(row.getLong("orders"), row.getLong("revenue")));
  }

  /** A statement that takes about 150 ms, as a missing index would make it. */
  void stockTake() {
    jdbc.execute("call pause_millis(" + SLOW_MILLIS + ")");
  }

  /** What was sold so far. */
  record Report(long orders, long revenueCents) {}
}
