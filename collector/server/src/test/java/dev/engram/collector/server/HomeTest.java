package dev.engram.collector.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeTest {
  private static final FileAttribute<?> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<?> OWNERS_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  @TempDir private Path folder;

  @Test
  void prepare_missingFolder_isMadeForItsOwnerAlone() throws IOException {
    Path missing = folder.resolve("a/home");

    new Home(missing).prepare();

    assertThat(permissions(missing)).isEqualTo("rwx------");
  }

  @Test
  void prepare_folderThatOthersMayWrite_isRefusedAndLeftAsItIs() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));

    assertThatThrownBy(() -> new Home(folder).prepare())
        .isInstanceOf(HomeException.class)
        .hasMessage(folder + " may be written by others; run: chmod go-w " + folder);
    assertThat(folder).isEmptyDirectory();
    assertThat(permissions(folder)).isEqualTo("rwxrwx---");
  }

  /** What is run as this user, and what is written to, by its place in a home. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "store",
        "store/engram.db",
        "store/lib",
        "store/lib/library",
        "lib",
        "lib/agent.jar",
        "control",
        "control/switches.json",
        "recall",
        "recall/shop.json",
        "instances",
        "collector.lock"
      })
  void whatOthersMayHavePutIntoAHome_isNotUsed(String name) throws IOException {
    Path entry = folder.resolve(name);
    Files.createDirectories(entry.getParent(), OWNERS_FOLDER);
    Files.createFile(entry, OWNERS_FILE);
    new Home(folder).refuseOthers();

    Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertRefused(entry, "may be written by others");
    Files.delete(entry);
    Files.createSymbolicLink(entry, folder.resolve("elsewhere"));
    assertRefused(entry, "is a symbolic link");
  }

  @Test
  void homeOfAnother_isNotUsed() throws IOException {
    assumeTrue(Files.getAttribute(folder, "unix:uid").equals(0), "only root may give files away");
    Files.setAttribute(folder, "unix:uid", 65_534);

    assertRefused(folder, "belongs to user 65534");
  }

  @Test
  void homeThatIsALink_isUsed_butNotWhereAnybodyCouldReplaceIt() throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"), OWNERS_FOLDER);
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    assertThat(new Home(link).library()).isEqualTo(link.resolve("lib")).isDirectory();

    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> new Home(link).refuseOthers())
        .isInstanceOf(HomeException.class)
        .hasMessage(link + " can be replaced by anybody; run: chmod +t " + folder);
  }

  private void assertRefused(Path path, String why) {
    assertThatThrownBy(() -> new Home(folder).refuseOthers())
        .isInstanceOf(HomeException.class)
        .hasMessageStartingWith(path + " " + why);
    assertThatThrownBy(() -> new Home(folder).prepare())
        .isInstanceOf(HomeException.class)
        .hasMessageStartingWith(path + " " + why);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
