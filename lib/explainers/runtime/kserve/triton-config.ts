import type { Graph, GraphValue } from '../../onnx/graph'
import { DATATYPES } from './protocol'

/**
 * @returns the `config.pbtxt` with which Triton serves the graph as it is: sizes are fixed by the graph, and none is a
 * batch that Triton may put together itself.
 */
export function tritonConfig(name: string, { inputs, outputs }: Graph, purpose: string): string {
  return [
    `# ${purpose.replace(/\s+/g, ' ')}`,
    `name: "${name}"`,
    'platform: "onnxruntime_onnx"',
    'max_batch_size: 0',
    `input [\n${inputs.map(describe).join(',\n')}\n]`,
    `output [\n${outputs.map(describe).join(',\n')}\n]`,
    '',
  ].join('\n')
}

function describe({ name, type, shape }: GraphValue): string {
  const dims = shape.map((size) => (typeof size === 'number' ? size : -1))
  return `  { name: "${name}" data_type: TYPE_${DATATYPES[type]} dims: [ ${dims.join(', ')} ] }`
}
