package dev.engram.agent.core.ai.wire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer for the application, with somebody who reads along. As safe as its own. */
public final class AnswerStream extends FilterInputStream {
  private final AnswerBytes along;
  private final String site;

  /**
   * @param site {@code class#method} where a failure to read is seen
   */
  public AnswerStream(InputStream body, AnswerBytes along, String site) {
    super(body);
    this.along = along;
    this.site = site;
  }

  @Override
  public int read() throws IOException {
    try {
      int value = in.read();
      if (value < 0) {
        along.ended();
      } else {
        along.add(new byte[] {(byte) value}, 0, 1);
      }
      return value;
    } catch (IOException thrown) {
      along.failed(thrown, site);
      throw thrown;
    }
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    try {
      int read = in.read(into, from, count);
      if (read < 0) {
        along.ended();
      } else {
        along.add(into, from, read);
      }
      return read;
    } catch (IOException thrown) {
      along.failed(thrown, site);
      throw thrown;
    }
  }

  /** What is passed over was not seen; it is read instead. */
  @Override
  public long skip(long count) throws IOException {
    byte[] passed = new byte[(int) Math.min(Math.max(count, 0), 1 << 12)];
    int read = passed.length == 0 ? 0 : read(passed, 0, passed.length);
    return Math.max(read, 0);
  }

  /** Going back would show the same bytes twice. */
  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public synchronized void mark(int limit) {
    // Not supported.
  }

  @Override
  public synchronized void reset() throws IOException {
    throw new IOException("mark/reset not supported");
  }

  @Override
  public void close() throws IOException {
    along.closed();
    super.close();
  }
}
