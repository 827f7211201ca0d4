package dev.engram.cli.render;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.NANOS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.jsonType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * One column of a Parquet file.
 *
 * @param type its name and its type; every value may be missing
 * @param value writes that of a row, or nothing
 */
record ParquetColumn<T>(PrimitiveType type, Writing<T> value) {

  /** Adds at most one value. */
  interface Writing<T> {
    /**
     * As said above.
     *
     * @param index the column's
     */
    void write(RecordConsumer to, int index, T row);
  }

  String name() {
    return type.getName();
  }

  static <T> ParquetColumn<T> text(String name, Function<T, @Nullable String> text) {
    return bytes(name, stringType(), text);
  }

  /** Text that is JSON. */
  static <T> ParquetColumn<T> json(String name, Function<T, @Nullable String> text) {
    return bytes(name, jsonType(), text);
  }

  static <T> ParquetColumn<T> number(String name, ToLongFunction<T> number) {
    PrimitiveType type = Types.optional(PrimitiveTypeName.INT64).named(name);
    return new ParquetColumn<>(type, writing(name, number));
  }

  /** A moment in nanoseconds since the epoch. */
  static <T> ParquetColumn<T> time(String name, ToLongFunction<T> epochNanos) {
    PrimitiveType type =
        Types.optional(PrimitiveTypeName.INT64).as(timestampType(true, NANOS)).named(name);
    return new ParquetColumn<>(type, writing(name, epochNanos));
  }

  private static <T> Writing<T> writing(String name, ToLongFunction<T> number) {
    return (to, index, row) ->
        field(to, name, index, number.applyAsLong(row), RecordConsumer::addLong);
  }

  private static <T> ParquetColumn<T> bytes(
      String name, LogicalTypeAnnotation kind, Function<T, @Nullable String> text) {
    PrimitiveType type = Types.optional(PrimitiveTypeName.BINARY).as(kind).named(name);
    return new ParquetColumn<>(
        type,
        (to, index, row) -> {
          String value = text.apply(row);
          if (value != null) {
            field(to, name, index, binary(value), RecordConsumer::addBinary);
          }
        });
  }

  private static <V> void field(
      RecordConsumer to, String name, int index, V value, BiConsumer<RecordConsumer, V> add) {
    to.startField(name, index);
    add.accept(to, value);
    to.endField(name, index);
  }

  /** Parquet's own way of encoding text fails at a lone surrogate. */
  private static Binary binary(String text) {
    return Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
  }
}
