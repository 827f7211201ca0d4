package dev.engram.collector.store.memory;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How every question is asked: of one state, while nobody changes it. Thread-safe. */
final class Questions {
  private static final int PREFIX_MATCHES = 10;

  private final Memory memory;

  Questions(Memory memory) {
    this.memory = memory;
  }

  <T> T locked(Supplier<T> question) {
    synchronized (memory) {
      memory.requireOpen();
      return question.get();
    }
  }

  /**
   * The first of an answer.
   *
   * @param limit 0 for all
   */
  <T> List<T> limited(int limit, Supplier<Stream<T>> question) {
    return locked(() -> (limit == 0 ? question.get() : question.get().limit(limit)).toList());
  }

  /** Ids that begin so, in the order of their digits; few at most. */
  <T> List<T> matching(String prefix, Function<T, String> hexDigits, Supplier<Stream<T>> ids) {
    return limited(
        PREFIX_MATCHES,
        () ->
            ids.get()
                .distinct()
                .filter(id -> hexDigits.apply(id).startsWith(prefix))
                .sorted(Comparator.comparing(hexDigits)));
  }

  static String hex(long id) {
    return String.format("%016x", id);
  }
}
