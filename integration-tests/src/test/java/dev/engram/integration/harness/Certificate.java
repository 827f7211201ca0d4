package dev.engram.integration.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that nobody has signed but its owner, made once for all tests.
 *
 * @param keyStore with the certificate and its key; also what those may use who trust it
 */
public record Certificate(Path keyStore) {
  /** A host that it is valid for, and that no name service knows. */
  public static final String UNKNOWN_HOST = "peer.invalid";

  public static final String PASSWORD = "changeit";

  private static @Nullable Certificate made;

  /** Valid for 127.0.0.1 and {@link #UNKNOWN_HOST}. */
  public static synchronized Certificate selfSigned() {
    if (made == null) {
      made = new Certificate(make());
    }
    return made;
  }

  /** What a JVM must be told to trust it. */
  public List<String> trustOptions() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + keyStore,
        "-Djavax.net.ssl.trustStoreType=PKCS12",
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  private static Path make() {
    Path file = Artifacts.root().resolve("integration-tests/target/self-signed.p12");
    String name = "san=ip:127.0.0.1,dns:" + UNKNOWN_HOST;
    List<String> command =
        List.of(
            Jdks.running().program("keytool"),
            "-genkeypair",
            "-alias",
            "peer",
            "-keyalg",
            "EC",
            "-dname",
            "CN=peer",
            "-ext",
            name,
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            file.toString());
    try {
      Files.deleteIfExists(file);
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes());
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool: " + said);
      }
      return file;
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
