package dev.engram.benchmarks.load;

import dev.engram.benchmarks.machine.JavaRun;
import dev.engram.benchmarks.machine.Jdk;
import dev.engram.benchmarks.measure.Group;
import dev.engram.benchmarks.measure.Plan;
import dev.engram.benchmarks.measure.Quantity;
import dev.engram.benchmarks.measure.Section;
import dev.engram.benchmarks.measure.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What the size of the queue's blocks means for memory and for the thread that appends. */
public final class BlockGroup implements Group {
  private static final List<Quantity> QUANTITIES =
      List.of(
          new Quantity("resident", "MB"),
          new Quantity("p50", "us"),
          new Quantity("p99", "us"),
          new Quantity("max", "us"));

  private static final int RECORDS = 800_000;
  private static final int FEW_RECORDS = 50_000;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final String METHOD =
      """
      One thread appends %,d records of 256 bytes to Chronicle Queue as fast as it can, 64 MB of heap: resident memory of the whole JVM
      at the end, and what one append takes. The agent's writer thread is the only one that pays the latter. On the oldest JDK only.
      """;

  @Override
  public String name() {
    return "blocks";
  }

  @Override
  public Section measure(Plan plan) throws IOException, InterruptedException {
    Jdk jdk = plan.jdks().get(0);
    List<String> arms = Arrays.stream(Block.values()).map(block -> block.label).toList();
    Table table = new Table("Queue blocks, " + jdk.label(), "block size", arms, QUANTITIES);
    for (int round = 1; round <= plan.rounds(); round++) {
      for (Block block : plan.shuffled(List.of(Block.values()))) {
        plan.progress("  round " + round + ": " + block.label);
        table.addRound(block.label, run(plan, jdk, block));
      }
    }
    return new Section("Queue blocks", METHOD.formatted(RECORDS)).add(table);
  }

  private static double[] run(Plan plan, Jdk jdk, Block block)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(plan.work(), "blocks");
    String records = String.valueOf(plan.quick() ? FEW_RECORDS : RECORDS);
    return new JavaRun(jdk, folder, List.of("-Xmx64m"))
        .numbers(
            QueueBlocks.class,
            List.of(String.valueOf(block.bytes), folder.resolve("queue").toString(), records),
            LIMIT);
  }

  /** The sizes that are compared. */
  private enum Block {
    AGENT("4 MiB, as the agent has it", 4 << 20),
    DEFAULT("64 MiB, as the queue comes", 64 << 20);

    private final String label;
    private final int bytes;

    Block(String label, int bytes) {
      this.label = label;
      this.bytes = bytes;
    }
  }
}
