/**
 * TreeSHAP: what each feature adds to a margin (Lundberg, Erion, Lee: "Consistent individualized
 * feature attribution for tree ensembles", 2018, the path-dependent variant that XGBoost answers
 * pred_contribs with), computed as integrals of polynomials. It needs the covers (sum of hessians)
 * of the file. Leans on the tree room.
 */
package dev.berth.engine.shap;
