package dev.engram.collector.server;

import dev.engram.collector.intake.ToldRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a home what became of decisions, and what people think: by a file that its collector takes,
 * or where there is none, that is taken here. For one thread.
 */
public final class Telling {
  /** Characters of any text that is told; what is longer is no comment but a document. */
  public static final int LONGEST = 8_192;

  /** What feedback may be about. */
  public static final List<String> TARGETS =
      List.of("trace", "span", "decision", "conversation", "key");

  /** Hex digits of the id of a person's solution. */
  private static final int SOLUTION_DIGITS = 12;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long LOOK_MILLIS = 20;

  private final Home home;
  private final Consumer<String> log;

  /**
   * Into this home.
   *
   * @param log takes one line for a person at a time
   */
  public Telling(Home home, Consumer<String> log) {
    this.home = home;
    this.log = log;
  }

  /** What is left in the folder. */
  private interface Left {
    Path in(Path home) throws IOException;
  }

  /**
   * Tells what became of a decision.
   *
   * @param key the correlation key that {@code id} is a value of; empty where it is a decision's
   * @param value NaN when there is none
   * @return whether the store has it; otherwise it waits for the collector, and is not lost
   * @throws HomeException when the home cannot be used
   * @throws dev.engram.collector.store.StoreException when the store cannot; then it waits too
   */
  public boolean outcome(
      long nowEpochNanos,
      String key,
      String id,
      String label,
      double value,
      @Nullable String author,
      @Nullable String comment) {
    return tell(
        folder ->
            ToldRecords.outcome(folder, nowEpochNanos, key, id, label, value, author, comment));
  }

  /** Tells a judgement; the same holds. */
  public boolean feedback(
      long nowEpochNanos,
      String target,
      String targetId,
      @Nullable String label,
      double score,
      @Nullable String author,
      @Nullable String comment) {
    return tell(
        folder ->
            ToldRecords.feedback(
                folder, nowEpochNanos, target, targetId, label, score, author, comment));
  }

  /**
   * Tells what a person says of an error group, a solution or a remedy; the same holds.
   *
   * @param subject of {@link dev.engram.collector.store.KnowledgeRow}
   * @param properties by name, at least one
   */
  public boolean knowledge(
      long nowEpochNanos,
      String subject,
      String subjectId,
      Map<String, String> properties,
      @Nullable String author) {
    return tell(
        folder ->
            ToldRecords.knowledge(folder, nowEpochNanos, subject, subjectId, properties, author));
  }

  /** The id of a solution that somebody writes now. */
  public static String newSolution() {
    return "S-" + UUID.randomUUID().toString().replace("-", "").substring(0, SOLUTION_DIGITS);
  }

  /** As it is stored: ids of our own in lower case. */
  public static String targetId(String target, String id) {
    boolean ours = !target.equals("conversation") && !target.equals("key");
    return ours ? id.toLowerCase(Locale.ROOT) : id;
  }

  private boolean tell(Left left) {
    try {
      return isStored(left.in(home.prepare().folder()));
    } catch (IOException impossible) {
      throw new HomeException(
          "cannot write to " + home.folder() + " (" + impossible + "); nothing is remembered",
          impossible);
    }
  }

  private boolean isStored(Path file) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      Optional<CollectorServer> free = CollectorServer.openUnlessServed(home, log);
      if (free.isPresent()) {
        try (CollectorServer server = free.get()) {
          server.takeTold();
        }
        return !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      }
      if (System.nanoTime() > deadline || !Pause.of(LOOK_MILLIS)) {
        return false;
      }
    }
    return true;
  }
}
