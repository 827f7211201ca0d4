package dev.engram.collector.analysis.triage;

import dev.engram.collector.store.KnowledgeRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What people said of all error groups; the later word counts. Confined to one thread. */
public final class Triages {
  /** What can be said of an error group; each is a property of {@link KnowledgeRow}. */
  public static final String NAME = "name";

  public static final String ASSIGNEE = "assignee";
  public static final String IGNORED = "ignored";

  /** Its value is the version on which it is, or empty. */
  public static final String RESOLVED = "resolved";

  public static final String REOPENED = "reopened";

  /** Its value is the fingerprint of the group that it belongs to. */
  public static final String MERGED = "merged";

  public static final String SPLIT = "split";

  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");

  private final Map<Long, Triage> byFingerprint = new HashMap<>();

  /** The group that one was merged into. Never a circle. */
  private final Map<Long, Long> into = new HashMap<>();

  private Triages() {}

  /**
   * All of them.
   *
   * @param knowledge the earliest first
   */
  public static Triages of(List<KnowledgeRow> knowledge) {
    Triages triages = new Triages();
    for (KnowledgeRow row : knowledge) {
      if (row.subject().equals(KnowledgeRow.ERROR)) {
        fingerprint(row.subjectId()).ifPresent(fingerprint -> triages.take(fingerprint, row));
      }
    }
    return triages;
  }

  /** Of 16 lower-case hex digits; empty where this is none. */
  public static Optional<Long> fingerprint(String hex) {
    return FINGERPRINT.matcher(hex).matches()
        ? Optional.of(Long.parseUnsignedLong(hex, 16))
        : Optional.empty();
  }

  private void take(long fingerprint, KnowledgeRow row) {
    Triage before = of(fingerprint);
    String value = row.value();
    long time = row.timeEpochNanos();
    switch (row.property()) {
      case NAME -> put(fingerprint, before.named(value));
      case ASSIGNEE -> put(fingerprint, before.assignedTo(value));
      case KnowledgeRow.COMMENT -> put(fingerprint, before.saying(value));
      case IGNORED -> put(fingerprint, before.in(ErrorState.IGNORED, time, null, row.author()));
      case RESOLVED ->
          put(
              fingerprint,
              before.in(ErrorState.RESOLVED, time, value.isEmpty() ? null : value, row.author()));
      case REOPENED -> put(fingerprint, before.in(ErrorState.OPEN, time, null, row.author()));
      case MERGED -> fingerprint(value).ifPresent(other -> merge(fingerprint, other));
      case SPLIT -> into.remove(fingerprint);
      // Said to a later version of this program.
      default -> {}
    }
  }

  private void put(long fingerprint, Triage triage) {
    byFingerprint.put(fingerprint, triage);
  }

  private void merge(long fingerprint, long other) {
    if (!isPartOf(other, fingerprint)) {
      into.put(fingerprint, other);
    }
  }

  private boolean isPartOf(long fingerprint, long group) {
    for (Long next = fingerprint; next != null; next = into.get(next)) {
      if (next == group) {
        return true;
      }
    }
    return false;
  }

  /** The group that this one belongs to; itself where it was not merged. */
  public long root(long fingerprint) {
    long root = fingerprint;
    for (Long next = into.get(root); next != null; next = into.get(root)) {
      root = next;
    }
    return root;
  }

  /** Those that others were merged into. */
  public Collection<Long> roots() {
    return into.values().stream().map(this::root).distinct().sorted().toList();
  }

  /** The group itself, and those that were merged into it. */
  public List<Long> members(long root) {
    return Stream.concat(
            Stream.of(root), into.keySet().stream().filter(part -> root(part) == root).sorted())
        .toList();
  }

  /** Of a group that belongs to no other. */
  public Triage of(long fingerprint) {
    return byFingerprint.getOrDefault(fingerprint, Triage.NONE);
  }
}
