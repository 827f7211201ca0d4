package dev.engram.cli.render;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.engram.cli.render.Table.Cell;
import dev.engram.cli.render.Table.Layout;
import dev.engram.collector.query.AccountingReport;
import dev.engram.collector.query.InstanceAccounting;
import dev.engram.collector.store.Accounting;
import dev.engram.collector.store.Loss;
import dev.engram.collector.store.ProducerCounts;
import dev.engram.collector.store.Removed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The books: as sums people can check, and as JSON. */
public final class AccountingView {
  private AccountingView() {}

  public static void print(AccountingReport report, Terminal terminal) {
    Table table =
        new Table()
            .column("INSTANCE", Layout.LEFT)
            .column("STATE", Layout.LEFT)
            .column("OFFERED", Layout.RIGHT)
            .column("STORED", Layout.RIGHT)
            .column("WAITING", Layout.RIGHT)
            .column("LOST", Layout.RIGHT);
    for (InstanceAccounting instance : report.instances()) {
      row(table, instance, terminal.style());
    }
    table.print(terminal);
    report.instances().forEach(instance -> damage(instance, terminal));
    terminal.out().println();
    sums(report.total()).forEach(terminal.out()::println);
  }

  private static void damage(InstanceAccounting instance, Terminal terminal) {
    if (instance.damage() != null) {
      String line = instance.name() + ": " + instance.damage();
      terminal.out().println("damaged: " + SafeText.of(line) + "; see: engram quarantine");
    }
  }

  private static void row(Table table, InstanceAccounting instance, Style style) {
    Accounting books = instance.accounting();
    ProducerCounts producer = books.producer();
    long lost =
        sum(producer.shed())
            + producer.abandoned()
            + sum(books.dropped())
            + books.malformed()
            + books.rejected();
    table.row(
        Cell.of(instance.name()),
        Cell.of(instance.state().label(), style::dim),
        Cell.of(Units.count(producer.offered())),
        Cell.of(Units.count(books.stored())),
        Cell.of(Units.count(waiting(books) + books.pending())),
        Cell.of(Units.count(lost), lost == 0 ? text -> text : style::red));
  }

  /** How many records no collector has taken yet. */
  public static long waiting(Accounting books) {
    return books.producer().inRing() + books.producer().inQueue();
  }

  /** Every sum of the promise with its values, one a line. */
  public static List<String> sums(Accounting books) {
    ProducerCounts producer = books.producer();
    List<String> sums = new ArrayList<>();
    sums.add(
        sum("offered", producer.offered(), "written", producer.written())
            + byReason("shed", producer.shed())
            + " + abandoned "
            + Units.count(producer.abandoned()));
    sums.add(
        sum("written", producer.written(), "queued", producer.queued())
            + " + in_ring "
            + Units.count(producer.inRing()));
    sums.add(
        sum("queued", producer.queued(), "read", books.read())
            + " + in_queue "
            + Units.count(producer.inQueue())
            + byReason("dropped", books.dropped()));
    sums.add(
        sum("read", books.read(), "decoded", books.decoded())
            + " + malformed "
            + Units.count(books.malformed()));
    sums.add(
        sum("decoded", books.decoded(), "stored", books.stored())
            + " + joined "
            + Units.count(books.joined())
            + " + duplicate "
            + Units.count(books.duplicate())
            + " + rejected "
            + Units.count(books.rejected())
            + " + pending "
            + Units.count(books.pending()));
    return sums;
  }

  private static String sum(String whole, long value, String part, long partValue) {
    return whole + " " + Units.count(value) + " = " + part + " " + Units.count(partValue);
  }

  private static String byReason(String term, Map<String, Long> reasons) {
    Map<String, Long> told = new TreeMap<>(reasons);
    told.values().removeIf(count -> count == 0);
    String details =
        told.isEmpty()
            ? ""
            : " " + SafeText.of(told.toString().replace('{', '(').replace('}', ')'));
    return " + " + term + " " + Units.count(sum(reasons)) + details;
  }

  /** The books, what was lost when, and what was taken out of the store, of so many bytes now. */
  public static String json(
      AccountingReport report, List<Loss> losses, long bytes, List<Removed> removed) {
    return JsonLines.line(
        json -> {
          json.writeObjectFieldStart("total");
          members(json, report.total());
          json.writeEndObject();
          json.writeArrayFieldStart("instances");
          for (InstanceAccounting instance : report.instances()) {
            instance(json, instance);
          }
          json.writeEndArray();
          LossView.member(json, losses);
          json.writeNumberField("store_bytes", bytes);
          json.writeArrayFieldStart("removed");
          for (Removed it : removed) {
            json.writeStartObject();
            json.writeStringField("reason", it.reason());
            json.writeStringField("kind", it.kind());
            json.writeNumberField("count", it.count());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void instance(JsonGenerator json, InstanceAccounting instance) throws IOException {
    json.writeStartObject();
    json.writeStringField("instance", instance.id().toString());
    json.writeStringField("service", instance.service());
    json.writeStringField("start", Units.rfc3339(instance.startedEpochNanos()));
    json.writeBooleanField("running", instance.running());
    json.writeStringField("state", instance.state().label());
    if (instance.damage() != null) {
      json.writeStringField("damaged", instance.damage());
    }
    members(json, instance.accounting());
    json.writeEndObject();
  }

  private static void members(JsonGenerator json, Accounting books) throws IOException {
    ProducerCounts producer = books.producer();
    json.writeNumberField("offered", producer.offered());
    json.writeNumberField("written", producer.written());
    JsonLines.map(json, "shed", new TreeMap<>(producer.shed()));
    json.writeNumberField("abandoned", producer.abandoned());
    json.writeNumberField("queued", producer.queued());
    json.writeNumberField("in_ring", producer.inRing());
    json.writeNumberField("read", books.read());
    json.writeNumberField("in_queue", producer.inQueue());
    JsonLines.map(json, "dropped", new TreeMap<>(books.dropped()));
    json.writeNumberField("decoded", books.decoded());
    json.writeNumberField("malformed", books.malformed());
    json.writeNumberField("stored", books.stored());
    json.writeNumberField("joined", books.joined());
    json.writeNumberField("duplicate", books.duplicate());
    json.writeNumberField("rejected", books.rejected());
    json.writeNumberField("pending", books.pending());
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
