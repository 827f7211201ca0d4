/**
 * A store in the heap, for tests: the oracle that durable stores are compared with. Favours
 * plainness over speed. Thread-safe: every call holds one lock.
 */
@NullMarked
package dev.engram.collector.store.memory;

import org.jspecify.annotations.NullMarked;
