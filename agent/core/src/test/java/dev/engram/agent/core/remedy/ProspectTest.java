package dev.engram.agent.core.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
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
    return Stream.of(new Busy(), new Exception(new Busy()), new RuntimeException("later"));
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

  private static final class Busy extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
