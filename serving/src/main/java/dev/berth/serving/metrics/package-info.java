/**
 * How a process of the data plane shows its Prometheus metrics. What is measured, and under which
 * name, is each process' own affair; here is only the page, and the names that others ask for.
 * Leans on the Prometheus text exposition and on {@code serving.http}.
 */
package dev.berth.serving.metrics;
