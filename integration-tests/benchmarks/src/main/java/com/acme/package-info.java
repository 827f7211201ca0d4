/**
 * Programs of nobody in particular, measured with and without an agent; outside our own packages,
 * which the agent leaves alone. Started as processes; one thread.
 */
@NullMarked
package com.acme;

import org.jspecify.annotations.NullMarked;
