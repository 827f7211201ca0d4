package dev.engram.collector.analysis.remedy;

import dev.engram.collector.analysis.Proportion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Why a remedy is what it is, in plain words. Pure. */
public final class RemedyWords {
  /** What each decision on a remedy is called. */
  public static final String DECISION = "engram.remedy";

  private RemedyWords() {}

  /** One sentence each; the first says what follows. */
  public static List<String> of(JudgedRemedy remedy) {
    Evidence evidence = remedy.evidence();
    List<String> words = new ArrayList<>();
    words.add(verdict(remedy));
    if (evidence.treated().of() > 0) {
      words.add(treated(remedy.kind(), evidence));
    }
    if (evidence.probes().of() > 0) {
      words.add(
          evidence.probes().count()
              + " of "
              + evidence.probes().of()
              + " requests that were let through to see failed as well, so that nothing was lost by"
              + " failing others at once");
    }
    if (evidence.addedNanos() > 0) {
      words.add(
          String.format(
              Locale.ROOT,
              "Waiting added %d ms to a treated episode, on average",
              TimeUnit.NANOSECONDS.toMillis(evidence.addedNanos())));
    }
    if (evidence.control() > 0) {
      words.add(
          evidence.control()
              + " episodes were left alone to be compared with"
              + (isOfAPool(remedy) ? "" : ", and failed"));
    }
    if (evidence.observed() > 0) {
      words.add(
          evidence.observed()
              + (isOfAPool(remedy) ? " episodes were seen" : " episodes failed")
              + " while nothing was to be done about them");
    }
    return words;
  }

  private static String verdict(JudgedRemedy remedy) {
    Evidence evidence = remedy.evidence();
    String does = does(remedy.kind());
    return switch (remedy.state()) {
      case OBSERVED -> observed(remedy);
      case TRIAL ->
          String.format(
              Locale.ROOT,
              "On trial: half of the episodes are treated until their outcomes are %1$.0f times"
                  + " likelier if it %3$s nine of ten than if it %3$s one of two; they are"
                  + " %2$.1f times",
              Evidence.ENOUGH,
              evidence.helps(),
              does);
      case ACTIVE ->
          String.format(
              Locale.ROOT,
              "Active: the outcomes are %1$.0f times likelier if it %3$s nine of ten than if it"
                  + " %3$s one of two, and %2$.0f were asked for",
              Math.min(evidence.helps(), 1e6),
              Evidence.ENOUGH,
              does);
      case WITHDRAWN ->
          String.format(
              Locale.ROOT,
              "Withdrawn: the latest outcomes are %1$.0f times likelier if it %2$s %3$s"
                  + " than if it %2$s %4$s; it may be tried again %5$s",
              evidence.fails(),
              does,
              isOfAPool(remedy) ? "one of two" : "one of fifty",
              isOfAPool(remedy) ? "nine of ten" : "one of five",
              remedy.kind().isForAPerson()
                  ? "when a person approves it"
                  : "after an hour, or when a person approves it");
    };
  }

  /** Before "nine of ten". */
  private static String does(RemedyKind kind) {
    return switch (kind) {
      case FALLBACK -> "masks";
      case BREAKER -> "is right about";
      case RETRY, RESIZE, OTHER -> "resolves";
    };
  }

  private static String observed(JudgedRemedy remedy) {
    if (remedy.kind() == RemedyKind.OTHER) {
      return "Observed: it is of a kind that this version does not know, so nothing is applied";
    }
    if (remedy.isApplied()) {
      return "Observed: it goes to trial where a service heals (engram heal on)";
    }
    if (remedy.waitsForAPerson()) {
      return "Observed: "
          + whyAPerson(remedy)
          + ", so a person has to say that it may be tried (engram remedies approve "
          + remedy.label()
          + ")";
    }
    return "Observed: it is tried once the failure has come " + Evidence.REPEATED + " times";
  }

  private static String whyAPerson(JudgedRemedy remedy) {
    if (remedy.unclear()) {
      return "nobody knows whether such a failure passes";
    }
    return remedy.kind() == RemedyKind.RESIZE
        ? "requests waited for a connection while none was used for longer than usual; twice as"
            + " many connections are something that the database has to bear"
        : "calls to a service that answers nothing but failures would fail at once, which"
            + " resolves none of them";
  }

  private static boolean isOfAPool(JudgedRemedy remedy) {
    return remedy.kind() == RemedyKind.RESIZE;
  }

  private static String treated(RemedyKind kind, Evidence evidence) {
    Proportion treated = evidence.treated();
    if (kind == RemedyKind.FALLBACK) {
      return String.format(
          Locale.ROOT,
          "%d of %d treated episodes were given an older answer in place of the failure: they are"
              + " masked, and none is resolved",
          evidence.masked(),
          treated.of());
    }
    if (kind == RemedyKind.BREAKER) {
      return treated.of() + " calls failed at once and were not made";
    }
    if (kind == RemedyKind.RESIZE) {
      return String.format(
          Locale.ROOT,
          "%d of %d times that the pool was made larger nobody waited any more, and connections were"
              + " used for no longer; else it had its own size back at once",
          treated.count(),
          treated.of());
    }
    return String.format(
        Locale.ROOT,
        "%d of %d treated episodes ended well: %.0f%%, and with 95%% probability between %.0f%% and"
            + " %.0f%% of them do",
        treated.count(),
        treated.of(),
        100 * treated.rate(),
        100 * treated.low(),
        100 * treated.high());
  }
}
