/**
 * What must not be remembered, and what stands in its place: the same for all who write records.
 * Values pass here where they enter one: from capture's record writer, on application threads, and
 * from what people tell the collector. The settings quote the built-in masks. Thread-safe.
 */
@NullMarked
package dev.engram.agent.record.redaction;

import org.jspecify.annotations.NullMarked;
