package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.render.CapturedTerminal;
import dev.engram.collector.query.Queries;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.memory.InMemoryStore;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Why there is nothing to list: other records, or none that were collected. */
class EmptyAnswerTest {
  @TempDir private Path home;

  private CapturedTerminal terminal = CapturedTerminal.piped();

  @Test
  void otherRecords_areNamedInsteadOfACollector() {
    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      InstanceId id = new InstanceId(new UUID(1, 1));
      store.writer().putInstance(new Instance(id, "shop", "1.0", 1, 0, Map.of()));
    }

    assertThat(execute("sql", "--home", home.toString())).isZero();

    assertThat(terminal.err())
        .isEqualTo("engram: no SQL statements among what is remembered of shop\n");
  }

  @Test
  void recordsThatNobodyCollected_areCounted() {
    InMemoryStore store = new InMemoryStore();
    ProducerCounts counts = new ProducerCounts(30, 30, Map.of(), 0, 20, 10, 20);
    InstanceId id = new InstanceId(new UUID(1, 1));
    Instance shop = new Instance(id, "shop", "1.0", 1, 0, Map.of());
    Queries queries = new Queries(store.reader(), () -> Map.of(shop, counts));
    Invocation invocation = new Invocation(terminal.terminal(), SampleMemory.CLOCK, Map.of());

    ListingOptions listing = CommandLine.populateCommand(new Listing()).options;
    EmptyAnswer.say(invocation, "requests", listing.rangeOptions(), queries);

    assertThat(terminal.err())
        .isEqualTo("engram: 30 records wait to be collected; run: engram collect\n");
  }

  @Command(name = "listing")
  private static final class Listing {
    @Mixin private ListingOptions options = new ListingOptions();
  }

  private int execute(String... arguments) {
    return RunCommands.execute(terminal, SampleMemory.CLOCK, arguments);
  }
}
