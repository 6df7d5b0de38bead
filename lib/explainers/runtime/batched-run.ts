import type { FloatTensor, Tensor } from '../evidence'
import { type Constant, elementCount } from '../onnx/graph'

export interface BatchedInput {
  /** Name of the graph input whose first axis counts what is run. */
  readonly name: string
  readonly values: Tensor
}

export interface BatchedRun {
  readonly batch: number
  /** Split into batches; the last is filled up with zeros. */
  readonly varied: readonly BatchedInput[]
  /** The same for every batch. */
  readonly shared: Readonly<Record<string, Constant>>
  /** Outputs whose first axis is the batch: their parts are joined. */
  readonly joined: readonly string[]
  /** Outputs that are sums over the batch: they are added. */
  readonly added?: readonly string[]
}

export type Run = (
  inputs: Readonly<Record<string, Constant>>,
  outputs: readonly string[],
) => Promise<Readonly<Record<string, FloatTensor>>>

/** Runs a graph of a fixed batch as often as its inputs need. @returns the outputs by name. */
export async function runBatched(run: Run, work: BatchedRun): Promise<Readonly<Record<string, FloatTensor>>> {
  const { batch, varied, shared, joined, added = [] } = work
  const count = varied[0]!.values.shape[0]!
  const results = new Map<string, FloatTensor>()
  for (let first = 0; first < count; first += batch) {
    const present = Math.min(batch, count - first)
    const inputs: Record<string, Constant> = { ...shared }
    for (const { name, values } of varied) inputs[name] = partOf(values, first, present, batch)
    const outputs = await run(inputs, [...joined, ...added])
    for (const name of joined) join(results, name, outputs[name]!, { first, present, batch, count })
    for (const name of added) add(results, name, outputs[name]!)
  }
  return Object.fromEntries(results)
}

function partOf(
  { data, shape: [, ...rest] }: Tensor,
  first: number,
  present: number,
  batch: number,
): Constant {
  const size = elementCount(rest)
  const shape = [batch, ...rest]
  const part = filledUp(data.subarray(first * size, (first + present) * size), batch * size)
  return part instanceof Int32Array
    ? { type: 'int32', shape, data: part }
    : { type: 'float32', shape, data: part }
}

function filledUp<Data extends Tensor['data']>(part: Data, length: number): Data {
  if (part.length === length) return part
  const whole = new (part.constructor as new (length: number) => Data)(length)
  whole.set(part)
  return whole
}

function join(
  results: Map<string, FloatTensor>,
  name: string,
  { data, shape: [, ...rest] }: FloatTensor,
  { first, present, batch, count }: { first: number; present: number; batch: number; count: number },
): void {
  const size = data.length / batch
  if (first === 0) results.set(name, { data: new Float32Array(count * size), shape: [count, ...rest] })
  results.get(name)!.data.set(data.subarray(0, present * size), first * size)
}

function add(results: Map<string, FloatTensor>, name: string, { data, shape }: FloatTensor): void {
  const known = results.get(name)
  if (!known) results.set(name, { data: data.slice(), shape })
  else for (const [i, value] of data.entries()) known.data[i]! += value
}
