/**
 * The gblinear booster: one weight a feature and output. Margins are added up in the file's feature
 * order, float by float, as XGBoost does. Leans on nothing.
 */
package dev.berth.engine.linear;
