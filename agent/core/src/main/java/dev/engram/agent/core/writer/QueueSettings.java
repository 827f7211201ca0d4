package dev.engram.agent.core.writer;

import java.time.Duration;

/**
 * The bounds the writer keeps.
 *
 * @param roll the age at which a queue file is followed by a new one
 * @param maxBytes what all queue files may take
 * @param syncInterval how often the queue is forced to disk; zero for never
 * @param diskFloor free bytes below which nothing is written
 * @param shutdownDrain how long a stop may take to empty the ring
 */
public record QueueSettings(
    Duration roll, long maxBytes, Duration syncInterval, long diskFloor, Duration shutdownDrain) {}
