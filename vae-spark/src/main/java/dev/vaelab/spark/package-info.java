/** Where the program begins that runs on Apache Spark. */
package dev.vaelab.spark;
