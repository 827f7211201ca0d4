package dev.engram.collector.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.StoreException.Kind;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
  private static final PostgresAddress ADDRESS =
      new PostgresAddress("jdbc:postgresql://db/engram", null, null);

  @ParameterizedTest
  @CsvSource({
    "40001, OVERLOADED, database is busy",
    "40P01, OVERLOADED, database is busy",
    "55P03, OVERLOADED, database is busy",
    "53300, OVERLOADED, database is busy",
    "53200, OVERLOADED, max_locks_per_transaction",
    "53100, UNAVAILABLE, Free some space",
    "57P01, UNAVAILABLE, Check that the database runs",
    "57P03, UNAVAILABLE, Check that the database runs",
    "08006, UNAVAILABLE, Check that the database runs",
    "25006, UNAVAILABLE, Check that the database runs",
    "28P01, UNAVAILABLE, Check the user and the password",
    "3D000, UNAVAILABLE, Create that database",
    "42501, INCOMPATIBLE_SCHEMA, run engram store check",
    "42P01, INCOMPATIBLE_SCHEMA, run engram store check",
    "XX001, CORRUPT, restore a backup"
  })
  void state_saysWhatCanBeDone(String state, Kind kind, String advice) {
    SQLException failure = new SQLException("no", state);

    StoreException said = Failures.of(failure, ADDRESS);

    assertThat(said.kind()).isEqualTo(kind);
    assertThat(said)
        .hasMessageStartingWith("jdbc:postgresql://db/engram: no. ")
        .hasMessageContaining(advice);
    assertThat((Throwable) Failures.unlessOfRows(failure)).isSameAs(failure);
  }

  @ParameterizedTest
  @ValueSource(strings = {"22P05", "22021", "23514", "54000"})
  void rowsThatAreRefused_areNoFailureOfTheStore(String state) {
    assertThatThrownBy(() -> Failures.unlessOfRows(new SQLException("no", state)))
        .isInstanceOf(RowsRefusedException.class);
  }
}
