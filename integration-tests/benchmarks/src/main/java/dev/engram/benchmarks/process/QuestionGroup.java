package dev.engram.benchmarks.process;

import dev.engram.benchmarks.machine.Jdk;
import dev.engram.benchmarks.measure.Goal;
import dev.engram.benchmarks.measure.Group;
import dev.engram.benchmarks.measure.Plan;
import dev.engram.benchmarks.measure.Plot;
import dev.engram.benchmarks.measure.Quantity;
import dev.engram.benchmarks.measure.Section;
import dev.engram.benchmarks.measure.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long somebody who asks a small question waits for the answer. */
public final class QuestionGroup implements Group {
  private static final long RECORDS = 20_000;
  private static final long QUICK = 1_000;
  private static final long RATE = 10_000;

  private static final String JVM = "java -version";
  private static final String JAR = "java -jar engram.jar requests";
  private static final String EXECUTABLE = "engram requests";
  private static final Quantity WALL = new Quantity("answered after", "ms");

  @Override
  public String name() {
    return "question";
  }

  @Override
  public Section measure(Plan plan) throws Exception {
    Section section =
        new Section(
            "A small question",
            "`engram requests` on a memory of %,d records, from the start of the process to its"
                    .formatted(RECORDS)
                + " end; each way of asking ran once before, so that its files are in memory and the"
                + " executable has its archive of classes. `java -version` is the JVM alone.");
    Path home = remember(plan);
    for (Jdk jdk : Arm.jdks(plan)) {
      Table table = table(plan, jdk, home);
      section.add(table);
      section.add(
          new Plot("question-" + jdk.feature(), table.title(), table, List.of(WALL), false));
    }
    return section;
  }

  private static Path remember(Plan plan) throws Exception {
    Launch launch = new Launch(plan);
    Path home = launch.freshHome();
    Jdk jdk = plan.jdks().get(0);
    try (Child service = launch.mix(jdk, home, plan.quick() ? QUICK : RECORDS, RATE, true)) {
      service.awaitSuccess();
    }
    try (Child drain = launch.drainOnce(jdk, home)) {
      drain.awaitSuccess();
    }
    return home;
  }

  private static Table table(Plan plan, Jdk jdk, Path home) throws Exception {
    Map<String, List<String>> arms = arms(plan, jdk);
    Table table =
        new Table(
                "A small question, " + jdk.label(),
                "asked by",
                List.copyOf(arms.keySet()),
                List.of(WALL))
            .comparedWith(JVM)
            .goal(Goal.atMost("small question, " + jdk.label(), EXECUTABLE, WALL, 300));
    for (List<String> command : arms.values()) {
      once(plan, home, command);
    }
    for (int round = 0; round < plan.rounds(); round++) {
      for (Map.Entry<String, List<String>> arm : plan.shuffled(List.copyOf(arms.entrySet()))) {
        table.addRound(arm.getKey(), once(plan, home, arm.getValue()));
      }
    }
    return table;
  }

  private static Map<String, List<String>> arms(Plan plan, Jdk jdk) {
    String jar = plan.root().resolve("cli/target/engram.jar").toString();
    String executable = plan.root().resolve("cli/target/engram").toString();
    Map<String, List<String>> arms = new LinkedHashMap<>();
    arms.put(JVM, List.of(jdk.java(), "-version"));
    arms.put(JAR, List.of(jdk.java(), "-jar", jar, "requests"));
    List<String> asked = new ArrayList<>(List.of("env", "JAVA_HOME=" + jdk.home()));
    asked.add("XDG_CACHE_HOME=" + plan.work().resolve("cache"));
    asked.addAll(List.of(executable, "requests"));
    arms.put(EXECUTABLE, asked);
    return arms;
  }

  private static double once(Plan plan, Path home, List<String> command) throws Exception {
    long started = System.nanoTime();
    try (Child question = Child.start(plan.work(), home, command)) {
      question.awaitSuccess();
      return Units.millis(System.nanoTime() - started);
    }
  }
}
