/**
 * Sees failures coming: resources that run out, pools that fill, what expires, retries that make an
 * outage worse. A false alarm is worse than a miss here; what each needs to speak is in
 * docs/insights.md. Called by {@code collector/query}. Pure; safe from any thread.
 */
@NullMarked
package dev.engram.collector.analysis.prevent;

import org.jspecify.annotations.NullMarked;
