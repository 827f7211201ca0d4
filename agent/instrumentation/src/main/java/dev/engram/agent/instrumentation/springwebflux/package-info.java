/**
 * What Spring WebFlux knows of a request, on whichever server it runs: the pattern that its path
 * matched, and the exceptions that its handlers were left with. It opens no span. The advice and
 * capture classes run on request threads, loaded beside Spring.
 */
@NullMarked
package dev.engram.agent.instrumentation.springwebflux;

import org.jspecify.annotations.NullMarked;
