/**
 * Decision trees as data and as compiled arrays. {@link dev.berth.engine.tree.Tree} keeps a tree as
 * its file numbers it, for explanations; {@link dev.berth.engine.tree.CompiledForest} holds all
 * trees in one array and walks it without a branch or an allocation. Leans on nothing.
 */
package dev.berth.engine.tree;
