package dev.engram.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT * FROM orders WHERE id = 42                  | SELECT * FROM orders WHERE id = ?
          SELECT name FROM t2 WHERE a='it''s' AND b=-1.5e-3   | SELECT name FROM t2 WHERE a=? AND b=-?
          select x from t where y = 0xFFEE-7                  | select x from t where y = ?-?
          SELECT "first name", `b` FROM "Orders"              | SELECT "first name", `b` FROM "Orders"
          INSERT INTO t VALUES (1, 'a', NULL, .5)             | INSERT INTO t VALUES (?, ?, NULL, ?)
          SELECT 1 -- card 4111111111111111                   | SELECT ?
          /* user=alice */ SELECT a /*+ hint */ FROM t        | SELECT a FROM t
          SELECT * FROM t WHERE id IN (1, 2,3) AND x=?        | SELECT * FROM t WHERE id IN (?) AND x=?
          SELECT * FROM t WHERE id in (?,?,?)                 | SELECT * FROM t WHERE id in (?)
          SELECT $1, ?2, :name, a::int FROM t                 | SELECT $1, ?2, :name, a::int FROM t
          SELECT $tag$ secret $x$ $tag$, $$a$$ FROM t         | SELECT ?, ? FROM t
          SELECT N'x', DATE '2020-01-01', X'CAFE' FROM t      | SELECT N?, DATE ?, X? FROM t
          """)
  void text_losesItsLiterals(String sql, String masked) {
    assertThat(SqlText.of(sql, false).masked()).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'open secret",
        "SELECT 'C:\\' AND p = 'secret'",
        "SELECT 'it\\'s secret', 'secret' FROM t",
        "SELECT \"secret\" FROM t",
        "SELECT 1 # secret",
        "SELECT 1 /* secret",
        "SELECT $$ secret",
        "SELECT q'[it's a secret]' FROM t",
        "SELECT nQ'!it's a secret!', 1 FROM t",
        "SELECT Q'{secret",
        "SELECT [it's] FROM t WHERE p = 'secret'",
        "SELECT 1; ALTER USER scott IDENTIFIED BY secret",
        "SELECT 1; CREATE USER scott identified by \"secret\""
      })
  void text_isCutWhereALiteralCouldShow(String sql) {
    assertThat(SqlText.of(sql, true).masked()).startsWith("SELECT").doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT q'[it's a secret]' FROM t",
        "SELECT [it's] FROM t WHERE p = 'secret'",
        "CREATE USER scott IDENTIFIED BY \"secret\""
      })
  void text_isCutAlsoWhereDoubleQuotesHoldNames(String sql) {
    assertThat(SqlText.of(sql, false).masked()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT q'[it's]', q, N'x' FROM t                    | SELECT q?, q, N? FROM t
          SELECT ARRAY['a', 'b'], x[1] FROM t                 | SELECT ARRAY[?, ?], x[?] FROM t
          SELECT [first name] FROM [Orders] WHERE p = 'x'     | SELECT [first name] FROM [Orders] WHERE p = ?
          SELECT identified FROM t GROUP BY identified        | SELECT identified FROM t GROUP BY identified
          """)
  void rest_isKeptWhereNothingIsInDoubt(String sql, String masked) {
    assertThat(SqlText.of(sql, false).masked()).isEqualTo(masked);
  }

  @Test
  void whitespace_isOneSpace() {
    assertThat(SqlText.of("  SELECT\n\t a\r\n FROM   t ", false).masked())
        .isEqualTo("SELECT a FROM t");
  }

  @Test
  void longText_isCutAndStaysWithinItsLimit() {
    String sql = "SELECT a FROM t WHERE " + "b = c OR ".repeat(10_000);

    SqlText text = SqlText.of(sql, false);

    assertThat(text.masked()).endsWith("...").hasSizeLessThanOrEqualTo(SqlMasker.LIMIT + 3);
    assertThat(text.summary()).isEqualTo("SELECT t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          SELECT count(*) FROM orders o JOIN lines l ON 1=1        | SELECT orders
          select extract(year from d) from shop.orders             | SELECT shop.orders
          SELECT * FROM "public"."Orders" WHERE a = 1              | SELECT "public"."Orders"
          SELECT * FROM (SELECT 1 FROM inner_one) x                | SELECT
          SELECT 1                                                 | SELECT
          INSERT INTO orders(id) VALUES (1)                        | INSERT orders
          UPDATE orders SET x = 1                                  | UPDATE orders
          delete from orders where id = 1                          | DELETE orders
          MERGE INTO stock USING dual ON (1=1)                     | MERGE stock
          WITH a AS (SELECT 1 FROM b) INSERT INTO c SELECT * FROM a| INSERT c
          CREATE TABLE IF NOT EXISTS orders (id INT)               | CREATE orders
          TRUNCATE TABLE orders                                    | TRUNCATE orders
          { ? = call ship_order(?, ?) }                            | CALL ship_order
          COMMIT                                                   | COMMIT
          """)
  void summary_saysWhatIsDoneToWhat(String sql, String summary) {
    assertThat(SqlText.of(sql, false).summary()).isEqualTo(summary);
  }

  @Test
  void nothing_isStillAName() {
    assertThat(SqlText.of("", false).summary()).isEqualTo("SQL");
  }

  @Test
  void texts_thatNeverRepeatDoNotPileUp() {
    SqlText first = SqlText.of("SELECT a FROM kept", false);
    assertThat(SqlText.of("SELECT a FROM kept", false)).isSameAs(first);

    for (int i = 0; i < 5_000; i++) {
      SqlText.of("SELECT a FROM t WHERE id = " + i, false);
    }

    assertThat(SqlText.of("SELECT a FROM kept", false))
        .isNotSameAs(first)
        .returns(first.masked(), SqlText::masked);
  }
}
