/**
 * Two ways to count layers. `exbert`: as the homework's tool: its attention view counts layers and heads from 1, and
 * its corpus search at "Layer L" compares what goes *into* layer L, `hidden_states[L-1]`; so "Layer 1" is the
 * embedding before any layer, and the last layer's output is never searched. `output`: "Layer L" is what comes out of
 * layer L, `hidden_states[L]`, as in the embedding questions; 0 is the embedding.
 */
export type LayerNumbering = 'exbert' | 'output'

/** @param layer, head counted from 1, as they are written everywhere. @returns places in `attentions` [layers, heads, …]. */
export function attentionPlace(layer: number, head: number): { layer: number; head: number } {
  return { layer: layer - 1, head: head - 1 }
}

/** @param layer 1 to layers in `exbert`, 0 to layers in `output`. @returns the place in `hidden_states` [layers+1, …]. */
export function hiddenStatePlace(layer: number, numbering: LayerNumbering): number {
  return numbering === 'exbert' ? layer - 1 : layer
}

/** @returns the smallest and largest layer number that can be asked for. */
export function layerRange(layers: number, numbering: LayerNumbering): readonly [number, number] {
  return numbering === 'exbert' ? [1, layers] : [0, layers]
}
