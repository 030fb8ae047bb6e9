/**
 * From a model's configuration to a model that may answer: fetch, read, compare with the features
 * that were promised, answer the golden records, warm up. Whatever goes wrong on the way has a
 * reason. Leans on artifact, model and golden.
 */
package dev.berth.modelserver.load;
