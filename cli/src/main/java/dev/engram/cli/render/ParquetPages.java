package dev.engram.cli.render;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Pages as one file of Apache Parquet, written from its beginning to its end. */
final class ParquetPages<T> implements ExportPages<T> {
  /** What is held in memory before it is written. */
  private static final long ROW_GROUP_BYTES = 16L << 20;

  private final ParquetWriter<T> writer;

  /**
   * A file.
   *
   * @param name what a row is
   */
  ParquetPages(OutputStream out, String name, List<ParquetColumn<T>> columns) {
    try {
      writer =
          new Builder<>(new Streamed(out), new Rows<>(name, columns))
              .withConf(new PlainParquetConfiguration())
              .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
              .withRowGroupSize(ROW_GROUP_BYTES)
              .build();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void write(List<T> page) {
    try {
      for (T row : page) {
        writer.write(row);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void end() {
    try {
      writer.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static final class Builder<T> extends ParquetWriter.Builder<T, Builder<T>> {
    private final Rows<T> rows;

    Builder(OutputFile file, Rows<T> rows) {
      super(file);
      this.rows = rows;
    }

    @Override
    protected Builder<T> self() {
      return this;
    }

    @Override
    protected WriteSupport<T> getWriteSupport(ParquetConfiguration configuration) {
      return rows;
    }

    @Override
    protected WriteSupport<T> getWriteSupport(Configuration configuration) {
      return rows;
    }
  }

  /** Rows, column by column. */
  private static final class Rows<T> extends WriteSupport<T> {
    private final List<ParquetColumn<T>> columns;
    private final WriteContext context;
    private RecordConsumer to;

    @SuppressWarnings("NullAway") // It is prepared before the first row.
    Rows(String name, List<ParquetColumn<T>> columns) {
      this.columns = columns;
      List<Type> types = columns.stream().<Type>map(ParquetColumn::type).toList();
      context = new WriteContext(new MessageType(name, types), Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return context;
    }

    @Override
    public WriteContext init(Configuration configuration) {
      return context;
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      to = consumer;
    }

    @Override
    public void write(T row) {
      to.startMessage();
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).value().write(to, i, row);
      }
      to.endMessage();
    }
  }

  /** The stream as Parquet wants a new file: it asks only how much was written. */
  private record Streamed(OutputStream out) implements OutputFile {

    @Override
    public PositionOutputStream create(long blockSize) {
      return new Position(out);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
      return new Position(out);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  private static final class Position extends PositionOutputStream {
    private final OutputStream out;
    private long position;

    Position(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
