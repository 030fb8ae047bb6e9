/**
 * The route table as a cluster has it: EndpointRoutes say which fleets share the traffic,
 * EndpointSlices where their servers are, and the router writes back which generation it serves.
 * When the API server is gone, what was known is served on. Leans on the Kubernetes client's
 * informers and on {@code table}.
 */
package dev.berth.router.kubernetes;
