/**
 * The Open Inference Protocol's tensors: requests read from JSON, from raw bytes behind JSON and
 * from Protocol Buffers, all to the same rows; answers written back in each of the three. Knows
 * neither HTTP nor gRPC, so that both say the same. Leans on media and protobuf.
 */
package dev.berth.modelserver.tensor;
