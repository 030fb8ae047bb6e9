/**
 * What the router counts, under the names of the wire contract. Labels are endpoint, variant,
 * revision and status code only, and a fleet's series go when the fleet goes, so that years of
 * revisions do not pile up. Leans on the Prometheus metrics core.
 */
package dev.berth.router.metrics;
