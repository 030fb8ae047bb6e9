/**
 * Decision trees as data and as compiled arrays. {@link dev.berth.engine.tree.Tree} keeps a tree as
 * its file numbers it, for explanations; {@link dev.berth.engine.tree.CompiledForest} holds all
 * trees in one of two layouts, complete trees where they are shallow and linked ones elsewhere, and
 * walks them without a branch or an allocation; blocks of rows go through shallow trees as slices
 * of 64. Leans on the rooms of rows and buffers.
 */
package dev.berth.engine.tree;
