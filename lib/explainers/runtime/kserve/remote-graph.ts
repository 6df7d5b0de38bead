import { createHash } from 'node:crypto'
import { ExplainerError } from '../../errors'
import type { Graph } from '../../onnx/graph'
import { encodeGraph } from '../../onnx/graph-encoding'
import type { Runnable } from '../runnable'
import { KserveClient, KserveRefusal } from './client'
import { findDifference, type KserveModel } from './protocol'
import { noteRemoteRun } from './remote-record'
import { readKserveSettings } from './settings'

/** Where models are exported for a server, as somebody would type it. */
export const EXPORT_COMMAND = 'npm run vitrine -- triton export FOLDER'

/**
 * A graph by its content: who asks for it gets it or nothing, whatever the server's folder has been made of.
 * @param sha256 of the ONNX model
 */
export const servedName = (sha256: string) => `vitrine-${sha256}`

export const hashOfModel = (model: Uint8Array) => createHash('sha256').update(model).digest('hex')

/** @throws ExplainerError 'provider-unavailable' when no server is set, or it is set wrongly */
export function kserveClient(): KserveClient {
  const settings = readKserveSettings()
  if (settings) return new KserveClient(settings)
  throw new ExplainerError('provider-unavailable', 'kserve', 'VITRINE_KSERVE_URL is not set')
}

/**
 * Finds the graph on the inference server.
 * @param purpose for messages
 * @throws ExplainerError 'provider-unavailable' when the server has no such graph, or one of other inputs and outputs;
 * Error when it does not answer
 */
export async function openRemoteGraph(graph: Graph, purpose: string): Promise<Runnable> {
  const client = kserveClient()
  const sha256 = hashOfModel(encodeGraph(graph))
  const name = servedName(sha256)
  const server = await client.server()
  const difference = findDifference(graph, await findModel(client, name, purpose))
  if (difference !== undefined)
    throw unavailable(`${server.name} ${difference}, which ${name} has (${purpose})`)
  return {
    async run(inputs, wanted) {
      const outputs = graph.outputs.filter((output) => wanted.includes(output.name))
      const results = await client.infer(name, inputs, outputs)
      noteRemoteRun(server, sha256)
      return results
    },
    close: async () => undefined,
  }
}

async function findModel(client: KserveClient, name: string, purpose: string): Promise<KserveModel> {
  try {
    return await client.model(name)
  } catch (error) {
    if (!(error instanceof KserveRefusal)) throw error
    throw unavailable(
      `the inference server lacks ${name} (${purpose}), which '${EXPORT_COMMAND}' writes: ${error.message}`,
    )
  }
}

function unavailable(message: string): ExplainerError {
  return new ExplainerError('provider-unavailable', 'kserve', message)
}
