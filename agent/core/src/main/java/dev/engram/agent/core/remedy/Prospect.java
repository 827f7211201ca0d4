package dev.engram.agent.core.remedy;

import dev.engram.agent.core.capture.Thrown;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a failure may pass by itself, as far as its types tell. Pure. */
enum Prospect {
  /** It is of the surroundings: a network, a database, a lock. */
  PASSES,
  /** A mistake in the program, in its input or in its rights; to run it again does more of it. */
  STAYS,
  /** Exceptions of the application and its libraries: a person may know. */
  UNCLEAR;

  private static final int MOST_CAUSES = 16;

  /** Of input and output, what is a mistake or somebody's wish all the same; and mistakes. */
  private static final Set<String> STAYING =
      Set.of(
          "java.io.CharConversionException",
          "java.io.FileNotFoundException",
          "java.io.ObjectStreamException",
          "java.io.UTFDataFormatException",
          "java.io.UnsupportedEncodingException",
          "java.lang.ArithmeticException",
          "java.lang.ArrayStoreException",
          "java.lang.ClassCastException",
          "java.lang.CloneNotSupportedException",
          "java.lang.IllegalArgumentException",
          "java.lang.IllegalMonitorStateException",
          "java.lang.IllegalStateException",
          "java.lang.IndexOutOfBoundsException",
          "java.lang.NegativeArraySizeException",
          "java.lang.NullPointerException",
          "java.lang.ReflectiveOperationException",
          "java.lang.SecurityException",
          "java.lang.UnsupportedOperationException",
          "java.net.HttpRetryException",
          "java.net.MalformedURLException",
          "java.net.ProtocolException",
          "java.net.URISyntaxException",
          "java.net.UnknownServiceException",
          "java.nio.BufferOverflowException",
          "java.nio.BufferUnderflowException",
          "java.nio.channels.AsynchronousCloseException",
          "java.nio.channels.FileLockInterruptionException",
          "java.nio.charset.CharacterCodingException",
          "java.nio.file.AccessDeniedException",
          "java.nio.file.AtomicMoveNotSupportedException",
          "java.nio.file.DirectoryNotEmptyException",
          "java.nio.file.FileAlreadyExistsException",
          "java.nio.file.FileSystemLoopException",
          "java.nio.file.NoSuchFileException",
          "java.nio.file.NotDirectoryException",
          "java.nio.file.NotLinkException",
          "java.rmi.AccessException",
          "java.security.GeneralSecurityException",
          "java.text.ParseException",
          "java.time.DateTimeException",
          "java.util.ConcurrentModificationException",
          "java.util.EmptyStackException",
          "java.util.InvalidPropertiesFormatException",
          "java.util.MissingResourceException",
          "java.util.NoSuchElementException",
          "java.util.zip.ZipException",
          "javax.imageio.IIOException",
          "javax.net.ssl.SSLHandshakeException",
          "javax.net.ssl.SSLKeyException",
          "javax.net.ssl.SSLPeerUnverifiedException",
          "javax.net.ssl.SSLProtocolException",
          "javax.security.sasl.SaslException",
          // Whoever asked has gone.
          "org.apache.catalina.connector.ClientAbortException");

  /** Somebody's wish that it ends; what extends it, such as a socket's timeout, is none. */
  private static final String INTERRUPTED = "java.io.InterruptedIOException";

  /** What says by its type that it may pass, whoever extends it. */
  private static final Set<String> PASSING =
      Set.of(
          "java.net.SocketException",
          "java.net.SocketTimeoutException",
          "java.net.UnknownHostException",
          "java.net.http.HttpTimeoutException",
          "java.nio.channels.OverlappingFileLockException",
          "java.nio.channels.UnresolvedAddressException",
          "java.util.concurrent.TimeoutException",
          "jakarta.persistence.LockTimeoutException",
          "jakarta.persistence.OptimisticLockException",
          "jakarta.persistence.PessimisticLockException",
          "jakarta.persistence.QueryTimeoutException",
          "org.hibernate.PessimisticLockException",
          "org.hibernate.StaleStateException",
          "org.springframework.dao.ConcurrencyFailureException",
          "org.springframework.dao.RecoverableDataAccessException",
          "org.springframework.dao.TransientDataAccessException");

  /** Of a chain of causes the innermost decides of which anything is known. */
  static Prospect of(Throwable thrown) {
    Prospect prospect = UNCLEAR;
    Throwable link = thrown;
    for (int i = 0; link != null && i < MOST_CAUSES; i++) {
      if (link instanceof Error || link instanceof InterruptedException) {
        return STAYS;
      }
      Prospect known = known(link);
      prospect = known == null ? prospect : known;
      link = Thrown.cause(link);
    }
    return prospect;
  }

  /** Null where the type tells nothing. The first of its super types that is listed counts. */
  private static @Nullable Prospect known(Throwable thrown) {
    if (SqlStates.has(thrown)) {
      return SqlStates.mayPass(thrown) ? PASSES : STAYS;
    }
    if (thrown.getClass().getName().equals(INTERRUPTED)) {
      return STAYS;
    }
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      if (STAYING.contains(type.getName())) {
        return STAYS;
      }
      if (PASSING.contains(type.getName())) {
        return PASSES;
      }
    }
    if (!(thrown instanceof IOException)) {
      return null;
    }
    return Thrown.isOfTheJdk(thrown.getClass()) ? PASSES : UNCLEAR;
  }
}
