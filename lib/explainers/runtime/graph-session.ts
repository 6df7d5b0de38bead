import { availableParallelism } from 'node:os'
import * as ort from 'onnxruntime-node'
import type { FloatTensor } from '../evidence'
import type { Constant, Graph } from '../onnx/graph'
import { encodeGraph } from '../onnx/graph-encoding'
import { type Provider, ProviderFailure } from './provider'

export interface SessionOptions {
  readonly provider: Provider
  /** Threads of the CPU provider; default: one for each core that this process may use. */
  readonly threads?: number
}

/** A graph ready to run on one device. */
export class GraphSession {
  private constructor(
    private readonly session: ort.InferenceSession,
    private readonly outputs: readonly string[],
    private readonly provider: Provider,
  ) {}

  /** @throws ProviderFailure where a device other than the processor cannot take the graph. */
  static async create(graph: Graph, { provider, threads }: SessionOptions): Promise<GraphSession> {
    const session = await onDevice(provider, () =>
      ort.InferenceSession.create(encodeGraph(graph), {
        executionProviders: [provider],
        intraOpNumThreads: threads ?? availableParallelism(),
        interOpNumThreads: 1,
        executionMode: 'sequential',
        graphOptimizationLevel: 'all',
        // Threads that wait by spinning would take the cores from the server and the database beside this process.
        extra: { session: { intra_op: { allow_spinning: '0' } } },
      }),
    )
    return new GraphSession(
      session,
      graph.outputs.map(({ name }) => name),
      provider,
    )
  }

  /**
   * @param inputs a value for each graph input, by name.
   * @param wanted the graph outputs to bring back from the device; default: all.
   * @returns these outputs, float32, by name.
   * @throws ProviderFailure where a device other than the processor fails.
   */
  async run(
    inputs: Readonly<Record<string, Constant>>,
    wanted = this.outputs,
  ): Promise<Readonly<Record<string, FloatTensor>>> {
    const feeds: Record<string, ort.Tensor> = {}
    for (const [name, { type, shape, data }] of Object.entries(inputs)) {
      feeds[name] = new ort.Tensor(type as 'float32', data as Float32Array, shape)
    }
    const results = await onDevice(this.provider, () => this.session.run(feeds, wanted))
    const outputs: Record<string, FloatTensor> = {}
    for (const name of wanted) {
      const { data, dims } = results[name]!
      outputs[name] = { data: data as Float32Array, shape: dims }
    }
    return outputs
  }

  async close(): Promise<void> {
    await this.session.release()
  }
}

/** The processor is what one falls back to: its failures are ours. */
async function onDevice<Result>(provider: Provider, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw provider === 'cpu' ? error : new ProviderFailure(provider, error)
  }
}
