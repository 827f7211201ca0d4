/**
 * Runs methods again that are declared idempotent and open a transaction themselves, around the
 * proxy by which Spring opens it: inside, the transaction would have to be begun again by its
 * caller. On application threads, which may wait there.
 */
@NullMarked
package dev.engram.agent.instrumentation.transactionretry;

import org.jspecify.annotations.NullMarked;
