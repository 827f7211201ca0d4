package dev.engram.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application can notice of the packaged agent. */
class IsolationIT {
  private static final Path JAVA = ChildJvm.jdk().resolve("bin/java");
  private static final String NEEDED_MODULES = "jdk.unsupported,java.management,java.naming";

  private static final String START_LINE = "engram: remembering Probe in ";

  private static final String PROBE =
      """
      package com.acme;

      import java.io.IOException;
      import java.io.UncheckedIOException;
      import java.nio.file.Files;
      import java.nio.file.Path;
      import java.util.Set;
      import java.util.TreeSet;
      import java.util.concurrent.locks.LockSupport;
      import java.util.stream.Stream;

      public final class Probe {
        public static void main(String[] args) throws Exception {
          awaitQueue(System.getProperty("probe.home"));
          System.out.println("properties " + named(System.getProperties().stringPropertyNames()));
          for (String name : args) {
            System.out.println(name + " " + isVisible(name));
          }
          Set<String> threads = new TreeSet<>();
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> !thread.isDaemon())
              .forEach(thread -> threads.add(thread.getName()));
          threads.remove("DestroyJavaVM");
          System.out.println("threads " + threads);
          if (Boolean.getBoolean("probe.refused")) {
            awaitNoWriter();
          }
        }

        private static void awaitNoWriter() {
          long deadline = System.nanoTime() + 120_000_000_000L;
          while (hasWriter() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000_000);
          }
        }

        private static boolean hasWriter() {
          return Thread.getAllStackTraces().keySet().stream()
              .anyMatch(thread -> thread.getName().equals("engram-writer"));
        }

        private static void awaitQueue(String home) throws Exception {
          long deadline = System.nanoTime() + 120_000_000_000L;
          while (home != null && !hasQueue(Path.of(home)) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(10_000_000);
          }
        }

        private static boolean hasQueue(Path home) throws Exception {
          try (Stream<Path> files = Files.walk(home)) {
            return files.anyMatch(file -> file.toString().endsWith(".cq4"));
          } catch (IOException | UncheckedIOException notYet) {
            return false;
          }
        }

        private static Set<String> named(Set<String> keys) {
          Set<String> ours = new TreeSet<>(keys);
          ours.removeIf(key -> !key.matches(".*(engram|bytebuddy|chronicle|agrona|slf4j).*"));
          return ours;
        }

        private static boolean isVisible(String name) {
          ClassLoader loader = Probe.class.getClassLoader();
          if (loader.getResource(name.replace('.', '/') + ".class") != null) {
            return true;
          }
          try {
            Class.forName(name, false, loader);
            return true;
          } catch (ClassNotFoundException absent) {
            return false;
          }
        }
      }
      """;

  @TempDir Path folder;
  private Path classes;

