/** The shell as people run it: real processes, real sockets, real signals. */
package dev.berth.local.shell;
