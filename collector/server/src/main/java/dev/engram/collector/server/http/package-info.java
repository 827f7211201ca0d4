/**
 * The collector's door for HTTP: who may come in, how much may be brought, how it is answered; what
 * there is behind the door is given to it by the wiring, as resources. Knows nothing of memory.
 * Runs threads of its own, which end when it is closed.
 */
@NullMarked
package dev.engram.collector.server.http;

import org.jspecify.annotations.NullMarked;
