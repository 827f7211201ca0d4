/**
 * What the scenarios stand on: the JDKs of this machine, child JVMs with the packaged agent, the
 * packaged command line over one memory home, and traffic. Used by the test thread unless a class
 * says otherwise.
 */
@NullMarked
package dev.engram.integration.harness;

import org.jspecify.annotations.NullMarked;
