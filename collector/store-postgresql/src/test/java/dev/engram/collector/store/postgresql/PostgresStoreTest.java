package dev.engram.collector.store.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.collector.store.Store;
import dev.engram.collector.store.testkit.DurableStoreContracts;
import dev.engram.collector.store.testkit.UpgradeContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Nested;

class PostgresStoreTest extends DurableStoreContracts {
  @Override
  protected Store openIn(Path folder) {
    return PostgresStore.open(Databases.of(folder), Clock.systemUTC());
  }

  /** What pg_dump told of databases that the versions themselves had filled. */
  @Nested
  class Upgrade extends UpgradeContract {
    @Override
    protected Store open(Path folder) {
      return openIn(folder);
    }

    @Override
    protected List<Integer> versions() {
      return IntStream.rangeClosed(1, Schema.VERSION).boxed().toList();
    }

    @Override
    protected void restore(int version, Path folder) throws IOException {
      try (Connection connection = Databases.connect(folder);
          Statement statement = connection.createStatement()) {
        statement.execute(archived(version));
      } catch (SQLException refused) {
        throw new IOException(refused);
      }
    }
  }

  /** What makes a store as this version left it. */
  static String archived(int version) throws IOException {
    String name = String.format("archive/%04d.sql.gz", version);
    try (InputStream packed = PostgresStoreTest.class.getResourceAsStream(name)) {
      assertThat(packed).as(name).isNotNull();
      byte[] script = new GZIPInputStream(packed).readAllBytes();
      return new String(script, StandardCharsets.UTF_8);
    }
  }
}
