package dev.engram.benchmarks.load;

import dev.engram.agent.core.config.Configuration;
import dev.engram.agent.core.home.Recording;
import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.ShedReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/** The agent's recording side over a memory home of its own, with its writer thread. */
final class RecordingHome implements AutoCloseable {
  private static final String SERVICE = "benchmark";

  private final Path home;
  private final Configuration configuration;
  private final Recording recording;

  RecordingHome(Path home) {
    this.home = home;
    configuration = Configuration.of("home=" + home);
    recording = Recording.start(configuration, SERVICE);
  }

  Configuration configuration() {
    return configuration;
  }

  Recording recording() {
    return recording;
  }

  /** What was shed, as the ring's header counts it. */
  long shed() {
    try (Stream<Path> instances = Files.list(HomeLayout.instances(home))) {
      return instances.mapToLong(RecordingHome::shed).sum();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static long shed(Path instance) {
    try {
      byte[] file = Files.readAllBytes(instance.resolve(HomeLayout.RING));
      RingHeader header =
          new RingHeader(new UnsafeBuffer(ByteBuffer.allocateDirect(file.length).put(file)));
      return Arrays.stream(ShedReason.values())
          .mapToLong(reason -> header.shed(reason) + header.writerShed(reason))
          .sum();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    recording.stop();
  }
}
