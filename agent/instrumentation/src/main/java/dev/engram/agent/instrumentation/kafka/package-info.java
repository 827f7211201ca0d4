/**
 * What a Kafka client sends is a PRODUCER span, what it handles a CONSUMER span of the sender's
 * trace. The advice and capture classes run on the threads of callers, of the client and of
 * Spring's listener containers, loaded beside them; the instrumentation class is read once by the
 * installer.
 */
@NullMarked
package dev.engram.agent.instrumentation.kafka;

import org.jspecify.annotations.NullMarked;
