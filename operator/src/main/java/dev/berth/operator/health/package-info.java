/**
 * What others see of the operator's own state: liveness, readiness and metrics on one port. Leans
 * on the JDK's HTTP server and the Prometheus client.
 */
package dev.berth.operator.health;
