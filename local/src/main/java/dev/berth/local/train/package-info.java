/**
 * {@code berth train}: a CSV file in, a model file out, trained by XGBoost itself (xgboost4j) with
 * a fixed seed and reproducible to the byte. The finished file is read back by Berth's engine,
 * whose margins must equal XGBoost's, before it counts as written. Leans on xgboost4j, which
 * nothing else of the product loads, and on the engine.
 */
package dev.berth.local.train;
