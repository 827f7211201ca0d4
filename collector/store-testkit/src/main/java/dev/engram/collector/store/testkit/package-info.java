/**
 * The contract of a store as tests. A backend's own test extends {@link
 * dev.engram.collector.store.testkit.StoreContracts}, or the durable ones, and says how to open it.
 * Used by the tests of {@code collector/store-*} alone.
 */
@NullMarked
package dev.engram.collector.store.testkit;

import org.jspecify.annotations.NullMarked;
