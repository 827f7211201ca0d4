package dev.engram.collector.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
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
        .hasMessage("others may write to " + folder + "; run: chmod 700 " + folder);
    assertThat(folder).isEmptyDirectory();
    assertThat(permissions(folder)).isEqualTo("rwxrwx---");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
