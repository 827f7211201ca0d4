package dev.engram.collector.intake;

import dev.engram.agent.core.writer.SteppedWriter;
import dev.engram.agent.record.ring.Excerpt;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes cycle files as Chronicle Queue lays them out, store by store: a document's header says
 * that it is not complete until its bytes are there. Confined to one thread.
 */
final class ModelQueue implements SteppedWriter.Files {
  private static final int NOT_COMPLETE = 1 << 31;
  private static final int META_DATA = 1 << 30;
  private static final String DESCRIPTION =
      "\u00b9\u0006header\u00b6\u0008SCQStore......dataFormat\u00a1\u0001..";

  /** What a writer does that has appended an excerpt; nobody sees whether it did. */
  static final String AFTER_EXCERPT = "after the excerpt";

  /** The same, when the excerpt is counted too. */
  static final String MEASURE = "measure the file";

  /** What the writer's budget takes an excerpt for. */
  static final long EXCERPT_BYTES = 1000;

  private final MemoryDisk disk;
  private final Path folder;
  private final MemoryDisk.Watch watch;
  private final boolean renumbers;
  private final Map<String, List<Long>> positions = new HashMap<>();
  private long cycle = -1;
  private Path file;
  private int end;
  private int inFile;
  private int left;

  /**
   * @param renumbers puts a position of its own into each excerpt, which no queue may
   */
  ModelQueue(MemoryDisk disk, Path folder, MemoryDisk.Watch watch, boolean renumbers) {
    this.disk = disk;
    this.folder = folder;
    this.watch = watch;
    this.renumbers = renumbers;
  }

  @Override
  public void append(long toCycle, long position, long number, int kindCode, byte[] record) {
    if (toCycle != cycle) {
      roll(toCycle);
    }
    byte[] excerpt = excerpt(renumbers ? 8 * number : position, number, kindCode, record);
    store("begin excerpt", end, number(NOT_COMPLETE | excerpt.length));
    store("write excerpt", end + Integer.BYTES, excerpt);
    store("complete excerpt", end, number(excerpt.length));
    end += Integer.BYTES + (excerpt.length + 3 & -4);
    inFile++;
    positions.computeIfAbsent(file.toString(), it -> new ArrayList<>()).add(position);
    watch.before(AFTER_EXCERPT);
  }

  private void roll(long toCycle) {
    if (file != null) {
      store("end cycle", end, number(NOT_COMPLETE | META_DATA));
    }
    cycle = toCycle;
    file = folder.resolve(String.format("%015d.cq4", toCycle));
    watch.before("create " + file.getFileName());
    disk.putFile(file, new byte[0]);
    byte[] description = DESCRIPTION.getBytes(StandardCharsets.ISO_8859_1);
    store("begin file", 0, number(NOT_COMPLETE | META_DATA | description.length));
    store("describe file", Integer.BYTES, description);
    store("complete file", 0, number(META_DATA | description.length));
    end = Integer.BYTES + (description.length + 3 & -4);
    inFile = 0;
  }

  private void store(String what, int at, byte[] bytes) {
    watch.before(what);
    disk.write(file, at, bytes);
  }

  private static byte[] excerpt(long position, long number, int kindCode, byte[] record) {
    ByteBuffer excerpt =
        ByteBuffer.allocate(Excerpt.RECORD_OFFSET + record.length).order(ByteOrder.LITTLE_ENDIAN);
    excerpt.putLong(Excerpt.POSITION_OFFSET, position);
    excerpt.putLong(Excerpt.NUMBER_OFFSET, number);
    excerpt.putInt(Excerpt.KIND_OFFSET, kindCode);
    excerpt.putInt(Excerpt.LENGTH_OFFSET, record.length);
    excerpt.position(Excerpt.RECORD_OFFSET);
    return excerpt.put(record).array();
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  @Override
  public File file() {
    return file.toFile();
  }

  @Override
  public boolean leave() {
    boolean begun = file != null;
    file = null;
    left += begun ? 1 : 0;
    return begun;
  }

  @Override
  public long fileBytes() {
    watch.before(MEASURE);
    return inFile * EXCERPT_BYTES;
  }

  /** Ring positions of the whole excerpts in this file. */
  List<Long> positions(String fileName) {
    return positions.getOrDefault(fileName, List.of());
  }

  /** How many whole excerpts are in these files. */
  int excerpts(Set<String> fileNames) {
    return fileNames.stream().mapToInt(name -> positions(name).size()).sum();
  }

  /** What a writer remembers of its files, as one number. */
  long digest() {
    return new Digest().add(cycle).add(end).add(inFile).add(left).value();
  }
}
