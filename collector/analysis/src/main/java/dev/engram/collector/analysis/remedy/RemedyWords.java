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
      words.add(treated(evidence.treated()));
      words.add(
          String.format(
              Locale.ROOT,
              "Waiting added %d ms to a treated episode, on average",
              TimeUnit.NANOSECONDS.toMillis(evidence.addedNanos())));
    }
    if (evidence.control() > 0) {
      words.add(evidence.control() + " episodes were left alone to be compared with, and failed");
    }
    if (evidence.observed() > 0) {
      words.add(evidence.observed() + " episodes failed while nothing was to be done about them");
    }
    return words;
  }

  private static String verdict(JudgedRemedy remedy) {
    Evidence evidence = remedy.evidence();
    return switch (remedy.state()) {
      case OBSERVED -> observed(remedy);
      case TRIAL ->
          String.format(
              Locale.ROOT,
              "On trial: half of the episodes are treated until their outcomes are %.0f times"
                  + " likelier if it resolves nine of ten than if it resolves one of two; they are"
                  + " %.1f times",
              Evidence.ENOUGH,
              evidence.helps());
      case ACTIVE ->
          String.format(
              Locale.ROOT,
              "Active: the outcomes are %.0f times likelier if it resolves nine of ten than if it"
                  + " resolves one of two, and %.0f were asked for",
              Math.min(evidence.helps(), 1e6),
              Evidence.ENOUGH);
      case WITHDRAWN ->
          String.format(
              Locale.ROOT,
              "Withdrawn: the latest outcomes are %.0f times likelier if it resolves one of fifty"
                  + " than if it resolves one of five; it may be tried again after an hour, or when"
                  + " a person approves it",
              evidence.fails());
    };
  }

  private static String observed(JudgedRemedy remedy) {
    if (remedy.isApplied()) {
      return "Observed: it goes to trial where a service heals (engram heal on)";
    }
    return remedy.unclear()
        ? "Observed: nobody knows whether such a failure passes, so a person has to say that it may"
            + " be tried (engram remedies approve "
            + remedy.label()
            + ")"
        : "Observed: it is tried once the failure has come " + Evidence.REPEATED + " times";
  }

  private static String treated(Proportion treated) {
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
