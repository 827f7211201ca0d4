package dev.engram.collector.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFileTest {
  @TempDir private Path folder;
  private final Properties said = new Properties();

  @BeforeEach
  void say() {
    said.setProperty("url", "jdbc:postgresql://db.example/engram");
    said.setProperty("password", "s\u00e9cret = \u20ac");
  }

  @Test
  void whatWasSaid_isItsOwnersAlone_andTakesTheEarliersPlace() throws IOException {
    StoreFile.write(folder, new Properties());
    StoreFile.write(folder, said);

    Path file = folder.resolve(StoreFile.NAME);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    Properties read = new Properties();
    try (Reader text = Files.newBufferedReader(file)) {
      read.load(text);
    }
    assertThat(read).isEqualTo(said);
  }

  @Test
  void fileThatCannotBeReplaced_leavesNoPasswordBehind() throws IOException {
    Path occupied = Files.createDirectories(folder.resolve(StoreFile.NAME).resolve("inside"));

    assertThatThrownBy(() -> StoreFile.write(folder, said))
        .isInstanceOf(HomeException.class)
        .hasMessageContaining("cannot write " + occupied.getParent());
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(occupied.getParent()));
  }

  @Test
  void urlThatCannotBeRead_isSaidInOneLine_withoutItsPassword() {
    for (String wrong :
        new String[] {
          "jdbc:postgresql://db:54x2/engram?password=secret",
          "jdbc:postgresql://ada:secret@db/engram",
          "jdbc:mysql://db/engram?password=secret"
        }) {
      assertThatThrownBy(() -> StoreFile.init(new Home(folder), wrong, null, "secret"))
          .isInstanceOf(HomeException.class)
          .message()
          .contains("PostgreSQL store's URL")
          .doesNotContain("secret")
          .doesNotContain("\n");
    }
    assertThat(folder).isEmptyDirectory();
  }
}
