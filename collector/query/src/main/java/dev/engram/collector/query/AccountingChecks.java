package dev.engram.collector.query;

import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.ProducerCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks books against the sums they must hold. Pure. */
final class AccountingChecks {
  private AccountingChecks() {}

  static List<String> impossible(Accounting books) {
    List<String> findings = new ArrayList<>();
    terms(books)
        .forEach(
            (term, value) -> {
              if (value < 0) {
                findings.add(term + " is " + value + ", which cannot be");
              }
            });
    return findings;
  }

  static List<String> unsettled(Accounting books) {
    ProducerCounts producer = books.producer();
    List<String> findings = new ArrayList<>();
    check(
        findings,
        "offered",
        producer.offered(),
        of(
            "written",
            producer.written(),
            "shed",
            sum(producer.shed()),
            "abandoned",
            producer.abandoned()));
    check(
        findings,
        "written",
        producer.written(),
        of("queued", producer.queued(), "in_ring", producer.inRing()));
    check(
        findings,
        "queued",
        producer.queued(),
        of("read", books.read(), "in_queue", producer.inQueue(), "dropped", sum(books.dropped())));
    check(
        findings,
        "read",
        books.read(),
        of("decoded", books.decoded(), "malformed", books.malformed()));
    check(findings, "decoded", books.decoded(), decodedParts(books));
    checkCollected(findings, "in_ring", producer.inRing());
    checkCollected(findings, "in_queue", producer.inQueue());
    return findings;
  }

  /** While a folder exists, what lies in it is what the other terms leave: that proves no sum. */
  private static void checkCollected(List<String> findings, String term, long value) {
    if (value > 0) {
      findings.add(term + " " + value + " is not collected yet");
    }
  }

  private static Map<String, Long> decodedParts(Accounting books) {
    Map<String, Long> parts = of("stored", books.stored(), "joined", books.joined());
    parts.put("duplicate", books.duplicate());
    parts.put("rejected", books.rejected());
    parts.put("pending", books.pending());
    return parts;
  }

  private static void check(
      List<String> findings, String whole, long value, Map<String, Long> parts) {
    if (sum(parts) == value) {
      return;
    }
    List<String> terms = new ArrayList<>();
    parts.forEach((term, part) -> terms.add(term + " " + part));
    findings.add(whole + " " + value + " is not " + String.join(" + ", terms));
  }

  private static Map<String, Long> terms(Accounting books) {
    ProducerCounts producer = books.producer();
    Map<String, Long> terms = of("offered", producer.offered(), "written", producer.written());
    producer.shed().forEach((reason, count) -> terms.put("shed " + reason, count));
    terms.put("abandoned", producer.abandoned());
    terms.put("queued", producer.queued());
    terms.put("in_ring", producer.inRing());
    terms.put("read", books.read());
    terms.put("in_queue", producer.inQueue());
    books.dropped().forEach((reason, count) -> terms.put("dropped " + reason, count));
    terms.put("decoded", books.decoded());
    terms.put("malformed", books.malformed());
    terms.putAll(decodedParts(books));
    return terms;
  }

  private static Map<String, Long> of(Object... termsAndValues) {
    Map<String, Long> map = new LinkedHashMap<>();
    for (int i = 0; i < termsAndValues.length; i += 2) {
      map.put((String) termsAndValues[i], (Long) termsAndValues[i + 1]);
    }
    return map;
  }

  private static long sum(Map<String, Long> parts) {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }
}
