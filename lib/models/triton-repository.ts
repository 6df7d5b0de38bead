import { mkdir, rename, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ExplainerError } from '@/lib/explainers/errors'
import { readBertCheckpoint } from '@/lib/explainers/language/checkpoint'
import { buildBertGraph } from '@/lib/explainers/onnx/bert'
import { readNetwork } from '@/lib/explainers/onnx/classifier-folder'
import { encodeGraph } from '@/lib/explainers/onnx/graph-encoding'
import { type ServedGraph, servedGraphs } from '@/lib/explainers/runtime/classifier-graphs'
import { arithmeticGraph } from '@/lib/explainers/runtime/kserve/arithmetic'
import { hashOfModel, servedName } from '@/lib/explainers/runtime/kserve/remote-graph'
import { tritonConfig } from '@/lib/explainers/runtime/kserve/triton-config'
import { speedGraph } from '@/lib/explainers/runtime/measured-speed'

/** A model repository for NVIDIA Triton: the graphs that sessions run, each under the hash of its content. */

export interface ExportedGraph {
  readonly name: string
  readonly purpose: string
  readonly bytes: number
}

/** What every server needs: to be tested, and to be measured by `vitrine doctor`. */
export function generalGraphs(): readonly ServedGraph[] {
  return [
    { purpose: 'test of arithmetic', graph: arithmeticGraph() },
    { purpose: 'measurement of speed', graph: speedGraph() },
  ]
}

/**
 * Every graph of a model, one at a time.
 * @param folder of a classifier or of a BERT
 * @param layers of a classifier whose filters can be looked at; null: all
 * @throws ExplainerError as `readNetwork` and `readBertCheckpoint`, 'invalid-parameter' for a layer that is not there
 */
export async function* graphsOfModel(
  folder: string,
  layers: readonly number[] | null,
): AsyncGenerator<ServedGraph> {
  const model = path.basename(folder)
  if (await stat(path.join(folder, 'config.json')).catch(() => null)) {
    const { weights } = await readBertCheckpoint(folder)
    yield { purpose: model, graph: buildBertGraph(weights, weights.heads) }
    return
  }
  const { network } = await readNetwork(folder)
  const known = network.layers.map(({ index }) => index)
  const unknown = layers?.find((layer) => !known.includes(layer))
  if (unknown !== undefined) {
    const message = `${model} has no layer ${unknown}; it has 0 to ${known.length - 1}`
    throw new ExplainerError('invalid-parameter', 'layers', message)
  }
  for (const { purpose, graph } of servedGraphs(network, layers ?? known))
    yield { purpose: `${model}: ${purpose}`, graph }
}

/** Writes a graph as `NAME/config.pbtxt` and `NAME/1/model.onnx`; the same graph again changes nothing. */
export async function exportGraph(
  repository: string,
  { purpose, graph }: ServedGraph,
): Promise<ExportedGraph> {
  const model = encodeGraph(graph)
  const name = servedName(hashOfModel(model))
  const file = path.join(repository, name, '1', 'model.onnx')
  const present = await stat(file).catch(() => null)
  if (present?.size !== model.byteLength) {
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(path.join(repository, name, 'config.pbtxt'), tritonConfig(name, graph, purpose))
    // A server that looks meanwhile finds the whole model or none.
    await writeFile(`${file}.partial`, model)
    await rename(`${file}.partial`, file)
  }
  return { name, purpose, bytes: model.byteLength }
}
