/**
 * Where the rooms of the collector are wired together: home, store, intake and queries. Called by
 * the command line; the only place besides tests that knows a concrete store. {@link
 * dev.engram.collector.server.CollectorServer} runs threads of its own, the rest works on the
 * caller's.
 */
@NullMarked
package dev.engram.collector.server;

import org.jspecify.annotations.NullMarked;
