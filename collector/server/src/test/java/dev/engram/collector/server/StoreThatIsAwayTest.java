package dev.engram.collector.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home whose PostgreSQL is not there when somebody begins. */
class StoreThatIsAwayTest {
  @TempDir private Path folder;

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private Home home;

  @BeforeEach
  void nameAServerThatIsNotThere() {
    home = new Home(folder);
    Properties said = new Properties();
    said.setProperty("url", "jdbc:postgresql://127.0.0.1:1/engram");
    StoreFile.write(folder, said);
  }

  @Test
  void collector_waitsForIt() throws InterruptedException {
    try (CollectorServer server = CollectorServer.open(home, Set.of(), lines::add)) {
      assertThat(lines).isEmpty();
      Thread running = new Thread(server::run);
      running.start();
      await().until(() -> !lines.isEmpty());
      server.stop();
      running.join();
    }
    assertThat(lines.get(0))
        .startsWith("the store cannot be used now, records wait in their queues: ")
        .contains("Check that the database runs");
  }

  @Test
  void whoeverWaitsForAnEnd_isTold() {
    try (CollectorServer server = CollectorServer.open(home, Set.of(), lines::add)) {
      assertThatThrownBy(server::runOnce).isInstanceOf(StoreException.class);
    }
    assertThatThrownBy(
            () -> new Upkeep(home, lines::add).forget(new Subject.User(Set.of("bob")), true))
        .isInstanceOf(StoreException.class);
  }
}
