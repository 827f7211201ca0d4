package dev.engram.collector.store.postgresql;

import dev.engram.collector.store.ThrownStack;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;

/** Bytes and stacks, each kept once a day. For one transaction. */
final class Contents {
  private static final int HASH_BYTES = 16;

  private final Tables tables;
  private final LocalDate day;
  private final long instance;
  private final MessageDigest sha256;

  Contents(Tables tables, LocalDate day, long instance) {
    this.tables = tables;
    this.day = day;
    this.instance = instance;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Keeps the bytes; returns what they are found by. */
  byte[] add(byte[] bytes) throws SQLException {
    byte[] hash = Arrays.copyOf(sha256.digest(bytes), HASH_BYTES);
    tables.into(Tables.CONTENT).of(day).bytes(hash).bytes(bytes).add();
    return hash;
  }

  /** Keeps the stack's own frames and those of its causes and suppressed ones. */
  void addStacks(ThrownStack stack) throws SQLException {
    if (stack.stackHash() != 0 && !stack.frames().isEmpty()) {
      byte[] frames = PostgresJson.strings(stack.frames()).getBytes(StandardCharsets.UTF_8);
      tables.into(Tables.STACK).of(day).of(instance).of(stack.stackHash()).bytes(add(frames)).add();
    }
    ThrownStack cause = stack.cause();
    if (cause != null) {
      addStacks(cause);
    }
    for (ThrownStack suppressed : stack.suppressed()) {
      addStacks(suppressed);
    }
  }
}
