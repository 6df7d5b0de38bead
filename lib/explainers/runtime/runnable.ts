import type { FloatTensor } from '../evidence'
import type { Constant } from '../onnx/graph'

/** A graph on a device, or on another machine. */
export interface Runnable {
  /** @param wanted names of outputs, float32 @returns these by name */
  run(
    inputs: Readonly<Record<string, Constant>>,
    wanted: readonly string[],
  ): Promise<Readonly<Record<string, FloatTensor>>>
  close(): Promise<void>
}
