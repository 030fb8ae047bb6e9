/**
 * The admin port: whether the process lives, what it has loaded, and its metrics for Prometheus.
 * Nothing here is for the clients of a model. Leans on the metrics library and serving's HTTP.
 */
package dev.berth.modelserver.admin;
