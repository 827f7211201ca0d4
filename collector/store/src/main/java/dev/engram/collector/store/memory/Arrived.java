package dev.engram.collector.store.memory;

import dev.engram.collector.store.InstanceId;
import dev.engram.collector.store.Row;

/** A row with its instance and when it came, relative to all others. */
record Arrived<R extends Row>(InstanceId instance, long arrival, R row) {}
