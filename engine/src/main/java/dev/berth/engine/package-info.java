/**
 * XGBoost models in plain Java: read a saved model, ask it for margins, predictions, probabilities,
 * leaves and contributions. {@link dev.berth.engine.Booster} is the door; the rooms behind it read
 * files, walk trees, weigh features and apply objectives. Leans on jackson-core alone: no HTTP, no
 * native library.
 */
package dev.berth.engine;
