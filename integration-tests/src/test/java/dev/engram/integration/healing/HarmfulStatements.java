package dev.engram.integration.healing;

import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Predicate;
import org.assertj.core.api.SoftAssertions;

/** The faults of a PostgreSQL database where a second execution would do damage. */
final class HarmfulStatements {
  private static final int EVENTS = 40;

  private final Traffic traffic;
  private final FaultReport report;
  private final SoftAssertions never;

  HarmfulStatements(Traffic traffic, FaultReport report, SoftAssertions never) {
    this.traffic = traffic;
    this.report = report;
    this.never = never;
  }

  /** Those of the faults that are chosen by their names. */
  void play(Predicate<String> chosen) throws IOException {
    if (chosen.test("insert-answer-lost")) {
      insertAnswerLost();
    }
    if (chosen.test("select-for-update")) {
      selectForUpdate();
    }
  }

  /** It took effect, and nobody hears of it. */
  private void insertAnswerLost() throws IOException {
    try (PlayedDatabase database = new PlayedDatabase(new PlayedServer())) {
      String sell = database.request("/sell");
      never.assertThat(traffic.get(sell).status()).isEqualTo(200);
      for (int i = 0; i < EVENTS; i++) {
        // Whatever was cut before, there is a connection by now.
        never.assertThat(traffic.get(database.request("/pieces")).status()).isEqualTo(200);
        database.front().losesAnswers(true);
        never.assertThat(traffic.get(sell).status()).isEqualTo(500);
        database.front().losesAnswers(false);
      }
      int sold = sold(database);
      report.say("Harm, insert-answer-lost: %d events, %d rows of them.", EVENTS, sold - 1);
      never.assertThat(sold).as("rows").isLessThanOrEqualTo(EVENTS + 1).isGreaterThan(1);
    }
  }

  private static int sold(PlayedDatabase database) throws IOException {
    try (Connection connection = database.session();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT count(*) FROM sold")) {
      count.next();
      return count.getInt(1);
    } catch (SQLException failed) {
      throw new IOException(failed);
    }
  }

  /** It locks, and is cancelled while it waits for that. */
  private void selectForUpdate() throws IOException {
    int attempts = 0;
    try (RivalStage stage = DatabaseStages.forUpdate()) {
      for (int i = 0; i < EVENTS; i++) {
        never
            .assertThat(traffic.get(stage.event(i, new Episode.ForEver())).status())
            .isEqualTo(500);
        attempts += stage.attempts();
      }
    }
    report.say("Harm, select-for-update: %d events, executed %d times.", EVENTS, attempts);
    never.assertThat(attempts).isEqualTo(EVENTS);
  }
}
