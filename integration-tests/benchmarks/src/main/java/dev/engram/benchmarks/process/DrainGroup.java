package dev.engram.benchmarks.process;

import dev.engram.benchmarks.machine.Jdk;
import dev.engram.benchmarks.measure.Goal;
import dev.engram.benchmarks.measure.Group;
import dev.engram.benchmarks.measure.Plan;
import dev.engram.benchmarks.measure.Plot;
import dev.engram.benchmarks.measure.Quantity;
import dev.engram.benchmarks.measure.Section;
import dev.engram.benchmarks.measure.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How fast one collector stores what has piled up. */
public final class DrainGroup implements Group {
  private static final Pattern STORED = Pattern.compile("^stored in (\\d+)$");
  private static final Pattern DRAINED = Pattern.compile("^drained in (\\d+)$");
  private static final long RECORDS = 500_000;
  private static final long QUICK = 5_000;

  /** Far below what the writer moves, so that nothing is shed on a busy machine either. */
  private static final long RATE = 20_000;

  private static final String MIX = "the mix";
  private static final String WITH_BEGUN = "with begun notes";
  private static final Quantity SPEED = new Quantity("stored", "records/s");
  private static final Quantity INDEXED = new Quantity("stored and indexed", "records/s");
  private static final Quantity SIZE = new Quantity("on disk", "bytes/record");

  @Override
  public String name() {
    return "drain";
  }

  @Override
  public Section measure(Plan plan) throws Exception {
    Table table =
        new Table("Drain rate", "records", List.of(MIX, WITH_BEGUN), List.of(SPEED, INDEXED, SIZE))
            .goal(Goal.atLeast("drain rate, one collector, SQLite", MIX, SPEED, 50_000))
            .note("With begun notes each request and AI call is two records, as under the agent.");
    Launch launch = new Launch(plan);
    Map<String, Path> prepared = new LinkedHashMap<>();
    prepared.put(MIX, prepare(plan, launch, false));
    prepared.put(WITH_BEGUN, prepare(plan, launch, true));
    for (int round = 0; round < plan.rounds(); round++) {
      for (Map.Entry<String, Path> arm : plan.shuffled(List.copyOf(prepared.entrySet()))) {
        table.addRound(arm.getKey(), once(plan, launch, arm.getValue()));
      }
    }
    return new Section(
            "Drain rate",
            "A service that ended left at least %,d records in its queue: 70%% SQL, 20%% requests"
                    .formatted(RECORDS)
                + " with a body of 2 KiB, 7% methods, 2% exceptions over 200 stacks, 1% AI calls of"
                + " 8 KiB. `engram collect --once` stores them in a new SQLite file, in a JVM that"
                + " has just started; its start is not counted, but it runs cold code at first."
                + " Stored is what can be queried and searched; the words of its texts are indexed"
                + " when the last record is stored. All records must be stored, or the group"
                + " fails.")
        .add(table)
        .add(new Plot("drain", "Drain rate", table, List.of(SPEED), false));
  }

  private static Path prepare(Plan plan, Launch launch, boolean begun) throws Exception {
    Path home = launch.freshHome();
    long records = plan.quick() ? QUICK : RECORDS;
    try (Child service = launch.mix(plan.jdks().get(0), home, records, RATE, begun)) {
      service.awaitSuccess();
    }
    return home;
  }

  private static double[] once(Plan plan, Launch launch, Path prepared) throws Exception {
    Jdk jdk = plan.jdks().get(0);
    Path home = copy(prepared, launch.freshHome());
    try (Child drain = launch.drainOnce(jdk, home)) {
      double seconds = seconds(drain, STORED);
      double indexed = seconds(drain, DRAINED);
      drain.awaitSuccess();
      try (Stored stored = Stored.open(home)) {
        stored.requireAll();
        double records = stored.records();
        return new double[] {records / seconds, records / indexed, Stored.bytes(home) / records};
      }
    }
  }

  private static double seconds(Child drain, Pattern line) throws InterruptedException {
    return Long.parseLong(drain.awaitLine(line).group(1)) / 1e9;
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path each : tree.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return to;
  }
}
