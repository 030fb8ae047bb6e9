/**
 * Puts an AOT cache into an image: unpacks the archive that Jib wrote, rehearses its program with
 * the JVM that is in it, and writes the archive again with one layer more. Runs in the build, never
 * in a container. Leans on the rehearsal.
 */
package dev.berth.aot.image;
