package dev.engram.collector.intake;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.HostIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Instance folders as files of the tests: recorded once, unpacked as often as wanted. */
final class GoldenFolder {
  private static final Path RECORDS =
      Path.of("..", "..", "agent", "record", "src", "test", "resources", "records", "v1");

  /** Stands where the recording machine's name was. */
  private static final String HOST = "golden-host";

  private GoldenFolder() {}

  /** Lets {@link GoldenService} be killed in {@code home}, and packs what it left. */
  static void record(Path home, Path zip) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(GoldenService.class.getName(), home.toString(), RECORDS.toString()));
    Process service = new ProcessBuilder(command).inheritIO().start();
    if (!service.waitFor(Duration.ofMinutes(2).toSeconds(), TimeUnit.SECONDS)) {
      service.destroyForcibly();
    }
    Path folder = only(HomeLayout.instances(home));
    rewrite(folder, HostIdentity.current().host(), HOST);
    rewrite(folder, HostIdentity.current().bootId(), "golden-boot");
    pack(HomeLayout.instances(home), zip);
  }

  /** Unpacks a folder into a home, as left by an earlier boot of this machine. */
  static Path unpack(InputStream packed, Path home) throws IOException {
    Path instances = Files.createDirectories(HomeLayout.instances(home));
    try (ZipInputStream zip = new ZipInputStream(packed)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = instances.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
    Path folder = only(instances);
    rewrite(folder, HOST, HostIdentity.current().host());
    return folder;
  }

  private static void rewrite(Path folder, String from, String to) throws IOException {
    Path description = folder.resolve(HomeLayout.INSTANCE_FILE);
    String text = Files.readString(description);
    Files.writeString(description, text.replace('"' + from + '"', '"' + to + '"'));
  }

  private static void pack(Path instances, Path zip) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
        Stream<Path> files = Files.walk(instances)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        ZipEntry entry = new ZipEntry(instances.relativize(file).toString());
        entry.setTime(0);
        out.putNextEntry(entry);
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }

  private static Path only(Path instances) throws IOException {
    try (Stream<Path> folders = Files.list(instances)) {
      return folders.toList().get(0);
    }
  }
}
