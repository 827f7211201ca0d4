/**
 * What holds for the tests of all modules. Found by JUnit as a service wherever this module is on
 * the class path of tests, and called on the thread that launches them.
 */
@NullMarked
package dev.engram.testkit;

import org.jspecify.annotations.NullMarked;
