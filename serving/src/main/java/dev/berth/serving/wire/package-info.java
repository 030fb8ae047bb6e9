/**
 * What travels on the data plane's wires besides the payload: header names, error bodies, request
 * ids and the paths that router and model server agree on. Both processes speak with these words,
 * so that an SDK meant for SageMaker reads our answers unchanged. Leans on Jackson's string encoder
 * only.
 */
package dev.berth.serving.wire;
