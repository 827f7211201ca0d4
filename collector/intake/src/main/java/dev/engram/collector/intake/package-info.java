/**
 * From the files of a memory home into a store: finds instance folders, tails the queues of running
 * instances, adopts dead ones, decodes, and commits rows and queue position together. The only
 * package that knows both records and stores.
 *
 * <p>Called by {@code collector/server} and {@code cli}. One thread runs {@link Collector}; all
 * else here is confined to it, except where a class says otherwise, and but for the commit of a
 * full batch, during which that thread reads the next one, and for what a store removes beside it.
 * Reads the service's files through plain read-only channels and never through a mapping, so that
 * nothing here can disturb a running service.
 */
@NullMarked
package dev.engram.collector.intake;

import org.jspecify.annotations.NullMarked;
