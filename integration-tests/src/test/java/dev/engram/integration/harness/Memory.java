package dev.engram.integration.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a home remembers, asked through the packaged command line as a user would. */
public final class Memory {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final String ALL = "1000000";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Rig rig;
  private final Jdk jdk;
  private final Path home;

  Memory(Rig rig, Jdk jdk, Path home) {
    this.rig = rig;
    this.jdk = jdk;
    this.home = home;
  }

  /** Runs a command to its end. */
  public Child run(String... arguments) {
    Child child =
        rig.java("engram " + String.join(" ", arguments), jdk)
            .environment("ENGRAM_HOME", home.toString())
            .options("-XX:TieredStopAtLevel=1", "-Xmx1g")
            .commandLine(arguments)
            .start();
    child.awaitExit();
    return child;
  }

  /** Every SERVER span. */
  public Requests requests() {
    return new Requests(lines("requests", "--json", "--limit", ALL));
  }

  /** The SERVER spans of one status. */
  public Requests requests(String status) {
    return new Requests(lines("requests", "--status", status, "--json", "--limit", ALL));
  }

  /** Waits until a running collector has taken in this many requests. */
  public Memory awaitRequests(int count) {
    await(count + " requests are remembered")
        .atMost(PATIENCE)
        .pollInterval(PAUSE)
        .until(() -> requests().count() >= count);
    return this;
  }

  /** Waits until a running collector has stored this many records of any kind. */
  public Memory awaitStored(int count) {
    await(count + " records are stored")
        .atMost(PATIENCE)
        .pollInterval(PAUSE)
        .until(() -> status().path("total").path("stored").asInt() >= count);
    return this;
  }

  /** Error groups, most frequent first. */
  public List<JsonNode> errors() {
    return lines("errors", "--json", "--limit", ALL);
  }

  /** Where exceptions were thrown and swallowed, the application's code first. */
  public List<JsonNode> swallowed() {
    return lines("errors", "--swallowed", "--json", "--limit", ALL);
  }

  /** What is worth a look. */
  public List<JsonNode> insights() {
    return lines("insights", "--json", "--limit", ALL);
  }

  /** What was worth a look in this time. */
  public List<JsonNode> insightsBetween(Instant begin, Instant end) {
    return lines(
        "insights",
        "--since",
        begin.toString(),
        "--until",
        end.toString(),
        "--json",
        "--limit",
        ALL);
  }

  /** What the latest version of the only service changed. */
  public List<JsonNode> changes() {
    return lines("compare", "--json", "--limit", ALL);
  }

  /** Every call of a model. */
  public List<JsonNode> aiCalls() {
    return lines("ai", "calls", "--json", "--limit", ALL);
  }

  /**
   * The only summary of this listing whose JSON has this text.
   *
   * @param listing such as {@code decisions}
   */
  public JsonNode summary(String text, String listing) {
    List<JsonNode> found =
        lines(listing, "--json").stream().filter(it -> it.toString().contains(text)).toList();
    assertThat(found).as("%s of %s", text, listing).hasSize(1);
    return found.get(0);
  }

  /** Every decision, latest first. */
  public List<JsonNode> decisions() {
    return lines("decisions", "list", "--json", "--limit", ALL);
  }

  /** What was measured, each metric summed up. */
  public List<JsonNode> metrics() {
    return lines("metrics", "--json");
  }

  /** The whole of one trace. */
  public Trace trace(String traceId) {
    return new Trace(lines("show", traceId, "--json"));
  }

  /** The whole of one trace, as text. */
  public String shown(String traceId) {
    Child child = run("show", traceId, "--json");
    assertSucceeded(child);
    return String.join("\n", child.out());
  }

  public JsonNode status() {
    return lines("status", "--json").get(0);
  }

  /** How many records were given up for this reason, of all instances. */
  public int shed(String reason) {
    return status().path("total").path("shed").path(reason).asInt();
  }

  /**
   * Takes in what ended services left behind, without a running collector. A folder whose owner was
   * killed is adopted once its heartbeat is old, so this may take several rounds.
   */
  public Memory drain() {
    await("every instance folder is taken in")
        .atMost(PATIENCE)
        .pollInterval(PAUSE)
        .until(
            () -> {
              if (!instanceFolders().isEmpty()) {
                assertSucceeded(run("collect", "--once"));
              }
              return instanceFolders().isEmpty();
            });
    return this;
  }

  /** Drains, then demands that every sum holds and nothing is on its way. */
  public void assertSettled() {
    drain();
    Child status = run("status", "--json", "--settled");
    assertSucceeded(status);
    JsonNode total = parse(status.out().get(0)).path("total");
    assertThat(total.path("in_ring").asLong(-1)).as("in_ring").isZero();
    assertThat(total.path("in_queue").asLong(-1)).as("in_queue").isZero();
    assertThat(total.path("malformed").asLong(-1)).as("malformed").isZero();
  }

  /** What a command answers, an object a line. */
  public List<JsonNode> lines(String... arguments) {
    Child child = run(arguments);
    assertSucceeded(child);
    return child.out().stream().map(Memory::parse).toList();
  }

  private static void assertSucceeded(Child child) {
    assertThat(child.awaitExit()).as(child::describe).isZero();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException broken) {
      throw new AssertionError("not JSON: " + line, broken);
    }
  }

  private List<Path> instanceFolders() {
    Path instances = home.resolve("instances");
    if (!Files.isDirectory(instances)) {
      return new ArrayList<>();
    }
    try (Stream<Path> folders = Files.list(instances)) {
      return folders.toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
