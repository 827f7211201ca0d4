/**
 * Google's Agent Development Kit: models, tools and agents. Whatever client is below a model finds
 * its call current. The advice and capture classes run on the application's threads, loaded beside
 * the kit.
 */
@NullMarked
package dev.engram.agent.instrumentation.googleadk;

import org.jspecify.annotations.NullMarked;
