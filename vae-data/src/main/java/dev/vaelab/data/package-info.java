/**
 * Data sets in IDX files: MNIST, which is inside this module, and folders of files like it.
 *
 * <p>The format is Y. LeCun's: a magic number, the sizes as big-endian whole numbers of 32 bits, then the values.
 *
 * @see <a href="http://yann.lecun.com/exdb/mnist/">The MNIST database, with the description of the format</a>
 */
package dev.vaelab.data;
