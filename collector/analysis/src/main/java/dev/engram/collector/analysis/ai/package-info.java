/**
 * What can be concluded from remembered calls of models: tokens, cost, latency, errors. Pure
 * functions over {@link dev.engram.collector.store.StoreReader}, as in the package above. Safe from
 * any thread.
 */
@NullMarked
package dev.engram.collector.analysis.ai;

import org.jspecify.annotations.NullMarked;
