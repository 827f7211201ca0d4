package dev.engram.agent.record.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedPathsTest {
  private static final int SOMEBODY = 65_534;

  @TempDir Path temporary;
  private Path folder;
  private Path file;

  @BeforeEach
  void make() throws IOException {
    temporary = temporary.toRealPath();
    folder = folder("folder", "rwx------");
    file = Files.createFile(temporary.resolve("file"));
    mode(file, "rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwx------", "rw-r--r--", "rwxr-xr-x"})
  void ownFileOrFolder_thatOthersMayOnlyRead_isTrusted(String permissions) throws IOException {
    mode(file, permissions);
    mode(folder, permissions);

    TrustedPaths.requireOwn(file);
    TrustedPaths.requireOwn(folder);
    TrustedPaths.requireOwnOrRoots(file);
    TrustedPaths.requireOwnIfPresent(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwx-w----", "rwx----w-", "rwxrwxrwx"})
  void whatOthersMayWrite_isRefused_andItsMendIsNamed(String permissions) throws IOException {
    for (Path path : List.of(file, folder)) {
      mode(path, permissions);

      assertRefused(
          () -> TrustedPaths.requireOwn(path),
          path + " may be written by others; run: chmod go-w " + path);
      assertRefused(() -> TrustedPaths.requireOwnOrRoots(path), "may be written by others");
    }
  }

  /** The list of who else may write shows in the group's bits. */
  @Test
  void fileWithAnAccessListThatLetsSomebodyWrite_isRefused() throws Exception {
    assumeTrue(
        run("setfacl", "-m", "u:" + SOMEBODY + ":rw", file.toString()),
        "setfacl is there, and the file system has access lists");

    assertRefused(() -> TrustedPaths.requireOwn(file), "may be written by others");
  }

  @Test
  void link_isRefused_whereverItLeads() throws IOException {
    for (Path target : List.of(file, folder, temporary.resolve("nowhere"))) {
      Path link = temporary.resolve("link");
      Files.createSymbolicLink(link, target);

      assertRefused(
          () -> TrustedPaths.requireOwn(link),
          link + " is a symbolic link, which is not followed; put in its place what it leads to");
      assertRefused(() -> TrustedPaths.requireOwnIfPresent(link), "is a symbolic link");
      Files.delete(link);
    }
  }

  @Test
  void pipe_isRefused() throws Exception {
    Path pipe = temporary.resolve("pipe");
    assumeTrue(run("mkfifo", "-m", "600", pipe.toString()), "mkfifo is there");

    assertRefused(() -> TrustedPaths.requireOwn(pipe), "is neither a file nor a folder");
  }

  @Test
  void whatIsAbsent_isNotMadeUp() throws IOException {
    Path absent = folder.resolve("absent");

    TrustedPaths.requireOwnIfPresent(absent);
    assertThatThrownBy(() -> TrustedPaths.requireOwn(absent))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void whatBelongsToAnother_isRefused() throws IOException {
    assumeRoot();
    for (Path path : List.of(file, folder)) {
      give(path);

      assertRefused(
          () -> TrustedPaths.requireOwn(path),
          path + " belongs to user " + SOMEBODY + ", and this is user 0; act as that user");
      assertRefused(() -> TrustedPaths.requireOwnOrRoots(path), "belongs to user " + SOMEBODY);
    }
  }

  @Test
  void folderOnTheWay_thatEverybodyMayWrite_isRefusedUnlessItIsSticky() throws IOException {
    Path open = folder("open", "rwxrwxrwx");
    Path inside = Files.createDirectory(open.resolve("inside"));
    mode(inside, "rwx------");
    Path home = inside.resolve("home");

    assertRefused(
        () -> TrustedPaths.requireSafeWayTo(home),
        home + " can be replaced by anybody; run: chmod +t " + open);
    Files.createDirectory(home);
    assertRefused(() -> TrustedPaths.requireSafeWayTo(home), "run: chmod +t " + open);

    Files.setAttribute(open, "unix:mode", 01777);
    assertThatCode(() -> TrustedPaths.requireSafeWayTo(home)).doesNotThrowAnyException();
  }

  /** Containers and private groups need it; whoever is in the group is trusted with the names. */
  @Test
  void folderOnTheWay_thatItsGroupMayWrite_isTrusted() throws IOException {
    mode(folder, "rwxrwxr-x");

    TrustedPaths.requireSafeWayTo(folder.resolve("home"));
  }

  @Test
  void homeThatIsALink_isTrusted_butNotWhereItsTargetCanBeReplaced() throws IOException {
    Path open = folder("open", "rwxrwxrwx");
    Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
    TrustedPaths.requireSafeWayTo(link);
    TrustedPaths.requireSafeWayTo(link.resolve("absent/home"));

    Files.delete(link);
    Files.createSymbolicLink(link, Files.createDirectory(open.resolve("target")));
    assertRefused(() -> TrustedPaths.requireSafeWayTo(link), "run: chmod +t " + open);
    Files.delete(link);
    Path exposed = Files.createSymbolicLink(open.resolve("link"), folder);
    assertRefused(() -> TrustedPaths.requireSafeWayTo(exposed), "run: chmod +t " + open);
  }

  @Test
  void homeBehindALinkOfAnother_isRefused() throws IOException {
    assumeRoot();
    Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
    give(link);

    assertRefused(
        () -> TrustedPaths.requireSafeWayTo(link),
        "is reached through a link of user " + SOMEBODY + ": " + link);
    assertRefused(() -> TrustedPaths.requireSafeWayTo(link.resolve("home")), ": " + link);
  }

  private static void assertRefused(ThrowingCallable check, String why) {
    assertThatThrownBy(check).isInstanceOf(UntrustedPathException.class).hasMessageContaining(why);
  }

  private static void assumeRoot() throws IOException {
    assumeTrue(
        Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")),
        "only root may give files away");
  }

  private static void give(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);
  }

  private Path folder(String name, String permissions) throws IOException {
    Path made = Files.createDirectory(temporary.resolve(name));
    mode(made, permissions);
    return made;
  }

  private static void mode(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException absent) {
      assertThat(absent).hasMessageContaining("No such file");
      return false;
    }
  }
}
