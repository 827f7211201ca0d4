package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.Period;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Losses, summed: as the line under an answer that lacks them, and as JSON. */
public final class LossView {
  private static final Comparator<Loss> BY_SUM =
      Comparator.comparing(Loss::service).thenComparing(Loss::term).thenComparing(Loss::reason);

  private LossView() {}

  /**
   * Such as {@code incomplete: 12 shed (ring_full) at 14:02; see: engram status}.
   *
   * @param losses at least one
   */
  public static String line(List<Loss> losses, ZoneId zone, long nowEpochNanos) {
    Map<String, Long> counts = new TreeMap<>();
    losses.forEach(loss -> counts.merge(name(loss), loss.count(), Long::sum));
    StringJoiner terms = new StringJoiner(", ");
    counts.forEach((name, count) -> terms.add(Units.count(count) + " " + name));
    return "incomplete: " + terms + time(period(losses), zone, nowEpochNanos);
  }

  private static String name(Loss loss) {
    return loss.reason().isEmpty() ? loss.term() : loss.term() + " (" + loss.reason() + ")";
  }

  private static String time(Period period, ZoneId zone, long nowEpochNanos) {
    String since = Units.minute(period.sinceEpochNanos(), zone, nowEpochNanos);
    String until = Units.minute(period.untilEpochNanos(), zone, nowEpochNanos);
    String time = since.equals(until) ? " at " + until : " between " + since + " and " + until;
    return time + "; see: engram status";
  }

  private static Period period(List<Loss> losses) {
    long since = Long.MAX_VALUE;
    long until = Long.MIN_VALUE;
    for (Loss loss : losses) {
      since = Math.min(since, loss.period().sinceEpochNanos());
      until = Math.max(until, loss.period().untilEpochNanos());
    }
    return new Period(since, until);
  }

  /** The member {@code losses}: one sum for each service, term and reason. */
  static void member(JsonGenerator json, List<Loss> losses) throws IOException {
    Map<List<String>, List<Loss>> sums = new LinkedHashMap<>();
    losses.stream()
        .sorted(BY_SUM)
        .forEach(
            loss ->
                sums.computeIfAbsent(
                        List.of(loss.service(), loss.term(), loss.reason()),
                        sum -> new ArrayList<>())
                    .add(loss));
    json.writeArrayFieldStart("losses");
    for (List<Loss> sum : sums.values()) {
      sum(json, sum);
    }
    json.writeEndArray();
  }

  private static void sum(JsonGenerator json, List<Loss> losses) throws IOException {
    Loss first = losses.get(0);
    Period period = period(losses);
    json.writeStartObject();
    json.writeStringField("service", first.service());
    json.writeStringField("term", first.term());
    if (!first.reason().isEmpty()) {
      json.writeStringField("reason", first.reason());
    }
    json.writeNumberField("count", losses.stream().mapToLong(Loss::count).sum());
    json.writeStringField("since", Units.rfc3339(period.sinceEpochNanos()));
    json.writeStringField("until", Units.rfc3339(period.untilEpochNanos()));
    json.writeEndObject();
  }
}
