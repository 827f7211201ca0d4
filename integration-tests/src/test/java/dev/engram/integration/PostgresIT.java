package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Memory;
import dev.engram.integration.harness.Postgres;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import dev.engram.integration.harness.Traffic.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A memory that is kept in PostgreSQL, through the packaged jars;
 * docs/guides/many-hosts-one-postgresql.md.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.engram.integration.harness.Jdks#byTier")
class PostgresIT {
  @RegisterExtension final Rig rig = new Rig();

  @Parameter Jdk jdk;

  @Test
  void requests_areRememberedInTheDatabase_whileTheCollectorIsKilled() throws IOException {
    try (Postgres postgres = new Postgres()) {
      Child init = rig.memory(jdk).run("store", "init", "--url", postgres.newDatabase());
      assertThat(init.awaitExit()).as(init::describe).isZero();
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(rig.home().resolve("store.properties"))))
          .isEqualTo("rw-------");

      Child shop = rig.shop(jdk);
      Traffic traffic = Traffic.toShop(shop);
      List<Answer> answers = new ArrayList<>();
      Child collector = rig.collector(jdk);
      for (int i = 0; i < 30; i++) {
        answers.add(traffic.get("/products"));
        if (i % 10 == 5) {
          collector.handle().destroyForcibly();
          collector.awaitExit();
          collector = rig.collector(jdk);
        }
      }
      shop.stop();
      rig.stopCollectors();

      Memory memory = rig.memory(jdk);
      memory.assertSettled();
      assertThat(answers).allSatisfy(memory.requests()::assertRemembered);
      assertThat(memory.requests().count()).isEqualTo(answers.size());
      assertThat(rig.home().resolve("store/engram.db")).doesNotExist();
      rig.expectNoBooks();
    }
  }
}
