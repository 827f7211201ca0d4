package dev.engram.agent.record.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.testkit.ProcessorTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages are those of the drivers; the values stand for what must not be remembered. */
class DatabaseMessagesTest {
  private static final int LIMIT = 8192;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // H2
        "`Table \"NOWHERE\" not found (this database is empty); SQL statement:\nselect a from nowhere where b = 'it''s s3cr3t' and c = 42 [42104-240]`"
            + " | `Table \"NOWHERE\" not found (this database is empty); SQL statement:\nselect a from nowhere where b = ? and c = ? [?]`",
        "`Syntax error in SQL statement \"select a frm[*] t where b = 's3cr3t'\"; expected \"FROM\"; SQL statement:\nselect a frm t where b = 's3cr3t' [42001-240]`"
            + " | `Syntax error in SQL statement ? [?]`",
        "`Unique index or primary key violation: \"PUBLIC.PRIMARY_KEY_4 ON PUBLIC.T(A) VALUES ( /* 1 */ 's3cr3t' )\"; SQL statement:\ninsert into t values (?) [23505-240]`"
            + " | `Unique index or primary key violation: ?; SQL statement:\ninsert into t values (?) [?]`",
        "`Data conversion error converting \"s3cr3t\"; SQL statement:\ninsert into t -- s3cr3t [22018-240]`"
            + " | `Data conversion error converting ?; SQL statement:\ninsert into t ?`",
        "`NULL not allowed for column \"AGE\"; SQL statement:\ninsert into t /* s3cr3t */ values (1) [23502-240]`"
            + " | `NULL not allowed for column \"AGE\"; SQL statement:\ninsert into t ? values (?) [?]`",
        "`Syntax error in SQL statement \"select a where b = [*]'s3cr3t\"; SQL statement:\nselect a where b = 's3cr3t [42000-240]` | `Syntax error in SQL statement ?`",
        // PostgreSQL
        "`ERROR: duplicate key value violates unique constraint \"t_pkey\"\n  Detail: Key (a)=(s3) cr(3t) already exists.`"
            + " | `ERROR: duplicate key value violates unique constraint \"t_pkey\"\n  Detail: Key (a)=(?) already exists.`",
        "`ERROR: null value in column \"b\" of relation \"t\" violates not-null constraint\n  Detail: Failing row contains (s3\ncr3t (a), null).`"
            + " | `ERROR: null value in column \"b\" of relation \"t\" violates not-null constraint\n  Detail: Failing row contains (?).`",
        "`FEHLER: NULL-Wert in Spalte \u00bbb\u00ab\n  Detail: Fehlgeschlagene Zeile enth\u00e4lt (s3cr3t, null).`"
            + " | `FEHLER: NULL-Wert in Spalte ?\n  Detail: Fehlgeschlagene Zeile enth\u00e4lt (?).`",
        "`ERROR: invalid input syntax for type integer: \"s3cr3t\"\n  Position: 29`"
            + " | `ERROR: invalid input syntax for type integer: ?\n  Position: ?`",
        "`ERROR: unterminated quoted string at or near \"'s3cr3t and c = 1\"\n  Position: 29`"
            + " | `ERROR: unterminated quoted string at or near ?\n  Position: ?`",
        "`ERROR: syntax error at select $a$s3cr3t$$it's$a$ frm t` | `ERROR: syntax error at select ?`",
        "`Batch entry 1 INSERT INTO t VALUES ('s3cr3t') was aborted: ERROR: duplicate key`"
            + " | `Batch entry ? INSERT INTO t VALUES (?) was aborted: ERROR: duplicate key`",
        "`near \"a b\": select c where d = 'say \"e s3cr3t' and f` | `near ? and f`",
        "`a -- b's\ns3cr3t' and /* c 'd */ s3cr3t' and e` | `a ? and e`",
        "`a where b =('c) s3cr3t' and d` | `a where b =(? and d`",
        "`Key (a)=(b).\ns3cr3t) already exists.` | `Key (?) already exists.`",
        // SQLite
        "`[SQLITE_ERROR] SQL error or missing database (near \"'s3cr3t'\": syntax error)`"
            + " | `[SQLITE_ERROR] SQL error or missing database (near ?: syntax error)`",
        "`[SQLITE_CONSTRAINT_UNIQUE] A UNIQUE constraint failed (UNIQUE constraint failed: t.a)`"
            + " | `[SQLITE_CONSTRAINT_UNIQUE] A UNIQUE constraint failed (UNIQUE constraint failed: t.a)`",
        // MySQL
        "`Duplicate entry 'O'Brien s3cr3t' for key 't.name'` | `Duplicate entry ? for key 't.name'`",
        "`Table 'shop.nowhere' doesn't exist` | `Table 'shop.nowhere' doesn't exist`",
        "`You have an error in your SQL syntax near 'frm t where a = 's3cr3t'' at line 1`"
            + " | `You have an error in your SQL syntax near ? at line ?`",
        // Oracle, SQL Server
        "`ORA-00942: table or view does not exist` | `ORA-00942: table or view does not exist`",
        "`Violation of UNIQUE KEY constraint 'UQ'. Cannot insert duplicate key in object 'dbo.t'. The duplicate key value is (s3cr3t).`"
            + " | `Violation of UNIQUE KEY constraint 'UQ'. Cannot insert duplicate key in object 'dbo.t'. The duplicate key value is (?).`",
        // MongoDB, and what wraps any of them
        "`E11000 duplicate key error collection: shop.t index: a_1 dup key: { a: \"s3cr3t\" }`"
            + " | `E11000 duplicate key error collection: shop.t index: a_1 dup key: { a: ? }`",
        "`could not execute [ERROR: x\n  Detail: Failing row contains (s3cr3t, null).] [insert into t (a,b) values (?,?)]`"
            + " | `could not execute [ERROR: x\n  Detail: Failing row contains (?)]`",
      })
  void values_areReplaced_namesStay(String message, String kept) {
    assertThat(DatabaseMessages.redact(message, false)).isEqualTo(kept);
  }

  @Test
  void messageWithoutAValue_staysTheSameObject() {
    String message = "Connection is closed";

    assertThat(DatabaseMessages.redact(message, false)).isSameAs(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.h2.jdbc.JdbcSQLSyntaxErrorException",
        "org.postgresql.util.PSQLException",
        "java.sql.BatchUpdateException",
        "com.mysql.cj.jdbc.exceptions.MysqlDataTruncation",
        "oracle.jdbc.OracleDatabaseException",
        "io.r2dbc.h2.H2DatabaseExceptionFactory$H2R2dbcBadGrammarException",
        "com.mongodb.MongoWriteException",
      })
  void driversClasses_areKnown(String className) {
    assertThat(Redaction.isOfDatabase(className)).isTrue();
    assertThat(Redaction.isOfDatabase("java.lang.IllegalStateException")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "near 'a",
        "near '-",
        "a||'a' and b||'-a' and c||'-",
        "Detail: Failing row contains (",
        "Key (a)=(",
        "Key (a)=(a), (b)=(",
        "near $a$",
        "near -- ",
        "near /* ",
      })
  void valueThatIsNotSeenToItsEnd_isHidden(String before) {
    String message = before + "s3cr3t ".repeat(LIMIT) + "')$a$*/.";
    assertThat(new Redaction(List.of()).message(message, true, LIMIT))
        .contains("?")
        .doesNotContain("s3cr3t");
  }

  @Test
  void messageThatIsMaskedOrAllowed_isTreatedLikeAnyOther() {
    String message = "near 's3cr3t'";

    assertThat(new Redaction(List.of("exception.message")).message(message, true, LIMIT))
        .isEqualTo("[redacted]");
    assertThat(
            new Redaction(List.of(), List.of("exception.message"), new Pseudonyms("hash"))
                .message(message, true, LIMIT))
        .isEqualTo(message);
    assertThat(new Redaction(List.of()).message(message, false, LIMIT)).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refused Bearer 9ab/s3cr3t",
        "refused sk-proj-9abcdefgh-s3cr3t",
        "refused -----BEGIN PRIVATE KEY-----\ns3cr3t",
      })
  void credentialsOfAMessage_areHiddenBeforeItsNumbers(String message) {
    assertThat(new Redaction(List.of()).message(message, true, LIMIT)).doesNotContain("s3cr3t");
  }

  @Test
  void hostileMessages_takeTimeInProportion() {
    for (String part :
        List.of(
            "'",
            "\"",
            "\u00ab",
            " (",
            "=(",
            " (x).",
            ").",
            "$a$",
            "$a",
            "--",
            "/*",
            "1-",
            "1.",
            "n't ",
            "key 'a' ",
            "key 'a",
            "table \"",
            "a'b",
            "'a ")) {
      String text = part.repeat((1 << 20) / part.length());
      ProcessorTime.assertWithin(
          Duration.ofSeconds(5), part, () -> DatabaseMessages.redact(text, false));
    }
  }
}
