/**
 * Faster starts: what the JVM of a program loaded while it answered some requests is kept for its
 * next starts (JEP 483, 514: an AOT cache). Here is the rehearsal, which {@code prepare-caches} and
 * the images have in common. Leans on processes and HTTP only.
 */
package dev.berth.aot;
