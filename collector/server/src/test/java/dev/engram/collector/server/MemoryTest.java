package dev.engram.collector.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.agent.record.ring.HomeLayout;
import dev.engram.agent.record.ring.RingHeader;
import dev.engram.agent.record.ring.RingLayout;
import dev.engram.collector.query.InstanceAccounting;
import dev.engram.collector.store.Instance;
import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.InstanceState;
import dev.engram.collector.store.Store;
import dev.engram.collector.store.StoreException;
import dev.engram.collector.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
  private static final InstanceId SHOP = new InstanceId(new UUID(1, 2));

  @TempDir private Path folder;

  @Test
  void open_emptyHome_remembersNothingAndMakesNothing() {
    try (Memory memory = Memory.open(new Home(folder))) {
      assertThat(memory.queries().instances()).isEmpty();
      assertThat(memory.queries().accounting().instances()).isEmpty();
      assertThat(memory.collector()).isEmpty();
    }

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void open_homeWithAStore_answersFromIt() {
    Instance shop = new Instance(SHOP, "shop", "1.0", 1_000, 0, Map.of());
    try (Store store = SqliteStore.open(SqliteStore.fileIn(folder))) {
      store.writer().putInstance(shop);
    }

    try (Memory memory = Memory.open(new Home(folder))) {
      assertThat(memory.queries().instances()).containsExactly(shop);
    }
  }

  @Test
  void accounting_folderThatNoCollectorHasSeen_hasItsNameAndIsKilled() throws IOException {
    String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    Path instance =
        HomeLayout.instances(folder).resolve(HomeLayout.instanceFolder("shop", SHOP.toString()));
    Files.createDirectories(instance);
    Files.writeString(
        instance.resolve(HomeLayout.INSTANCE_FILE),
        "{\"instance_id\":\"" + SHOP + "\",\"service\":\"shop\",\"host\":\"" + host + "\"}");
    Files.write(instance.resolve(HomeLayout.RING), ringWithAnOldHeartbeat());

    try (Memory memory = Memory.open(new Home(folder))) {
      List<InstanceAccounting> books = memory.queries().accounting().instances();
      assertThat(books).extracting(InstanceAccounting::service).containsExactly("shop");
      assertThat(books).extracting(InstanceAccounting::state).containsExactly(InstanceState.KILLED);
    }
  }

  @Test
  void open_brokenStore_saysWhichFileAndLeavesItAsItIs() throws IOException {
    Path file = SqliteStore.fileIn(folder);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "no database at all, and longer than a header ".repeat(100));
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> Memory.open(new Home(folder)).queries().instances())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString());
    assertThat(file).hasBinaryContent(before);
  }

  private static byte[] ringWithAnOldHeartbeat() {
    byte[] file = new byte[(int) RingLayout.fileLength(1 << 16)];
    RingHeader header = new RingHeader(new UnsafeBuffer(file));
    header.initialize(SHOP.uuid(), 1 << 16, System.currentTimeMillis() - 60_000);
    header.state(RingLayout.STATE_RUNNING);
    return file;
  }
}
