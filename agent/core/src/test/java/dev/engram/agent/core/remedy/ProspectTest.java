package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.InvalidPropertiesFormatException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.security.sasl.SaslException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProspectTest {
  static Stream<Throwable> passing() {
    return Stream.of(
        new IOException("reset"),
        new ConnectException(),
        new SocketTimeoutException(),
        new UnknownHostException("pay"),
        new RefusedByProxy(),
        new EOFException(),
        new TimeoutException(),
        new UncheckedIOException(new IOException()),
        new IllegalStateException("cannot reach it", new ConnectException()),
        new SQLTransientConnectionException("no connection within 30 s"),
        new SQLException("terminated", "57P01"),
        new SQLException("deadlock", "40P01"),
        new SQLException("lock timeout", "HYT00"),
        new RuntimeException(new SQLException("gone", "08006")));
  }

  static Stream<Throwable> staying() {
    return Stream.of(
        new NullPointerException(),
        new IllegalStateException("no setting"),
        new NumberFormatException("x"),
        new IndexOutOfBoundsException(),
        new ClassCastException(),
        new FileNotFoundException(),
        new NoSuchFileException("x"),
        new ClosedByInterruptException(),
        new AsynchronousCloseException(),
        new FileLockInterruptionException(),
        new InterruptedIOException("timeout"),
        new UncheckedIOException(new InterruptedIOException()),
        new SaslException("no such mechanism"),
        new InvalidPropertiesFormatException("no XML"),
        new SSLHandshakeException("expired"),
        new IOException(new SSLHandshakeException("expired")),
        new InterruptedException(),
        new IOException(new InterruptedException()),
        new OutOfMemoryError(),
        new IOException(new StackOverflowError()),
        new SQLException("duplicate", "23505"),
        new SQLException("syntax", "42601"),
        new SQLException("nobody knows"),
        new SQLException("raised by a procedure", "P0001"),
        new IOException(new NullPointerException()),
        new IOException(new SQLException("too long", "22001")));
  }

  static Stream<Throwable> ofTheApplication() {
    return Stream.of(
        new Busy(),
        new Exception(new Busy()),
        new RuntimeException("later"),
        new Unreadable(),
        new UncheckedIOException(new Unreadable()));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void failureOfTheSurroundings_passes(Throwable thrown) {
    assertThat(Prospect.of(thrown)).isEqualTo(Prospect.PASSES);
  }

  @ParameterizedTest
  @MethodSource("staying")
  void mistake_stays(Throwable thrown) {
    assertThat(Prospect.of(thrown)).isEqualTo(Prospect.STAYS);
  }

  @ParameterizedTest
  @MethodSource("ofTheApplication")
  void failureOfAnotherKind_isForAPersonToJudge(Throwable thrown) {
    assertThat(Prospect.of(thrown)).isEqualTo(Prospect.UNCLEAR);
  }

  @Test
  void circleOfCauses_ends() {
    IOException one = new IOException();
    IOException other = new IOException(one);
    one.initCause(other);

    assertThat(Prospect.of(one)).isEqualTo(Prospect.PASSES);
  }

  /** Whoever works it out may fail at it, or fail again at what is asked here. */
  @Test
  void stateThatTheApplicationWorksOut_isNotAsked() {
    AtomicInteger asked = new AtomicInteger();
    SQLException own =
        new SQLTransientException() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getSQLState() {
            asked.incrementAndGet();
            throw new IllegalStateException(Prospect.of(this).name());
          }
        };

    assertThat(Prospect.of(own)).isEqualTo(Prospect.PASSES);
    assertThat(asked).hasValue(0);
  }

  private static final class RefusedByProxy extends ConnectException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Busy extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
