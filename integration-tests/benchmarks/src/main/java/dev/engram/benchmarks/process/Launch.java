package dev.engram.benchmarks.process;

import com.acme.Hello;
import dev.engram.benchmarks.machine.JavaRun;
import dev.engram.benchmarks.machine.Jdk;
import dev.engram.benchmarks.measure.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Starts the processes of one run, each with a home of its own unless one is given. */
final class Launch {
  /** The collector's line when it has taken charge. */
  static final Pattern COLLECTING = Pattern.compile("collecting into");

  private static final String CLI = "cli/target/engram.jar";
  private static final String SHOP = "cli/sample-shop/target/engram-sample-shop.jar";
  private static final String HEAP = "-Xmx256m";

  private final Plan plan;

  Launch(Plan plan) {
    this.plan = plan;
  }

  /** A folder for a home that nobody has used. */
  Path freshHome() throws IOException {
    return Files.createTempDirectory(plan.work(), "home").resolve("engram");
  }

  Child hello(Jdk jdk, Arm arm, Path home) {
    List<String> command = service(jdk, arm);
    command.addAll(List.of("-cp", classPath(), Hello.class.getName()));
    return Child.start(plan.work(), home, command);
  }

  Shop shop(Jdk jdk, Arm arm, Path home) {
    List<String> command = service(jdk, arm);
    command.addAll(List.of("-jar", plan.root().resolve(SHOP).toString(), "--server.port=0"));
    return new Shop(Child.start(plan.work(), home, command), home);
  }

  /** {@code engram collect}, until it is stopped. */
  Child collector(Jdk jdk, Path home) {
    List<String> command =
        List.of(jdk.java(), "-jar", plan.root().resolve(CLI).toString(), "collect");
    return Child.start(plan.work(), home, command);
  }

  /** A service that records the mix; see {@link MixService}. */
  Child mix(Jdk jdk, Path home, long records, long rate, boolean begun) {
    List<String> command = ours(jdk);
    command.addAll(List.of("-Dengram.ring.size=128MiB", "-Dengram.queue.max-bytes=16GiB"));
    command.addAll(List.of("-cp", classPath(), MixService.class.getName()));
    command.addAll(List.of(Long.toString(records), Long.toString(rate), Boolean.toString(begun)));
    return Child.start(plan.work(), home, command);
  }

  /** {@code engram collect --once} that says how long it took; see {@link DrainOnce}. */
  Child drainOnce(Jdk jdk, Path home) {
    List<String> command = ours(jdk);
    command.addAll(List.of("-cp", classPath(), DrainOnce.class.getName(), home.toString()));
    return Child.start(plan.work(), home, command);
  }

  private List<String> service(Jdk jdk, Arm arm) {
    List<String> command = new ArrayList<>(List.of(jdk.java(), HEAP));
    command.addAll(arm.options(plan.root()));
    return command;
  }

  private static List<String> ours(Jdk jdk) {
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    command.addAll(JavaRun.opens());
    return command;
  }

  private static String classPath() {
    return Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString();
  }
}
