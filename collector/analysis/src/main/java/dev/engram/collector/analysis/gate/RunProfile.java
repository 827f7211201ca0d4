package dev.engram.collector.analysis.gate;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one run left in the memory, as far as it is compared with another. Lists are in an order
 * that is the same for the same run, so that files of them can be compared line by line.
 *
 * @param requests that ended
 * @param errors by their label
 * @param swallowed thrown and caught without a trace
 * @param timings of routes and statements
 * @param repetitions statements repeated below one span
 * @param secrets where secrets had to be hidden
 */
public record RunProfile(
    long requests,
    List<SeenError> errors,
    List<SeenThrow> swallowed,
    List<SeenTiming> timings,
    List<Repetition> repetitions,
    List<Secret> secrets,
    AiSpend ai) {
  /** Of a run that left nothing. */
  static final RunProfile EMPTY =
      new RunProfile(0, List.of(), List.of(), List.of(), List.of(), List.of(), AiSpend.NONE);

  public RunProfile {
    errors = List.copyOf(errors);
    swallowed = List.copyOf(swallowed);
    timings = List.copyOf(timings);
    repetitions = List.copyOf(repetitions);
    secrets = List.copyOf(secrets);
  }

  /** The same without messages of errors, which may hold what belongs in no repository. */
  public RunProfile withoutMessages() {
    return new RunProfile(
        requests,
        errors.stream().map(SeenError::withoutMessage).toList(),
        swallowed,
        timings,
        repetitions,
        secrets,
        ai);
  }

  /**
   * A group of errors.
   *
   * @param label its id, such as {@code E-0123456789ab}
   * @param services that had it, in alphabetical order
   * @param message of the latest one; empty where there is none or it was not kept
   */
  public record SeenError(
      String label, List<String> services, String type, String message, long count) {
    public SeenError {
      services = List.copyOf(services);
    }

    /** All of them, as people read it. */
    public String service() {
      return String.join(", ", services);
    }

    SeenError withoutMessage() {
      return new SeenError(label, services, type, "", count);
    }

    SeenError plus(SeenError other) {
      List<String> all =
          Stream.concat(services.stream(), other.services.stream()).distinct().sorted().toList();
      return new SeenError(label, all, type, message, count + other.count);
    }
  }

  /**
   * Exceptions of one type that were swallowed.
   *
   * @param site one of the application's methods in which they were; empty when none is known
   */
  public record SeenThrow(String service, String type, String site, long count) {
    SeenThrow plus(SeenThrow other) {
      return new SeenThrow(service, type, site.isEmpty() ? other.site : site, count + other.count);
    }
  }

  /** What is timed. */
  public enum Timed {
    ROUTE,
    STATEMENT
  }

  /**
   * How long a route or statement took.
   *
   * @param name of the request's span, or the statement's text
   */
  public record SeenTiming(Timed timed, String service, String name, Timing timing) {}

  /**
   * A statement that was executed again and again for one request.
   *
   * @param most executions below one span
   */
  public record Repetition(String service, String statement, long most) {
    Repetition orMore(Repetition other) {
      return most >= other.most ? this : other;
    }
  }

  /**
   * A place in which a secret came by.
   *
   * @param place such as {@code url.query of GET /login}
   */
  public record Secret(String service, String place) {}

  /**
   * What calls of models cost.
   *
   * @param unpriced calls whose cost is not known, of all
   */
  public record AiSpend(long calls, long unpriced, double costUsd) {
    static final AiSpend NONE = new AiSpend(0, 0, 0);

    AiSpend plus(AiSpend other) {
      return new AiSpend(calls + other.calls, unpriced + other.unpriced, costUsd + other.costUsd);
    }
  }
}
