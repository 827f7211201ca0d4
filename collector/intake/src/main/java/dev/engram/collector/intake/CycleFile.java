package dev.engram.collector.intake;

import dev.engram.agent.record.ring.Excerpt;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Walks the excerpts of one Chronicle Queue cycle file, while it is being written or afterwards.
 *
 * <p>The file is a sequence of documents, each with a little-endian header of four bytes, aligned
 * to four: the length in the low 30 bits, bit 30 set for the queue's own metadata, bit 31 while the
 * document is not complete; both bits with length 0 end the cycle, and 0 means nothing was written
 * yet. The first document describes the file.
 *
 * <p>A writer completes a header after its document. One read of the file may still catch the
 * header new and the document old; so the bytes are read again after their headers were seen
 * complete, and only those are walked.
 */
final class CycleFile implements Closeable {
  /** What the walk met. */
  enum Step {
    /** An excerpt: {@link #offset()} and {@link #length()} say where. */
    EXCERPT,
    /** Nothing complete yet. */
    QUIET,
    /** The writer went on to the next cycle. */
    END,
    /** Bytes that are no document. */
    DAMAGED,
    /** No queue file that this version can read. */
    FOREIGN
  }

  private static final int NOT_COMPLETE = 1 << 31;
  private static final int META_DATA = 1 << 30;
  private static final int END_OF_CYCLE = NOT_COMPLETE | META_DATA;
  private static final int HEADER = Integer.BYTES;
  private static final int MAX_DOCUMENT_LENGTH = 128 << 20;
  private static final byte[] NAME = ascii("\u00b9\u0006header\u00b6\u0008SCQStore");

  /** The only layout read here: documents aligned to four bytes. */
  private static final byte[] DATA_FORMAT = ascii("dataFormat\u00a1\u0001");

  private final Path path;
  private final FileWindow window;
  private long position;
  private long completeUntil;
  private long excerpt;
  private int length;

  CycleFile(Path path) throws IOException {
    this.path = path;
    this.window = new FileWindow(path);
  }

  Path path() {
    return path;
  }

  /** Moves on by one excerpt whose frame holds, if there is one. */
  Step next() throws IOException {
    while (true) {
      if (position >= completeUntil && !readComplete()) {
        return stop();
      }
      if (position == 0 && !isReadable()) {
        return Step.FOREIGN;
      }
      int header = header(position);
      excerpt = position + HEADER;
      length = lengthOf(header);
      position = after(position, header);
      if ((header & META_DATA) == 0) {
        return isFramed(offset(), length) ? Step.EXCERPT : backToDamage();
      }
    }
  }

  /**
   * Looks for an excerpt after bytes that are none; only in a file that is written no more.
   *
   * @param afterNumber the number of the last excerpt that was read
   * @return whether {@link #next()} will find one
   */
  boolean skipDamage(long afterNumber) throws IOException {
    for (long at = position + HEADER; window.load(at, HEADER + Excerpt.RECORD_OFFSET); at += 4) {
      if (looksLikeExcerpt(at, afterNumber)) {
        position = at;
        completeUntil = at;
        return true;
      }
    }
    return false;
  }

  /**
   * Goes to just after the excerpt at this place, if one of this position and number is there.
   *
   * @return whether it is there; {@link #length()} is then its length
   */
  boolean resumeAfter(long place, long ringPosition, long number) throws IOException {
    if (place <= 0 || !window.load(place, HEADER + Excerpt.RECORD_OFFSET)) {
      return false;
    }
    boolean same =
        looksLikeExcerpt(place, number - 1)
            && number(window.offset(place + HEADER)) == number
            && position(window.offset(place + HEADER)) == ringPosition;
    if (!same || !isReadable()) {
      return false;
    }
    window.load(place, HEADER + Excerpt.RECORD_OFFSET);
    excerpt = place + HEADER;
    length = lengthOf(header(place));
    position = after(place, header(place));
    completeUntil = position;
    return true;
  }

  /** What the excerpt says of its record. */
  QueueFrame frame() {
    return QueueFrame.read(buffer(), offset(), length);
  }

  /**
   * The frames of the excerpts behind this one, two at most, as far as they are whole by now; the
   * walk goes on as if they had not been looked at.
   */
  List<QueueFrame> following() throws IOException {
    if (position < completeUntil) {
      return loaded();
    }
    List<QueueFrame> frames = readComplete() ? loaded() : List.of();
    completeUntil = position;
    window.load(excerpt, length);
    return frames;
  }

