/**
 * Children of the local shell: model servers in fleets, and the router. Starts them on free ports,
 * asks them whether they are ready, restarts what crashes, and stops them so that nobody notices;
 * standard input ties their life to the shell's. Leans on the JDK's processes and HTTP client and
 * on the two programs' flags and files.
 */
package dev.berth.local.process;
