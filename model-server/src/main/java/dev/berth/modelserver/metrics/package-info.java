/**
 * What is counted and timed while the server works, for Prometheus. Labels are names of configured
 * models and status codes, so that their number is bounded. Leans on the metrics library and on
 * model.
 */
package dev.berth.modelserver.metrics;
