package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.engram.cli.render.Style;
import dev.engram.cli.render.Terminal;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailCommandTest {
  @TempDir private Path home;

  private final Pipe out = new Pipe();
  private final Pipe err = new Pipe();
  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    executor.shutdownNow();
  }

  @Test
  void memoryThatIsMadeLater_isFollowedUntilNobodyReads() throws Exception {
    Future<Integer> exitCode = tail();
    await().until(() -> err.toString().contains("waiting"));

    try (SqliteStore store = SqliteStore.open(SqliteStore.fileIn(home))) {
      SampleMemory.write(store.writer());
    }

    await().until(() -> out.toString().contains("POST /orders"));
    assertThat(out.toString().lines()).hasSize(3);
    assertThat(out.toString().lines().findFirst().orElseThrow())
        .matches("START +DURATION +STATUS +CODE +SERVICE +ID +REQUEST");
    assertThat(out.toString()).containsPattern("100 ms  error +500  shop");
    out.broken = true;
    assertThat(exitCode.get()).isZero();
  }

  private Future<Integer> tail() {
    Terminal terminal =
        new Terminal(stream(out), stream(err), false, Style.PLAIN, Integer.MAX_VALUE);
    Invocation invocation = new Invocation(terminal, Clock.systemUTC(), Map.of());
    String[] arguments = {"tail", "--home", home.toString()};
    return executor.submit(() -> Main.commandLine(invocation, arguments).execute(arguments));
  }

  private static PrintStream stream(Pipe pipe) {
    return new PrintStream(pipe, true, StandardCharsets.UTF_8);
  }

  /** Keeps what it is told, until its reader has gone. */
  private static final class Pipe extends ByteArrayOutputStream {
    volatile boolean broken;

    @Override
    public void flush() throws IOException {
      if (broken) {
        throw new IOException("broken pipe");
      }
    }
  }
}
