/**
 * How bytes become rows of floats and predictions become bytes: CSV, libsvm, JSON, JSON Lines and
 * SageMaker's records in and (libsvm apart) out, and which of them a request and its Accept header
 * ask for. The readers go over the body once, straight into a {@link RowBlock} that is predicted
 * whenever it is full, so that memory is bounded whatever a client sends. Leans on protobuf and on
 * libraries for numbers and quoting, and of the engine on its rows only; does not know HTTP.
 */
package dev.berth.modelserver.media;
