/**
 * The questions people ask of the memory, behind one facade, {@link
 * dev.engram.collector.query.Queries}. Called by the command line and whatever else shows the
 * memory; answers are records, how they look is not decided here. Safe from any thread.
 */
@NullMarked
package dev.engram.collector.query;

import org.jspecify.annotations.NullMarked;
