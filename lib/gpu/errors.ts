/** The CUDA provider cannot be put in place; the message says what to do. */
export class GpuError extends Error {
  override readonly name = 'GpuError'
}
