package dev.engram.agent.instrumentation.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainSelectTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        " select a, t.*, -1.5e-3 from t where id = ? and name like 'it''s%' ;  ",
        "SELECT count(*), Max (price) FROM orders GROUP BY \"first name\"",
        "/* trace: 1 */ SELECT a -- for update\n FROM t",
        "SELECT /*+ hint */ a::text FROM shop.t WHERE x IN (?, ?) AND (y <> 3 OR z IS NULL)",
        "WITH cheap AS (SELECT id FROM t) SELECT c.id FROM cheap c JOIN t ON (t.id = c.id)",
        "SELECT a FROM t UNION ALL (SELECT b FROM u) ORDER BY 1 FETCH NEXT 10 ROWS ONLY",
        "SELECT CAST(a AS DECIMAL(10, 2)), COALESCE(b, 'for update') FROM t LIMIT ? OFFSET ?",
        "SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY b) FROM (VALUES (1), (2)) v",
        "SELECT `order` FROM t WHERE d > DATE '2020-01-01' AND s = N'x'"
      })
  void selectThatOnlyReads_isOne(String sql) {
    assertThat(PlainSelect.is(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a FROM t FOR UPDATE",
        "SELECT a FROM t FOR NO KEY UPDATE",
        "select a from t for share",
        "SELECT a FROM t LOCK IN SHARE MODE",
        "SELECT a FROM t WITH (UPDLOCK)",
        "SELECT a FROM t (UPDLOCK)",
        "SELECT a FROM t WITH (NOLOCK)",
        "SELECT a FROM t WITH RS USE AND KEEP EXCLUSIVE LOCKS",
        "SELECT a INTO u FROM t",
        "SELECT a FROM t INTO OUTFILE 'x'",
        "WITH gone AS (DELETE FROM t RETURNING id) SELECT id FROM gone",
        "WITH new AS (INSERT INTO t VALUES (1) RETURNING id) SELECT id FROM new",
        "SELECT id FROM FINAL TABLE (INSERT INTO t VALUES (1))",
      })
  void selectThatLocksOrChanges_isNone(String sql) {
    assertThat(PlainSelect.is(sql)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT nextval('numbers')",
        "SELECT numbers.nextval FROM dual",
        "SELECT NEXT VALUE FOR numbers",
        "SELECT sell(x) FROM t",
        "SELECT sell /* no call */ (x) FROM t",
        "SELECT \"sell\"(x) FROM t",
        "SELECT `sell`(x) FROM t",
        "SELECT shop.lower(x) FROM t",
        "SELECT shop . \"lower\" (x) FROM t",
        "SELECT shop./* a */lower(x) FROM t",
        "SELECT m\u0131n(x) FROM t",
        "SELECT 1f(x) FROM t",
        "SELECT shop.count(x) FROM t",
        "SELECT shop.over(x) FROM t",
        "SELECT filter(x), top(5) FROM t",
        "SELECT a FROM t LIMIT 1FOR SHARE",
        "SELECT pg_advisory_lock(1)",
        "SELECT a FROM sell(1)",
        "SELECT {fn sell(1)}",
        "SELECT @seen := 1",
      })
  void selectThatCallsWhatIsNotListed_isNone(String sql) {
    assertThat(PlainSelect.is(sql)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        ";",
        "UPDATE t SET a = 1",
        "INSERT INTO t SELECT a FROM u",
        "CALL sell()",
        "{call sell()}",
        "BEGIN",
        "SHOW TABLES",
        "EXPLAIN SELECT 1",
        "(SELECT 1)",
        "SELECT 1; SELECT 2",
        "SELECT 1 DELETE FROM t",
        "SELECT 1 EXEC sell",
        "'SELECT' SELECT 1"
      })
  void whatIsNotOneSelect_isNone(String sql) {
    assertThat(PlainSelect.is(sql)).isFalse();
  }

  /** Each database would have another end of the string, the comment, or the name. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'C:\\' FOR UPDATE --'",
        "SELECT \"a\\\" FOR UPDATE --\"",
        "SELECT $$ ' $$ FOR UPDATE --'",
        "SELECT [it's] FROM t FOR UPDATE --'",
        "SELECT q'[it's]' FROM t FOR UPDATE --'",
        "SELECT 1 /*! FOR UPDATE */",
        "SELECT 1 /*M! FOR UPDATE */",
        "SELECT /* /* */ 1 */ 2",
        "SELECT 5--3 FOR UPDATE",
        "SELECT 1 -- a\r FOR UPDATE\n",
        "SELECT 1 # ' \n FOR UPDATE --'",
        "SELECT 'open",
        "SELECT \"open",
        "SELECT 1 /* open"
      })
  void whatDialectsReadDifferently_isNone(String sql) {
    assertThat(PlainSelect.is(sql)).isFalse();
  }

  @Test
  void longText_isNotLookedAt() {
    assertThat(PlainSelect.is("SELECT 1" + " ".repeat(5000))).isFalse();
  }
}
