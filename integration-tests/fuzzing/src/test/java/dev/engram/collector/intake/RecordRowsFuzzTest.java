package dev.engram.collector.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.engram.collector.store.Batch;
import dev.engram.collector.store.Checkpoint;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.memory.InMemoryStore;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;

/** Any fields under a right checksum: a row that the store takes, or a record that is counted. */
class RecordRowsFuzzTest {
  private static final InstanceId INSTANCE = new InstanceId(new UUID(1, 2));

  @TempDir static Path home;

  @FuzzTest(maxDuration = "30s")
  void record_becomesARowOrIsCounted(byte[] bytes) {
    if (bytes.length < 9) {
      return;
    }
    try (InMemoryStore store = new InMemoryStore()) {
      store.writer().putInstance(new Instance(INSTANCE, "shop", "1", 0, 0, Map.of()));
      RowMapper mapper =
          new RowMapper(INSTANCE, name -> true, new KnownStacks(INSTANCE, store.reader()));
      Quarantine quarantine = new Quarantine(home, INSTANCE, line -> {});
      BatchDraft draft = new BatchDraft(INSTANCE, Checkpoint.START, mapper, quarantine);
      draft.record(8, 1, 0, sealed(bytes), 0, bytes.length);
      Batch batch = draft.toBatch();
      assertThat(batch.rows().size() + batch.malformed() + batch.rejected()).isEqualTo(1);
      store.writer().write(batch);
    }
  }

  /** The checksum covers every byte but its own four. */
  private static UnsafeBuffer sealed(byte[] bytes) {
    byte[] sealed = bytes.clone();
    CRC32C checksum = new CRC32C();
    checksum.update(sealed, 0, 4);
    checksum.update(sealed, 8, sealed.length - 8);
    UnsafeBuffer buffer = new UnsafeBuffer(sealed);
    buffer.putInt(4, (int) checksum.getValue(), ByteOrder.LITTLE_ENDIAN);
    return buffer;
  }
}
