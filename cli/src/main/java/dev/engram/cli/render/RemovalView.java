package dev.engram.cli.render;

import dev.engram.collector.store.Removed;
import dev.engram.collector.store.Retention;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What was taken out of a memory, or would be. */
public final class RemovalView {
  private RemovalView() {}

  /** Such as {@code took out 12 records: 10 spans, 2 exceptions}. */
  public static String line(boolean dryRun, Map<String, Long> rows) {
    long all = rows.values().stream().mapToLong(Long::longValue).sum();
    String what = all == 1 ? " record" : " records";
    if (all == 0) {
      return dryRun ? "nothing would go" : "there was nothing to take out";
    }
    return (dryRun ? "would take out " : "took out ")
        + Units.count(all)
        + what
        + ": "
        + kinds(rows);
  }

  /** Such as {@code ; beyond 10.0 GiB the oldest would go}. */
  public static String limit(long maxBytes) {
    return maxBytes == 0 ? "" : "; beyond " + Units.bytes(maxBytes) + " the oldest would go";
  }

  /** Such as {@code 30 days (errors, AI, decisions 180 days) and 10.0 GiB at most}. */
  public static String kept(Retention retention) {
    String most = retention.maxBytes() == 0 ? "" : Units.bytes(retention.maxBytes()) + " at most";
    if (retention.age().isZero()) {
      return most.isEmpty() ? "everything" : most;
    }
    return age(retention.age())
        + " (errors, AI, decisions "
        + age(retention.lastingAge())
        + "; sums of requests "
        + age(retention.rollupAge())
        + ")"
        + (most.isEmpty() ? "" : " and " + most);
  }

  private static String age(Duration age) {
    if (age.isZero()) {
      return "always";
    }
    return age.toDays() > 0 ? age.toDays() + " days" : age.toHours() + " hours";
  }

  /** One line for each reason, such as {@code age 1,200 (1,000 spans, 200 exceptions)}. */
  public static List<String> reasons(List<Removed> removed) {
    Map<String, Map<String, Long>> byReason = new LinkedHashMap<>();
    for (Removed it : removed) {
      byReason
          .computeIfAbsent(it.reason(), absent -> new LinkedHashMap<>())
          .put(it.kind(), it.count());
    }
    return byReason.entrySet().stream()
        .map(
            it ->
                it.getKey()
                    + " "
                    + Units.count(it.getValue().values().stream().mapToLong(n -> n).sum())
                    + " ("
                    + kinds(it.getValue())
                    + ")")
        .toList();
  }

  /** With the store's size before and after. */
  public static String json(
      boolean dryRun, Map<String, Long> rows, long bytesBefore, long bytesAfter) {
    return JsonLines.line(
        json -> {
          json.writeBooleanField("dry_run", dryRun);
          JsonLines.map(json, "removed", rows);
          json.writeNumberField("bytes_before", bytesBefore);
          json.writeNumberField("bytes", bytesAfter);
        });
  }

  /** With whether what waited in queues was there too. */
  public static String json(boolean dryRun, Map<String, Long> rows, boolean whole) {
    return JsonLines.line(
        json -> {
          json.writeBooleanField("dry_run", dryRun);
          JsonLines.map(json, "removed", rows);
          json.writeBooleanField("complete", whole);
        });
  }

  private static String kinds(Map<String, Long> rows) {
    return rows.entrySet().stream()
        .map(it -> Units.count(it.getValue()) + " " + it.getKey().replace('_', ' '))
        .collect(Collectors.joining(", "));
  }
}
