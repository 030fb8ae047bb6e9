/**
 * From a model's configuration to a model that may answer: fetch, read, compare with the features
 * that were promised, answer the golden records, warm up. What is loaded stands in {@link
 * LoadedModels}, which says whether this process is ready. Leans on artifact, model and golden.
 */
package dev.berth.modelserver.load;
