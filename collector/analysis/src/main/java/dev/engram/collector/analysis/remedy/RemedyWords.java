package dev.engram.collector.analysis.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Why a remedy is what it is, in plain words. Pure. */
public final class RemedyWords {
  private RemedyWords() {}

  /** One sentence each; the first says what follows. */
  public static List<String> of(JudgedRemedy remedy) {
    Evidence evidence = remedy.evidence();
    KindWords kind = new KindWords(remedy.kind());
    List<String> words = new ArrayList<>();
    words.add(verdict(remedy, kind));
    if (evidence.treated().of() > 0) {
      words.add(kind.treated(evidence));
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
              "%s %d ms to %s, on average",
              kind.added(),
              TimeUnit.NANOSECONDS.toMillis(evidence.addedNanos()),
              kind.addedTo()));
    }
    if (evidence.control() > 0) {
      words.add(evidence.control() + " " + kind.control());
    }
    if (evidence.observed() > 0) {
      words.add(
          evidence.observed() + " " + kind.observed() + " while nothing was to be done about them");
    }
    return words;
  }

  private static String verdict(JudgedRemedy remedy, KindWords kind) {
    Evidence evidence = remedy.evidence();
    return switch (remedy.state()) {
      case OBSERVED -> observed(remedy, kind);
      case TRIAL ->
          String.format(
              Locale.ROOT,
              "On trial: %4$s until their outcomes are %1$.0f times"
                  + " likelier if it %3$s %5$s than if it %3$s %6$s; they are %2$.1f times",
              Evidence.ENOUGH,
              evidence.helps(),
              kind.does(),
              kind.trial(),
              kind.helpful(),
              kind.helpless());
      case ACTIVE ->
          String.format(
              Locale.ROOT,
              "Active: %6$s %1$.0f times likelier if it %3$s %4$s than if it %3$s %5$s, and"
                  + " %2$.0f were asked for",
              Math.min(evidence.helps(), 1e6),
              Evidence.ENOUGH,
              kind.does(),
              kind.helpful(),
              kind.helpless(),
              evidence.helps() < Evidence.ENOUGH
                  ? "it was shown to help, and the outcomes of the last days are"
                  : "the outcomes are");
      case WITHDRAWN ->
          String.format(
              Locale.ROOT,
              "Withdrawn: the latest outcomes are %1$.0f times likelier if it %2$s %3$s"
                  + " than if it %2$s %4$s; it may be tried again %5$s",
              evidence.fails(),
              kind.does(),
              kind.poor(),
              kind.good(),
              kind.again());
    };
  }

  private static String observed(JudgedRemedy remedy, KindWords kind) {
    if (remedy.kind() == RemedyKind.OTHER) {
      return "Observed: it is of a kind that this version does not know, so nothing is applied";
    }
    if (remedy.isApplied()) {
      return "Observed: it goes to trial where a service heals (engram heal on)";
    }
    if (remedy.waitsForAPerson()) {
      return "Observed: "
          + (remedy.unclear() ? "nobody knows whether such a failure passes" : kind.whyAPerson())
          + ", so a person has to say that it may be tried (engram remedies approve "
          + remedy.label()
          + ")";
    }
    return "Observed: it is tried once the failure has come " + Evidence.REPEATED + " times";
  }
}
