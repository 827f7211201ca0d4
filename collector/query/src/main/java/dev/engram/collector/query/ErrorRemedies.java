package dev.engram.collector.query;

import dev.engram.collector.analysis.ErrorGroup;
import dev.engram.collector.analysis.remedy.JudgedRemedy;
import dev.engram.collector.analysis.remedy.RemedyJudge;
import dev.engram.collector.store.StoreReader;
import dev.engram.collector.store.ThrownStack;
import dev.engram.collector.store.TraceId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the remedies that an error group has to do with. */
final class ErrorRemedies {
  private static final String POOL = "pool ";

  private final StoreReader reader;

  ErrorRemedies(StoreReader reader) {
    this.reader = reader;
  }

  /**
   * Those for its failure; those for an answer of another service that its requests were given,
   * since what is thrown because of an answer is made by the application, and not known to them;
   * and those for whatever fails where one of these acts, or which its latest exception names.
   *
   * @param requests its newest
   */
  List<JudgedRemedy> of(
      ErrorGroup group, ThrownStack latest, Set<TraceId> requests, long nowEpochNanos) {
    List<JudgedRemedy> all = RemedyJudge.find(reader, nowEpochNanos);
    Set<String> met =
        all.stream().anyMatch(it -> it.answer() > 0)
            ? RemedyJudge.met(reader, requests, nowEpochNanos)
            : Set.of();
    List<JudgedRemedy> own =
        all.stream()
            .filter(
                it ->
                    group.fingerprints().contains(it.fingerprint())
                        || (it.answer() > 0 && met.contains(it.label())))
            .toList();
    return all.stream()
        .filter(it -> own.contains(it) || (it.fingerprint() == 0 && isThere(it, own, latest)))
        .toList();
  }

  private static boolean isThere(JudgedRemedy any, List<JudgedRemedy> own, ThrownStack latest) {
    String place = place(any);
    // Another model is at the place with the two models.
    return own.stream().anyMatch(it -> (place + ' ').startsWith(place(it) + ' '))
        || isNamed(any, latest);
  }

  /** A call that was not made says why, and HikariCP in which pool no connection was to be had. */
  private static boolean isNamed(JudgedRemedy remedy, @Nullable ThrownStack thrown) {
    if (thrown == null) {
      return false;
    }
    String message = thrown.message() == null ? "" : thrown.message();
    String place = place(remedy);
    return message.contains(remedy.label())
        || (place.startsWith(POOL) && message.startsWith(place.substring(POOL.length()) + " - "))
        || isNamed(remedy, thrown.cause());
  }

  /** Such as {@code http prices.example:443}. */
  private static String place(JudgedRemedy remedy) {
    return remedy.action().substring(remedy.action().indexOf(' ') + 1);
  }
}
