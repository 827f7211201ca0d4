package dev.engram.agent.core.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.agent.record.RecordKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What opening a queue does to the process it is opened in. Needs a JVM that never did. */
class QuietQueueIT {
  private static final List<String> OPENS =
      List.of(
          "java.lang",
          "java.lang.reflect",
          "java.io",
          "java.util",
          "java.nio",
          "sun.nio.ch",
          "jdk.internal.misc",
          "jdk.internal.ref");

  @TempDir Path temporary;

  /** Opens a queue, appends to it, and prints what changed around it. */
  static final class Opener {
    public static void main(String[] arguments) throws Exception {
      Properties before = (Properties) System.getProperties().clone();
      WatchedProperties.begin();
      Set<String> threads = threads();
      QueueClock clock = new QueueClock(RecordQueue.ROLL_CYCLE, System.currentTimeMillis());
      try (RecordQueue queue = ChronicleRecordQueue.open(Path.of(arguments[0]), clock)) {
        UnsafeBuffer record = new UnsafeBuffer(new byte[100]);
        for (int i = 0; i < 3; i++) {
          queue.append(i * 112L, i + 1, RecordKind.SPAN.code(), record, 0, 100);
          queue.sync();
          clock.roll();
        }
        Set<String> more = threads();
        more.removeAll(threads);
        more.forEach(thread -> System.out.println("thread " + thread));
      }
      System.getProperties()
          .forEach(
              (key, value) -> {
                // The JDK notes its time zone when it is first asked.
                if (!value.equals(before.get(key)) && !key.equals("user.timezone")) {
                  System.out.println("property " + key + "=" + value);
                }
              });
      before.keySet().stream()
          .filter(key -> !System.getProperties().containsKey(key))
          .forEach(key -> System.out.println("lost property " + key));
    }

    private static Set<String> threads() {
      Set<String> names = new TreeSet<>();
      Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
      return names;
    }
  }

  /** Tells of each change at once: what is taken back was seen by the service all the same. */
  private static final class WatchedProperties extends Properties {
    private static final long serialVersionUID = 1;

    static void begin() {
      WatchedProperties watched = new WatchedProperties();
      watched.putAll(System.getProperties());
      System.setProperties(watched);
    }

    @Override
    public Object put(Object key, Object value) {
      tell(key);
      return super.put(key, value);
    }

    @Override
    public Object remove(Object key) {
      tell(key);
      return super.remove(key);
    }

    private static void tell(Object key) {
      if (!key.equals("user.timezone")) {
        System.out.println("changed property " + key);
      }
    }
  }

  @Test
  void queue_startsNoThreadPrintsNothingAndTouchesNothingElse() throws Exception {
    Path work = Files.createDirectories(temporary.resolve("a/work"));
    Path user = Files.createDirectory(temporary.resolve("user"));
    Path scratch = Files.createDirectory(temporary.resolve("tmp"));
    Path queue = temporary.resolve("queue");
    Path output = temporary.resolve("output.txt");
    Files.writeString(work.resolve("system.properties"), "read.from.working.directory=yes\n");
    Files.writeString(temporary.resolve("a/system.properties"), "read.from.parent=yes\n");

    assertThat(run(work, user, scratch, queue, output)).isZero();

    assertThat(Files.readString(output)).isEmpty();
    assertThat(user).isEmptyDirectory();
    assertThat(scratch).isEmptyDirectory();
    assertThat(Files.list(work)).hasSize(1);
    assertThat(QueueReader.readAll(queue)).hasSize(3);
  }

  /** Where a folder above the service's has a {@code target}, Chronicle would use that instead. */
  @Test
  void queue_makesNothingInTheTemporaryFolder_whereNoFolderAboveIsABuild() throws Exception {
    Path user = Files.createDirectory(temporary.resolve("user"));
    Path scratch = Files.createDirectory(temporary.resolve("tmp"));
    Path output = temporary.resolve("output.txt");

    assertThat(run(Path.of("/"), user, scratch, temporary.resolve("queue"), output)).isZero();

    assertThat(Files.readString(output)).isEmpty();
    assertThat(scratch).isEmptyDirectory();
  }

  private static int run(Path work, Path user, Path scratch, Path queue, Path output)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    OPENS.forEach(p -> command.add("--add-opens=java.base/" + p + "=ALL-UNNAMED"));
    command.add("-XX:-UsePerfData");
    command.add("-Duser.home=" + user);
    command.add("-Djava.io.tmpdir=" + scratch);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Opener.class.getName(), queue.toString()));
    Process process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
