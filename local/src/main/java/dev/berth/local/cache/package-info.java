/**
 * Faster starts: runs a small sample folder once and lets the JVM of each program keep what it
 * loaded (JEP 483, 514: an AOT cache). Nothing needs the caches, and the JVM ignores one that does
 * not fit its jars. Leans on the {@code up} command as a process, and on HTTP.
 */
package dev.berth.local.cache;
