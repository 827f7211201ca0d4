/**
 * The contract of a store as tests. A backend's own test has one nested class per contract that
 * says how to open it. Used by the tests of {@code collector/store-*} alone.
 */
@NullMarked
package dev.engram.collector.store.testkit;

import org.jspecify.annotations.NullMarked;
