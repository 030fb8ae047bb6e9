/** Training as people call it, with XGBoost's own library. */
package dev.berth.local.train;
