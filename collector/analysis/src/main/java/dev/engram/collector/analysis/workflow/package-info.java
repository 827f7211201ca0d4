/**
 * What can be concluded from remembered runs of workflows: which node takes the time, which fails,
 * which way works best. Pure functions over {@link dev.engram.collector.store.StoreReader}, as in
 * the package above. Safe from any thread.
 */
@NullMarked
package dev.engram.collector.analysis.workflow;

import org.jspecify.annotations.NullMarked;
