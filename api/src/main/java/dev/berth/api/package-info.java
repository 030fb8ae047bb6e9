/**
 * The resources that people write (Model, EndpointConfig, Endpoint) and the one that routers obey
 * (EndpointRoute), as records. The CRDs are generated from these types, validation included. Leans
 * on the Kubernetes client's annotations and on nothing of ours.
 */
package dev.berth.api;
