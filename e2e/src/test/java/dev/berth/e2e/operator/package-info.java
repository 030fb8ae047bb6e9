/**
 * The operator in this process against a real API server with the real controllers of Deployments
 * and garbage, and no node: what server-side apply, ownership and deletion really do. The tests
 * play the kubelet and the routers. Leans on the binaries of the one-node cluster.
 */
package dev.berth.e2e.operator;
