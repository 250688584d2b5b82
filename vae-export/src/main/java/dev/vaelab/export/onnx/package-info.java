/** Models as ONNX files, made of the messages of {@code tribuo-util-onnx}. */
package dev.vaelab.export.onnx;