  @BeforeEach
  void compileProbe() throws IOException {
    Path source = Files.createDirectories(folder.resolve("src/com/acme")).resolve("Probe.java");
    Files.writeString(source, PROBE);
    Path module = Files.writeString(folder.resolve("src/module-info.java"), "module acme.probe {}");
    classes = folder.resolve("classes");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--release",
                "17",
                "-d",
                classes.toString(),
                source.toString(),
                module.toString());
    assertThat(failed).isZero();
  }

  @Test
  void application_onTheClassPath_seesThePremainAlone() throws Exception {
    ChildJvm child = probe(JAVA, "-cp", classes.toString(), "com.acme.Probe");
    assertThat(child.stdout())
        .containsExactly(
            "properties []",
            "dev.engram.agent.dist.Premain true",
            "dev.engram.agent.core.bootstrap.AgentStart false",
            "dev.engram.agent.record.RecordKind false",
            "net.openhft.chronicle.queue.ChronicleQueue false",
            "net.bytebuddy.ByteBuddy false",
            "org.agrona.DirectBuffer false",
            "org.slf4j.Logger false",
            "threads [main]");
    assertThat(child.exitCode()).isZero();
    // It may end before there is anything to remember.
    assertThat(child.stderr())
        .hasSizeLessThanOrEqualTo(1)
        .allMatch(line -> line.startsWith(START_LINE));
  }

  @Test
  void unusableHome_costsOneLineAlone() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Path home = file.resolve("home");
    ChildJvm child =
        probe(
            JAVA,
            "-Dengram.home=" + home,
            "-Dprobe.refused=true",
            "-cp",
            classes.toString(),
            "com.acme.Probe");
    assertThat(child.exitCode()).isZero();
    assertThat(child.stderr())
        .containsExactly(
            "engram: nothing is remembered: cannot use "
                + home
                + " ("
                + file
                + " is a file, not a folder); set engram.home to a folder of your own");
  }

  @Test
  void application_onTheModulePath_isRememberedWithTheModuleTheAgentNeeds() throws Exception {
    ChildJvm child =
        probe(
            JAVA,
            "--add-modules",
            NEEDED_MODULES,
            "-Dprobe.home=" + folder.resolve("home"),
            "-p",
            classes.toString(),
            "-m",
            "acme.probe/com.acme.Probe");
    assertThat(child.stdout()).startsWith("properties []").endsWith("threads [main]");
    assertStartedQuietly(child);
    assertQueueIsOpen();
  }

  /** A named main module resolves what it requires and no more. */
  @Test
  void application_onTheModulePathAlone_runsAndNamesTheOption() throws Exception {
    assertRunsUnremembered(
        probe(JAVA, "-p", classes.toString(), "-m", "acme.probe/com.acme.Probe"),
        "jdk.unsupported");
  }

  @Test
  void image_withoutUnsupportedModule_runsAndNamesTheOption() throws Exception {
    Path image = link("java.base,java.instrument");
    ChildJvm child = probe(image.resolve("bin/java"), "-cp", classes.toString(), "com.acme.Probe");
    assertRunsUnremembered(child, NEEDED_MODULES);
  }

  @Test
  void image_withTheModulesTheAgentNeeds_remembers() throws Exception {
    Path image = link("java.base,java.instrument," + NEEDED_MODULES);
    ChildJvm child =
        probe(
            image.resolve("bin/java"),
            "-Dprobe.home=" + folder.resolve("home"),
            "-cp",
            classes.toString(),
            "com.acme.Probe");
    assertStartedQuietly(child);
    assertQueueIsOpen();
  }

  @Test
  void image_withoutOneModule_namesThatOne() throws Exception {
    Path image = link("java.base,java.instrument,jdk.unsupported,java.management");
    ChildJvm child = probe(image.resolve("bin/java"), "-cp", classes.toString(), "com.acme.Probe");
    assertRunsUnremembered(child, "java.naming");
  }

  @Test
  void agent_switchedOff_saysNothing() throws Exception {
    ChildJvm child =
        probe(JAVA, "-Dengram.enabled=false", "-cp", classes.toString(), "com.acme.Probe");
    assertThat(child.exitCode()).isZero();
    assertThat(child.stderr()).isEmpty();
  }

  private void assertQueueIsOpen() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
      assertThat(files).anyMatch(file -> file.toString().endsWith(".cq4"));
    }
  }

  private static void assertRunsUnremembered(ChildJvm child, String modules) {
    assertThat(child.exitCode()).isZero();
    assertThat(child.stdout()).startsWith("properties []");
    assertThat(child.stderr())
        .singleElement()
        .asString()
        .startsWith("engram: ")
        .contains("--add-modules " + modules);
  }

  private static void assertStartedQuietly(ChildJvm child) {
    assertThat(child.exitCode()).isZero();
    assertThat(child.stderr()).singleElement().asString().startsWith(START_LINE);
  }

  private ChildJvm probe(Path java, String... options) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add("-javaagent:" + ChildJvm.agent() + "=home=" + folder.resolve("home"));
    arguments.addAll(List.of(options));
    arguments.addAll(
        List.of(
            "dev.engram.agent.dist.Premain",
            "dev.engram.agent.core.bootstrap.AgentStart",
            "dev.engram.agent.record.RecordKind",
            "net.openhft.chronicle.queue.ChronicleQueue",
            "net.bytebuddy.ByteBuddy",
            "org.agrona.DirectBuffer",
            "org.slf4j.Logger"));
    return ChildJvm.run(folder, java, arguments);
  }

  private Path link(String modules) throws Exception {
    Path image = folder.resolve("image");
    ChildJvm linked =
        ChildJvm.run(
            folder,
            ChildJvm.jdk().resolve("bin/jlink"),
            List.of("--add-modules", modules, "--output", image.toString()));
    assertThat(linked.exitCode()).as("%s", linked.stderr()).isZero();
    return image;
  }
}
