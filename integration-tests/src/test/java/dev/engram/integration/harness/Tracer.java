package dev.engram.integration.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code strace} around one process and all its threads: what it asked the network, and which files
 * it made, changed or removed. Numbers are left out, so that two runs can be compared.
 */
public final class Tracer {
  /** Those with a question mark are unknown to some processors. */
  private static final String TRACED =
      "trace=%network,openat,?open,?creat,?mkdir,mkdirat,?rename,?renameat,renameat2,?unlink,"
          + "unlinkat,?rmdir,?link,linkat,?symlink,symlinkat,?mknod,mknodat,truncate,?chmod,fchmodat";

  private static final Pattern CALL = Pattern.compile("^[0-9]+ +([a-z0-9_]+)\\((.*)");
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern FOR_WRITING = Pattern.compile("O_WRONLY|O_RDWR|O_CREAT|O_TRUNC");
  private static final Set<String> OF_FILES =
      Set.of(
          "creat",
          "mkdir",
          "mkdirat",
          "rename",
          "renameat",
          "renameat2",
          "unlink",
          "unlinkat",
          "rmdir",
          "link",
          "linkat",
          "symlink",
          "symlinkat",
          "mknod",
          "mknodat",
          "truncate",
          "chmod",
          "fchmodat");

  private final Path log;

  public Tracer(Path log) {
    this.log = log;
  }

  /** Whether this machine has it and lets this user trace. */
  public static boolean works() {
    try {
      Process process =
          new ProcessBuilder("strace", "-f", "-qq", "-e", TRACED, "-o", "/dev/null", "true")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** What to put before the command. */
  public String[] command() {
    return new String[] {"strace", "-f", "-qq", "-s", "512", "-e", TRACED, "-o", log.toString()};
  }

  /** Calls that have to do with sockets, of whatever kind. */
  public Set<String> network() {
    return calls(call -> !isOfFiles(call.group(1)) && !isOpening(call.group(1)))
        .map(call -> call.group(1) + "(" + call.group(2))
        .map(Tracer::withoutNumbers)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Files outside {@code folder} that were made, changed or removed, or would have been. Below
   * {@code /dev/null} nothing can be: what is not to be written is sent there.
   */
  public Set<String> written(Path folder) {
    return calls(
            call ->
                isOfFiles(call.group(1))
                    || (isOpening(call.group(1)) && FOR_WRITING.matcher(call.group(2)).find()))
        .flatMap(call -> QUOTED.matcher(call.group(2)).results().map(path -> path.group(1)))
        .filter(path -> !Path.of(path).startsWith(folder))
        .filter(path -> !Path.of(path).startsWith("/dev/null"))
        .map(Tracer::withoutNumbers)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<Matcher> calls(Predicate<Matcher> wanted) {
    return lines().stream().map(CALL::matcher).filter(Matcher::find).filter(wanted);
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(log, StandardCharsets.ISO_8859_1);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean isOfFiles(String name) {
    return OF_FILES.contains(name);
  }

  private static boolean isOpening(String name) {
    return name.equals("openat") || name.equals("open");
  }

  private static String withoutNumbers(String text) {
    return text.replaceAll("0x[0-9a-f]+|[0-9]+", "#");
  }
}
