/**
 * What services may recall of their past: answers of decisions and of nodes of workflows, with what
 * they were given and what became of them. Pure, as all of analysis.
 */
@NullMarked
package dev.engram.collector.analysis.recall;

import org.jspecify.annotations.NullMarked;
