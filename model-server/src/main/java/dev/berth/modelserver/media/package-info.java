/**
 * How bytes become rows of floats and predictions become bytes: CSV, libsvm, JSON and JSON Lines
 * in, CSV, JSON and JSON Lines out, and which of them a request and its Accept header ask for. The
 * readers go over the body once, straight into a {@link RowBlock} that is predicted whenever it is
 * full, so that memory is bounded whatever a client sends. Leans on nothing but the JDK; knows
 * neither HTTP nor the engine.
 */
package dev.berth.modelserver.media;
