package dev.engram.integration.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of a server, made once for all tests.
 *
 * @param keyStore with the certificate and its key
 * @param trustStore what those may use who trust it, or whoever has signed it
 */
public record Certificate(Path keyStore, Path trustStore) {
  /** A host that it is valid for, and that no name service knows. */
  public static final String UNKNOWN_HOST = "peer.invalid";

  public static final String PASSWORD = "changeit";

  private static final String TYPE = "PKCS12";
  private static final String PEER = "peer";
  private static final String AUTHORITY = "authority";
  private static final String NAME = "san=ip:127.0.0.1,dns:" + UNKNOWN_HOST;

  private static @Nullable Certificate selfSigned;
  private static @Nullable Certificate expired;

  /** Valid for 127.0.0.1 and {@link #UNKNOWN_HOST}; nobody has signed it but its owner. */
  public static synchronized Certificate selfSigned() {
    if (selfSigned == null) {
      Path file = file("self-signed");
      make(file, PEER, "-ext", NAME);
      selfSigned = new Certificate(file, file);
    }
    return selfSigned;
  }

  /** The same, signed by an authority, until five days ago. */
  public static synchronized Certificate expired() {
    if (expired == null) {
      Path file = file("expired");
      make(file, AUTHORITY, "-ext", "bc:c", "-startdate", "-20d", "-validity", "1000");
      make(file, PEER, "-ext", NAME, "-startdate", "-10d", "-validity", "5", "-signer", AUTHORITY);
      expired = new Certificate(file, trusting(file, file("authority")));
    }
    return expired;
  }

  /** What a JVM must be told to trust it. */
  public List<String> trustOptions() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + trustStore,
        "-Djavax.net.ssl.trustStoreType=" + TYPE,
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  /** What a server needs that shows it. */
  public SSLContext serverSide() {
    try {
      KeyStore keys = load(keyStore);
      if (keys.containsAlias(AUTHORITY)) {
        keys.deleteEntry(AUTHORITY);
      }
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Only the authority: who trusts a certificate itself does not mind that it has expired. */
  private static Path trusting(Path signed, Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore trusted = KeyStore.getInstance(TYPE);
      trusted.load(null, null);
      trusted.setCertificateEntry(AUTHORITY, load(signed).getCertificate(AUTHORITY));
      trusted.store(out, PASSWORD.toCharArray());
      return file;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance(TYPE);
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** A new one. */
  private static Path file(String name) {
    try {
      Path file = Artifacts.made().resolve(name + ".p12");
      Files.deleteIfExists(file);
      return file;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void make(Path file, String alias, String... options) {
    List<String> command =
        new ArrayList<>(List.of(Jdks.running().program("keytool"), "-genkeypair", "-keyalg", "EC"));
    command.addAll(List.of("-alias", alias, "-dname", "CN=" + alias, "-storetype", TYPE));
    command.addAll(List.of("-storepass", PASSWORD, "-keystore", file.toString()));
    command.addAll(List.of(options));
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes());
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool: " + said);
      }
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
