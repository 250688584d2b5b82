/**
 * Kinds of data sets: MNIST, which is inside this module, folders of IDX files like it, and folders of pictures.
 *
 * <p>IDX is Y. LeCun's format: a magic number, the sizes as big-endian whole numbers of 32 bits, then the values. Pictures
 * are PNG and JPEG files, and are read by the JDK.
 *
 * @see <a href="http://yann.lecun.com/exdb/mnist/">The MNIST database, with the description of IDX</a>
 */
package dev.vaelab.data;
