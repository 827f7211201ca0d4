package dev.engram.cli.render;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text in UTF-8. Unlike a print stream it knows why something could not be written. */
public final class AnswerStream extends PrintStream {
  private final Watched watched;
  private final boolean readerMayLeave;

  /**
   * One that writes there.
   *
   * @param readerMayLeave whether it is a pipe: a reader that has seen enough is no failure
   */
  public AnswerStream(OutputStream to, boolean readerMayLeave) {
    this(new Watched(to), readerMayLeave);
  }

  private AnswerStream(Watched watched, boolean readerMayLeave) {
    super(watched, false, StandardCharsets.UTF_8);
    this.watched = watched;
    this.readerMayLeave = readerMayLeave;
  }

  /** Why not all of it could be written so far, such as a full disk; null when it could. */
  public @Nullable String failure() {
    flush();
    return readerMayLeave ? null : watched.failure;
  }

  /** Keeps why it failed first. */
  private static final class Watched extends FilterOutputStream {
    private @Nullable String failure;

    Watched(OutputStream to) {
      super(to);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException failed) {
        failure = failure == null ? String.valueOf(failed.getMessage()) : failure;
        throw failed;
      }
    }
  }
}
