package dev.engram.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.HttpServerApp;
import dev.engram.integration.harness.Child;
import dev.engram.integration.harness.Jdk;
import dev.engram.integration.harness.Jdks;
import dev.engram.integration.harness.Rig;
import dev.engram.integration.harness.Traffic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The books are able to fail: a record that is lost without a word is missed. */
class LostRecordIT {
  /** Where a ring file counts what its first stripe offered and answered. */
  private static final List<Long> COUNTERS = List.of(1024L, 1032L);

  @RegisterExtension final Rig rig = new Rig();

  private final Jdk jdk = Jdks.all().findFirst().orElseThrow();

  @Test
  void recordThatWasCountedAndNeverWritten_failsTheSettledBooks() throws IOException {
    Child service = rig.java("service", jdk).agent().application(HttpServerApp.class).start();
    Traffic.toApplication(service).get("/hello");
    service.kill();
    loseOneRecord();
    rig.expectNoBooks();

    Child status = rig.memory(jdk).drain().run("status", "--settled");

    assertThat(status.awaitExit()).as(status::describe).isEqualTo(1);
    assertThat(status.err())
        .singleElement()
        .asString()
        .containsPattern("@[-0-9a-f]{36}: offered \\d+ is not written \\d+ \\+ shed 0");
  }

  /** What a producer leaves that counts its record, fails to write it, and goes on. */
  private void loseOneRecord() throws IOException {
    try (FileChannel ring =
        FileChannel.open(ring(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      for (long at : COUNTERS) {
        ByteBuffer counter = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        ring.read(counter, at);
        ring.write(counter.putLong(0, counter.getLong(0) + 1).rewind(), at);
      }
    }
  }

  private Path ring() throws IOException {
    try (Stream<Path> files = Files.walk(rig.home().resolve("instances"))) {
      return files.filter(file -> file.endsWith("ring")).findFirst().orElseThrow();
    }
  }
}
