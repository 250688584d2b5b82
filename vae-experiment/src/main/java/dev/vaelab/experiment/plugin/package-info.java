/**
 * Engines, parts and data sets that are not on the program's class path: each comes with a class loader of its own.
 *
 * <p>A <em>plug-in</em> is a folder of jars, or one jar. What it and the program have to agree on, it has from the program: the
 * packages of the contract ({@code dev.vaelab.api}, {@code dev.vaelab.training}), the annotations that stand on parts, and slf4j. All
 * else comes from its own jars first, and from the program where they lack it. So two engines may bring two versions of one library, and
 * no engine can bring one that the program trips over.
 *
 * <p>There are two kinds of places, see {@link dev.vaelab.experiment.plugin.PluginPath}. A folder of {@code engines} has the name of its
 * engine, by which it is known without being opened: a hundred jars that nobody asked for cost nothing. What is in a folder of plug-ins is
 * known only by looking: the tables of contents of its jars are read, and what their service files name is constructed.
 *
 * <p>A plug-in that is damaged, or has a name that another one has, matters to whoever asks for it; everybody else hears of it in a
 * {@link dev.vaelab.experiment.plugin.Plugins#problems() problem}.
 *
 * <p>While an engine or a data set is at work, the thread's context class loader is that of its plug-in: libraries look there for services
 * and resources of their own.
 */
package dev.vaelab.experiment.plugin;
