package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.SpanFilter;
import dev.engram.collector.store.StoredSpan;
import dev.engram.collector.store.memory.InMemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A home with a service in it, and what a collector stored and said of it; one for each test. */
final class CollectedHome implements BeforeEachCallback, AfterEachCallback {
  final InMemoryStore store = new InMemoryStore();
  final List<String> lines = new ArrayList<>();
  private Path path;
  private ServiceFolder service;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    path = Files.createTempDirectory("home");
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (service != null) {
      service.close();
    }
    PrivateFiles.remove(path);
  }

  Path path() {
    return path;
  }

  /** The service that the rest is about. */
  ServiceFolder startService() throws IOException {
    service = new ServiceFolder(path);
    return service;
  }

  void collect() throws IOException {
    try (Collector collector = Collector.open(path, Set.of(), store, lines::add)) {
      collector.runOnce();
    }
  }

  void offerSpans(long first, int count) throws IOException {
    for (long id = first; id < first + count; id++) {
      assertThat(service.offer(TestRecords.span(id))).isTrue();
    }
  }

  List<Long> storedSpans() {
    return store
        .reader()
        .spans(new SpanFilter(0, 0, null, null, null, null, 0, 0, 100_000))
        .stream()
        .map(StoredSpan::row)
        .map(row -> row.spanId())
        .sorted()
        .toList();
  }

  Accounting books() {
    return store.reader().accounting().get(service.id());
  }

  Instance present() {
    return new LiveCounts(path, store.reader()).producerCounts().keySet().iterator().next();
  }

  Instance stored() {
    return store.reader().instances().get(0);
  }

  Path quarantine() {
    return path.resolve(HomeLayout.QUARANTINE).resolve(service.instance.toString());
  }

  static void assertSettled(Accounting books, long offered) {
    long shed = books.producer().shed().values().stream().mapToLong(Long::longValue).sum();
    long dropped = books.dropped().values().stream().mapToLong(Long::longValue).sum();
    assertThat(books.producer().offered()).isEqualTo(offered);
    assertThat(books.producer().written() + shed + books.producer().abandoned()).isEqualTo(offered);
    assertThat(books.producer().written()).isEqualTo(books.producer().queued());
    assertThat(books.read() + dropped).isEqualTo(books.producer().queued());
    assertThat(books.producer().inQueue()).isZero();
    assertThat(books.decoded() + books.malformed()).isEqualTo(books.read());
  }

  static List<Long> range(long first, int count) {
    return LongStream.range(first, first + count).boxed().toList();
  }
}
