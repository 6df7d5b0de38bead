/** Limits of what may be uploaded, said on the page and kept by the route and the worker. */
export const modelLimits = {
  /** Bytes of an uploaded file. */
  upload: 512 * 1024 * 1024,
  /** Bytes of a zip's files together. */
  unpacked: 1024 * 1024 * 1024,
  /** Bytes of an ONNX file, which is read as a whole. */
  graph: 256 * 1024 * 1024,
  classes: 1000,
  /** Pixels of a side of the pictures that a classifier takes. */
  side: { least: 16, most: 512 },
  /** Models of a course. */
  models: 20,
} as const
