/** What a person looks at: pictures of a model, pages of runs, TensorBoard files, the explorer. */
package dev.vaelab.report;
