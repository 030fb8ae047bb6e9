/**
 * Command lines of the processes whose start somebody waits for. Commons CLI reads them: it is
 * small, and its classes fit into the JVM's AOT cache. Leans on nothing of ours.
 */
package dev.berth.serving.cli;
