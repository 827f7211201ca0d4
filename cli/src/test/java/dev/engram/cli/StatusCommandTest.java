package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code engram status} says of damaged folders, and of records that nobody collects. */
class StatusCommandTest {
  private static final String NAME = "shop@11111111-2222-3333-4444-555555555555";

  @TempDir private Path home;
  private CapturedTerminal terminal = CapturedTerminal.piped();

  @Test
  void damagedInstance_isNamed_andItsSumsProveNothing() {
    rememberDamage("the ring is cut\u001b[2J");

    assertThat(execute("status")).isZero();
    assertThat(terminal.out().lines())
        .contains("damaged: " + NAME + ": the ring is cut\\u001b[2J; see: engram quarantine");
    assertThat(execute("status", "--json")).isZero();
    assertThat(terminal.out())
        .contains("\"state\":\"damaged\",\"damaged\":\"the ring is cut\\u001B[2J\",\"offered\":4,");
    assertThat(terminal.err()).isEmpty();
    assertThat(execute("status", "--settled")).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo("engram: " + NAME + ": the ring is cut\\u001b[2J, its sums cannot be shown\n");
  }

  @Test
  void recordsThatNobodyCollects_areCounted_alsoWhereNothingIsStoredYet() throws IOException {
    leaveInTheRing(1);
    assertThat(execute("requests")).isZero();
    assertThat(terminal.err())
        .isEqualTo(
            "engram: 1 record waits to be collected; run: engram collect --home " + home + "\n");

    leaveInTheRing(1_234);
    terminal = CapturedTerminal.piped();
    assertThat(execute("errors")).isZero();
    assertThat(terminal.err())
        .isEqualTo(
            "engram: 1,234 records wait to be collected; run: engram collect --home "
                + home
                + "\n");
    assertThat(execute("status")).isZero();
    assertThat(terminal.out().lines())
        .anyMatch(line -> line.matches("\\Q" + NAME + "\\E +\\w+ +1,234 +0 +1,234 +0"))
        .contains("written 1,234 = queued 0 + in_ring 1,234");
    assertThat(execute("status", "--json")).isZero();
    assertThat(terminal.out()).contains("\"in_ring\":1234,");
    terminal = CapturedTerminal.piped();
    assertThat(execute("status", "--settled")).isEqualTo(1);
    assertThat(terminal.err())
        .isEqualTo("engram: " + NAME + ": in_ring 1234 is not collected yet\n");
  }

  @Test
  void folderThatCannotBeRead_isNotSettled() throws IOException {
    leaveInTheRing(0);
    Path folder = HomeLayout.instances(home).resolve(NAME);
    assertThat(execute("status", "--settled")).isZero();

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(execute("status", "--settled")).isEqualTo(1);
    assertThat(terminal.err()).contains("engram: " + folder + " is left alone: ");
  }

  @Test
  void recordsThatCouldNotBeStored_areLost() {
    Checkpoint end = new Checkpoint(100, 9, 0);
    Batch unstored = new Batch(SampleMemory.INSTANCE, List.of(), end, 5, 2, 3, Map.of());
    SampleMemory.in(home, writer -> writer.write(unstored));

    assertThat(execute("status")).isZero();

    assertThat(terminal.out().lines())
        .anyMatch(line -> line.matches("\\Q" + NAME + "\\E +ended +4 +4 +0 +5"));
  }

  private void rememberDamage(String damage) {
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      SampleMemory.write(store.writer());
      Map<String, Object> attributes = Map.of(Instance.DAMAGE, damage);
      store
          .writer()
          .putInstance(
              new Instance(
                  SampleMemory.INSTANCE, "shop", "1.0", SampleMemory.MIDNIGHT, 0, attributes));
    }
  }

  /** The folder of a service that offered so many records, and that no collector has met. */
  private void leaveInTheRing(long records) throws IOException {
    UUID instance = UUID.fromString(NAME.substring("shop@".length()));
    Path folder = Files.createDirectories(HomeLayout.instances(home).resolve(NAME));
    Files.writeString(
        folder.resolve(HomeLayout.INSTANCE_FILE),
        String.format(
            "{\"instance_id\":\"%s\",\"service\":\"shop\",\"host\":\"h\",\"boot_id\":\"b\","
                + "\"started_epoch_nanos\":%d,\"pid\":1}",
            instance, SampleMemory.MIDNIGHT));
    byte[] ring = new byte[(int) RingLayout.fileLength(1 << 16)];
    RingHeader header = new RingHeader(new UnsafeBuffer(ring));
    header.initialize(instance, 1 << 16, System.currentTimeMillis());
    header.raiseOffered(0, records);
    header.raiseAnswered(0, records);
    Files.write(folder.resolve(HomeLayout.RING), ring);
  }

  private int execute(String... arguments) {
    return RunCommands.in(home, terminal, Clock.systemUTC(), arguments);
  }
}
