package dev.engram.benchmarks;

import dev.engram.benchmarks.load.BlockGroup;
import dev.engram.benchmarks.load.LoadGroup;
import dev.engram.benchmarks.machine.Jdk;
import dev.engram.benchmarks.machine.Jdks;
import dev.engram.benchmarks.measure.Group;
import dev.engram.benchmarks.measure.Plan;
import dev.engram.benchmarks.measure.Section;
import dev.engram.benchmarks.micro.MicroGroup;
import dev.engram.benchmarks.process.DrainGroup;
import dev.engram.benchmarks.process.HelloGroup;
import dev.engram.benchmarks.process.IdleGroup;
import dev.engram.benchmarks.process.QueryableGroup;
import dev.engram.benchmarks.process.QuestionGroup;
import dev.engram.benchmarks.process.ShopGroup;
import dev.engram.benchmarks.report.Report;
import dev.engram.benchmarks.store.LargeStoreGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures and writes the report. Exit code 1 when a group failed; the report then says why. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures what remembering costs and writes docs/benchmarks.md.")
public final class Benchmarks implements Callable<Integer> {
  private static final List<Group> GROUPS =
      List.of(
          new MicroGroup(),
          new LoadGroup(),
          new BlockGroup(),
          new HelloGroup(),
          new ShopGroup(),
          new IdleGroup(),
          new QueryableGroup(),
          new DrainGroup(),
          new QuestionGroup(),
          new LargeStoreGroup());
  private static final List<Integer> FEATURES = List.of(17, 25);

  @Spec private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = "Only this group; may be repeated: ${COMPLETION-CANDIDATES}.",
      completionCandidates = GroupNames.class)
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "How often each arm is measured (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--quick", description = "One short round: shows that everything runs.")
  private boolean quick;

  @Option(
      names = "--seed",
      description = "Draws the order of the arms again; a run prints the one it took.")
  private @Nullable Long seed;

  @Option(
      names = "--root",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "The checkout (default: the current folder).")
  private Path root = Path.of(".");

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "The page to write (default: docs/benchmarks.md of the checkout).")
  private @Nullable Path report;

  private Benchmarks() {}

  public static void main(String[] arguments) {
    System.setProperty("java.awt.headless", "true");
    System.exit(new CommandLine(new Benchmarks()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    refuseUnknownGroups();
    Path work = Files.createTempDirectory("engram-benchmarks");
    try {
      Plan plan = plan(work);
      Map<String, String> facts = Report.facts(plan);
      List<Section> sections = new ArrayList<>();
      boolean allMeasured = measure(plan, sections);
      Path page = report == null ? plan.root().resolve("docs/benchmarks.md") : report;
      new Report(page, facts).write(plan, sections);
      plan.progress("wrote " + page);
      return allMeasured ? 0 : 1;
    } finally {
      Folders.remove(work);
    }
  }

  private void refuseUnknownGroups() {
    List<String> known = new GroupNames();
    for (String name : only) {
      if (!known.contains(name)) {
        throw new CommandLine.ParameterException(
            command.commandLine(), "no group " + name + ": choose from " + known);
      }
    }
  }

  private Plan plan(Path work) {
    long drawn = seed == null ? new Random().nextInt(1_000_000) : seed;
    System.out.println("order of the arms: --seed " + drawn);
    List<Jdk> jdks = FEATURES.stream().map(Jdks::find).flatMap(Optional::stream).toList();
    if (jdks.isEmpty()) {
      throw new IllegalStateException("no JDK 17 or 25 found: name one with JAVA_HOME_17_X64");
    }
    return new Plan(
        root.toAbsolutePath().normalize(),
        jdks,
        quick ? 1 : rounds,
        quick,
        work,
        new Random(drawn));
  }

  /** Whether every group could be measured. */
  private boolean measure(Plan plan, List<Section> sections) {
    boolean allMeasured = true;
    for (Group group : GROUPS) {
      if (only.isEmpty() || only.contains(group.name())) {
        plan.progress("measuring " + group.name());
        try {
          sections.add(group.measure(plan));
        } catch (Exception failure) {
          allMeasured = false;
          System.err.println(group.name() + " failed: " + failure);
          sections.add(new Section(group.name(), "This group failed.").missing(failure.toString()));
        }
      }
    }
    return allMeasured;
  }

  /** For {@code --help}. */
  private static final class GroupNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    GroupNames() {
      GROUPS.forEach(group -> add(group.name()));
    }
  }
}
