package dev.engram.agent.core.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells the parts of a multipart body (RFC 2046) while it passes. Keeps one line of a part's
 * headers, nothing of what the part holds, and looks at each byte once, however broken or hostile
 * the body is: what is no multipart has no parts, and headers beyond what is told are not read.
 * Used by one thread at a time.
 */
final class MultipartScanner {
  /** Bytes of a header; a longer one is passed over, because half a name is none. */
  private static final int MAX_HEADER = 2048;

  /** Headers of a part that are looked at: no honest one has as many. */
  private static final int MOST_HEADERS = 32;

  /** Bytes that are taken at once out of a buffer that has no array. */
  private static final int PIECE = 1024;

  private static final byte CR = '\r';
  private static final byte LF = '\n';
  private static final byte NOTHING = 0;

  private final byte[] delimiter;
  private final BodyParts parts;
  private final byte[] line = new byte[MAX_HEADER];
  private byte @Nullable [] piece;
  private State state = State.CONTENT;

  /** Bytes of the delimiter that were just met; the first stands without its line break. */
  private int matched = 2;

  /** Bytes of the line so far; one more than a line may have when it is too long. */
  private int length;

  /** The byte before this one, behind a delimiter or in a header. */
  private byte last;

  private long position;
  private int headers;
  private boolean open;
  private long contentBegin;
  private long contentEnd;
  private @Nullable String name;
  private @Nullable String filename;
  private @Nullable String contentType;

  private enum State {
    /** Of a part, or what comes before the first. */
    CONTENT,
    /** Behind a delimiter, until the end of its line. */
    DELIMITED,
    HEADERS,
    /** Behind the last part. */
    END
  }

  /**
   * @param parts to be told of each
   */
  MultipartScanner(String boundary, BodyParts parts) {
    this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
    this.parts = parts;
  }

  /** What remains in the buffer, which is left as it is. */
  void scan(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      scan(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    } else {
      scanPieces(bytes);
    }
  }

  private void scanPieces(ByteBuffer bytes) {
    byte[] copied = piece == null ? new byte[PIECE] : piece;
    piece = copied;
    int at = bytes.position();
    while (at < bytes.limit() && state != State.END) {
      int count = Math.min(copied.length, bytes.limit() - at);
      bytes.get(at, copied, 0, count);
      scan(copied, 0, count);
      at += count;
    }
  }

  void scan(byte[] bytes, int from, int count) {
    int end = from + count;
    int at = from;
    while (at < end && state != State.END) {
      if (state == State.CONTENT && matched == 0) {
        int next = at;
        while (next < end && bytes[next] != CR) {
          next++;
        }
        position += next - at;
        at = next;
      }
      if (at < end) {
        scan(bytes[at++]);
      }
    }
  }

  void scan(byte value) {
    position++;
    switch (state) {
      case CONTENT -> content(value);
      case DELIMITED -> delimited(value);
      case HEADERS -> header(value);
      case END -> {}
    }
  }

  /** No more will come; the part that is open broke off. */
  void end() {
    if (open) {
      open = false;
      long size = (state == State.DELIMITED ? contentEnd : position) - contentBegin;
      parts.addCut(name, filename, contentType, size);
    }
    state = State.END;
  }

  /** A delimiter has one carriage return, its first byte: nothing else can begin inside it. */
  private void content(byte value) {
    int at = matched;
    if (value != delimiter[at]) {
      matched = value == CR ? 1 : 0;
    } else if (at + 1 < delimiter.length) {
      matched = at + 1;
    } else {
      matched = 0;
      last = NOTHING;
      contentEnd = position - delimiter.length;
      state = State.DELIMITED;
    }
  }

  private void delimited(byte value) {
    boolean blank = value == ' ' || value == '\t';
    if (value == '-' && last == '-') {
      close();
      state = State.END;
    } else if (value == LF && last == CR) {
      close();
      beginHeaders();
    } else if (last == NOTHING && value == '-') {
      last = value;
    } else if ((last == NOTHING || last == ' ') && (blank || value == CR)) {
      last = blank ? (byte) ' ' : CR;
    } else {
      // A longer word that begins like the boundary.
      state = State.CONTENT;
      content(value);
    }
  }

  private void close() {
    if (open) {
      open = false;
      parts.add(name, filename, contentType, contentEnd - contentBegin);
    }
  }

  private void beginHeaders() {
    headers = 0;
    name = null;
    filename = null;
    contentType = null;
    length = 0;
    last = NOTHING;
    state = State.HEADERS;
  }

  private void header(byte value) {
    if (value == LF && last == CR) {
      endLine();
      length = 0;
      last = NOTHING;
      return;
    }
    int at = length;
    if (at < line.length) {
      line[at] = value;
    }
    length = Math.min(at, line.length) + 1;
    last = value;
  }

  private void endLine() {
    int bytes = length - 1;
    if (bytes == 0) {
      open = true;
      contentBegin = position;
      state = State.CONTENT;
    } else if (headers < MOST_HEADERS) {
      headers++;
      readLine(bytes);
    }
  }

  /** Of the headers only two are read: Content-Disposition and Content-Type. */
  private void readLine(int bytes) {
    if (bytes < line.length && (line[0] | 0x20) == 'c' && !parts.isFull()) {
      read(new String(line, 0, bytes, UTF_8));
    }
  }

  private void read(String header) {
    int colon = header.indexOf(':');
    String key = header.substring(0, Math.max(0, colon)).strip().toLowerCase(Locale.ROOT);
    if (key.equals("content-disposition")) {
      String plain = HeaderParameters.find(header, "filename");
      String encoded = HeaderParameters.find(header, "filename*");
      name = HeaderParameters.find(header, "name");
      filename = encoded == null ? plain : decoded(encoded);
    } else if (key.equals("content-type")) {
      contentType = header.substring(colon + 1).strip();
    }
  }

  /** RFC 8187 has it as charset'language'text; the charset is UTF-8 nowadays. */
  private static String decoded(String encoded) {
    String text = encoded.substring(encoded.lastIndexOf('\'') + 1);
    return SaidValues.decoded(text.replace("+", "%2B"));
  }
}
