package dev.engram.cli.render;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A terminal that keeps what it is told. */
public final class CapturedTerminal {
  private final Screen out = new Screen();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal;

  private CapturedTerminal(boolean interactive, Style style, int width, int height) {
    this(interactive, style, width, height, false);
  }

  private CapturedTerminal(boolean interactive, Style style, int width, int height, boolean full) {
    OutputStream to = full ? new FullDisk() : out;
    this.terminal =
        new Terminal(
            new AnswerStream(to, false),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            interactive,
            style,
            width,
            height);
  }

  public static CapturedTerminal piped() {
    return new CapturedTerminal(false, Style.PLAIN, Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /** Output goes to a file for which there is no room. */
  public static CapturedTerminal full() {
    return new CapturedTerminal(false, Style.PLAIN, Integer.MAX_VALUE, Integer.MAX_VALUE, true);
  }

  public static CapturedTerminal interactive(Style style, int width) {
    return interactive(style, width, Integer.MAX_VALUE);
  }

  public static CapturedTerminal interactive(Style style, int width, int height) {
    return new CapturedTerminal(true, style, width, height);
  }

  /** Whoever reads it leaves. */
  public void leave() {
    out.left = true;
  }

  public Terminal terminal() {
    return terminal;
  }

  public String out() {
    terminal.out().flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The same where it is no text. */
  public byte[] outBytes() {
    terminal.out().flush();
    return out.toByteArray();
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static final class Screen extends ByteArrayOutputStream {
    private volatile boolean left;

    @Override
    public void flush() throws IOException {
      if (left) {
        throw new IOException("broken pipe");
      }
    }
  }

  private static final class FullDisk extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      throw new IOException("No space left on device");
    }
  }
}
