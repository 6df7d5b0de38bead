import { availableParallelism } from 'node:os'
import * as ort from 'onnxruntime-node'
import { ExplainerError } from '../errors'
import type { FloatTensor } from '../evidence'
import type { Constant, Graph } from '../onnx/graph'
import { encodeGraph } from '../onnx/graph-encoding'
import { openRemoteGraph } from './kserve/remote-graph'
import { isDemanded, type Provider, ProviderFailure } from './provider'
import type { Runnable } from './runnable'

export interface SessionOptions {
  readonly provider: Provider
  /** Threads of the CPU provider; default: one for each core that this process may use. */
  readonly threads?: number
}

/** A graph ready to run on one device. */
export class GraphSession {
  private constructor(
    private readonly runnable: Runnable,
    private readonly outputs: readonly string[],
    private readonly provider: Provider,
  ) {}

  /**
   * @param purpose what the graph is for, to be named where a server lacks it.
   * @throws ProviderFailure where a device other than the processor cannot take the graph; ExplainerError
   * 'provider-unavailable' where the only provider that is wanted is a server without the graph.
   */
  static async create(
    graph: Graph,
    { provider, threads }: SessionOptions,
    purpose = graph.name,
  ): Promise<GraphSession> {
    const runnable = await onDevice(provider, () =>
      provider === 'kserve' ? openRemoteGraph(graph, purpose) : openHere(graph, provider, threads),
    )
    return new GraphSession(
      runnable,
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
    return onDevice(this.provider, () => this.runnable.run(inputs, wanted))
  }

  async close(): Promise<void> {
    await this.runnable.close()
  }
}

async function openHere(
  graph: Graph,
  provider: Exclude<Provider, 'kserve'>,
  threads = availableParallelism(),
): Promise<Runnable> {
  const session = await ort.InferenceSession.create(encodeGraph(graph), {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // Threads that wait by spinning would take the cores from the server and the database beside this process.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  })
  return {
    async run(inputs, wanted) {
      const feeds: Record<string, ort.Tensor> = {}
      for (const [name, { type, shape, data }] of Object.entries(inputs)) {
        feeds[name] = new ort.Tensor(type as 'float32', data as Float32Array, shape)
      }
      const results = await session.run(feeds, wanted)
      const outputs: Record<string, FloatTensor> = {}
      for (const name of wanted) {
        const { data, dims } = results[name]!
        outputs[name] = { data: data as Float32Array, shape: dims }
      }
      return outputs
    },
    close: () => session.release(),
  }
}

/** The processor is what one falls back to: its failures are ours. So is what is wrong where nothing else is wanted. */
async function onDevice<Result>(provider: Provider, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    const isOurs = provider === 'cpu' || (error instanceof ExplainerError && isDemanded(provider))
    throw isOurs ? error : new ProviderFailure(provider, error)
  }
}