  private List<QueueFrame> loaded() {
    List<QueueFrame> frames = new ArrayList<>();
    for (long at = position; at < completeUntil && frames.size() < 2; at = after(at, header(at))) {
      if ((header(at) & META_DATA) == 0) {
        int offset = window.offset(at + HEADER);
        if (!isFramed(offset, lengthOf(header(at)))) {
          break;
        }
        frames.add(QueueFrame.read(window.buffer(), offset, lengthOf(header(at))));
      }
    }
    return frames;
  }

  DirectBuffer buffer() {
    return window.buffer();
  }

  /** Where in {@link #buffer()} the excerpt begins. */
  int offset() {
    return window.offset(excerpt);
  }

  int length() {
    return length;
  }

  /** The excerpt's place in the file, for {@link #resumeAfter}. */
  long place() {
    return excerpt - HEADER;
  }

  private boolean isFramed(int offset, int excerptLength) {
    int record = excerptLength - Excerpt.RECORD_OFFSET;
    int at = offset + Excerpt.LENGTH_OFFSET;
    return record > 0 && window.buffer().getInt(at, ByteOrder.LITTLE_ENDIAN) == record;
  }

  private Step backToDamage() {
    position = excerpt - HEADER;
    completeUntil = position;
    return Step.DAMAGED;
  }

  private boolean readComplete() throws IOException {
    if (!isComplete(window.peekInt(position))) {
      return false;
    }
    window.read(position, HEADER);
    long end = position;
    while (end + HEADER <= window.end() && isComplete(header(end))) {
      int document = HEADER + lengthOf(header(end));
      if (end + document > window.end() && (end > position || !fits(end, document))) {
        break;
      }
      end = after(end, header(end));
    }
    completeUntil = end;
    if (end == position) {
      return false;
    }
    window.read(position, (int) (end - position));
    return true;
  }

  private boolean fits(long at, int document) throws IOException {
    return document <= MAX_DOCUMENT_LENGTH && at + document <= window.fileSize();
  }

  private Step stop() throws IOException {
    completeUntil = position;
    int header = window.peekInt(position);
    if (header == END_OF_CYCLE) {
      return Step.END;
    }
    boolean complete = isComplete(header) && !fits(position, HEADER + lengthOf(header));
    return complete ? Step.DAMAGED : Step.QUIET;
  }

  private boolean isReadable() throws IOException {
    if (!window.load(0, HEADER)) {
      return false;
    }
    int header = header(0);
    int wanted = HEADER + lengthOf(header);
    if ((header & META_DATA) == 0 || wanted > 4096 || !window.load(0, wanted)) {
      return false;
    }
    byte[] document = new byte[wanted - HEADER];
    window.buffer().getBytes(window.offset(HEADER), document);
    return indexOf(document, NAME) == 0 && indexOf(document, DATA_FORMAT) > 0;
  }

  private boolean looksLikeExcerpt(long at, long afterNumber) {
    int header = header(at);
    int offset = window.offset(at + HEADER);
    DirectBuffer buffer = window.buffer();
    int record = buffer.getInt(offset + Excerpt.LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
    return (header & END_OF_CYCLE) == 0
        && lengthOf(header) == record + Excerpt.RECORD_OFFSET
        && record > 0
        && number(offset) > afterNumber
        && position(offset) >= 0;
  }

  private long number(int offset) {
    return window.buffer().getLong(offset + Excerpt.NUMBER_OFFSET, ByteOrder.LITTLE_ENDIAN);
  }

  private long position(int offset) {
    return window.buffer().getLong(offset + Excerpt.POSITION_OFFSET, ByteOrder.LITTLE_ENDIAN);
  }

  private int header(long at) {
    return window.buffer().getInt(window.offset(at), ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean isComplete(int header) {
    return header != 0 && (header & NOT_COMPLETE) == 0;
  }

  private static int lengthOf(int header) {
    return header & ~END_OF_CYCLE;
  }

  private static long after(long at, int header) {
    return at + HEADER + ((lengthOf(header) + 3) & -4);
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int at = 0; at + part.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    return -1;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    window.close();
  }
}
