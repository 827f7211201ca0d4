package dev.engram.agent.core.remedy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** The body of a refusal in memory, which holds no connection while another model is asked. */
public final class KeptRefusal {
  private static final int PIECE = 1 << 12;

  private KeptRefusal() {}

  /**
   * Reads all of it, and closes it.
   *
   * @return what the application reads instead: the same bytes, and the same exception where the
   *     body breaks off; what is longer than expected goes on with the body itself
   */
  public static InputStream of(InputStream body) {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      byte[] piece = new byte[PIECE];
      for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
        read.write(piece, 0, count);
        if (read.size() > AlternativeQuestion.LONGEST_REFUSAL) {
          return followed(read, body);
        }
      }
      body.close();
      return new ByteArrayInputStream(read.toByteArray());
    } catch (IOException broken) {
      return followed(read, new BrokenOff(broken));
    }
  }

  private static InputStream followed(ByteArrayOutputStream read, InputStream rest) {
    return new SequenceInputStream(new ByteArrayInputStream(read.toByteArray()), rest);
  }

  /** Fails as often as it is read. */
  private static final class BrokenOff extends InputStream {
    private final IOException broken;

    BrokenOff(IOException broken) {
      this.broken = broken;
    }

    @Override
    public int read() throws IOException {
      throw broken;
    }
  }
}
