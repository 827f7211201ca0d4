package dev.engram.benchmarks.report;

import dev.engram.benchmarks.machine.Machine;
import dev.engram.benchmarks.measure.Plan;
import dev.engram.benchmarks.measure.Plot;
import dev.engram.benchmarks.measure.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Writes the page, and beside it a folder of its name with the plots and every single value. */
public final class Report {
  private static final String COMMAND = "integration-tests/benchmarks/run";

  private final Path page;
  private final Map<String, String> facts;

  /**
   * @param page the Markdown file; what is there is replaced
   * @param facts of machine and tools, taken before the run
   */
  public Report(Path page, Map<String, String> facts) {
    this.page = page.toAbsolutePath();
    this.facts = facts;
  }

  /** The facts of this machine before a run. */
  public static Map<String, String> facts(Plan plan) {
    return Machine.facts(plan.jdks());
  }

  /** Writes all files. */
  public void write(Plan plan, List<Section> sections) throws IOException {
    String name = page.getFileName().toString().replaceFirst("\\.md$", "");
    Path folder = page.resolveSibling(name);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("rounds.csv"), Csv.of(sections));
    Files.writeString(page, text(plan, sections, name));
    for (Section section : sections) {
      for (Plot plot : section.plots()) {
        Svg.write(plot, folder.resolve(plot.file() + ".svg"));
      }
    }
  }

  private String text(Plan plan, List<Section> sections, String folder) {
    StringBuilder text = new StringBuilder(head(plan, folder));
    facts.forEach((fact, value) -> text.append("| " + fact + " | " + value + " |\n"));
    text.append('\n').append(Goals.markdown(sections));
    Markdown markdown = new Markdown(folder);
    sections.forEach(section -> text.append(markdown.section(section)));
    return text.toString().stripTrailing() + "\n";
  }

  private static String head(Plan plan, String folder) {
    return """
        # Benchmarks

        What remembering costs. One command measures everything and writes this page:

            %s

        `--help` lists its options; `--group` measures a part, `--quick` only shows that everything runs.%s

        Each arm is measured in %s, in a random order within each round, in processes of its own. A cell holds the
        median of the rounds and, in brackets, the lowest and the highest; ratios and differences are taken within a round
        before their median is. [%s/rounds.csv](%s/rounds.csv) has every single value.

        | measured on | %s |
        |---|---|
        """
        .formatted(
            COMMAND,
            plan.quick() ? "\n\n**This is a smoke run: its figures mean nothing.**" : "",
            plan.rounds() == 1 ? "one round" : plan.rounds() + " rounds",
            folder,
            folder,
            LocalDate.now(ZoneOffset.UTC));
  }
}
