import type { Panel } from './document'

/**
 * What a sentence about a model may speak of where it is no place of a picture: things that a figure shows as a panel, a
 * row, a bar, a word, a point.
 */
export type Thing =
  /** Layers of a network, both ends included, as the figure counts them; `link`: between two words in them. */
  | {
      readonly kind: 'layers'
      readonly first: number
      readonly last: number
      /** A token that a head attends to. */
      readonly token?: string
      /** The points of the answer, where a plot has them. */
      readonly answer?: true
    }
  /** Tokens, by their texts. */
  | { readonly kind: 'tokens'; readonly texts: readonly string[] }
  | { readonly kind: 'comparison'; readonly metric: 'cosine' | 'euclidean'; readonly part: string }
  | { readonly kind: 'property'; readonly property: string }
  | { readonly kind: 'steps'; readonly steps: number }
  | { readonly kind: 'copies'; readonly copies: number }
  /** A network of a cascade of random weights. */
  | { readonly kind: 'stage'; readonly method: string; readonly stage: string }
  | { readonly kind: 'method'; readonly method: string }

/** Where in a panel a thing is. */
export type Spot =
  | { readonly at: 'panel' }
  /** Of a bar chart, of a table, of a histogram of a layer each, of the strip of layers. */
  | { readonly at: 'row'; readonly row: number }
  /** Of a head, on the right: what is attended to. */
  | { readonly at: 'token'; readonly position: number }
  | { readonly at: 'point'; readonly x: number; readonly y: number }

/** @returns where the panel shows the thing; nothing where it does not. */
export function spotsOf(panel: Panel, thing: Thing): Spot[] {
  switch (panel.kind) {
    case 'image':
      return isShownBy(panel.asset, thing) ? [{ at: 'panel' }] : []
    case 'bars':
      return thing.kind === 'tokens'
        ? rowsWhere(panel.bars, ({ label }) => thing.texts.includes(label.en))
        : []
    case 'table':
      return panel.columns[0]?.title.en === LAYER
        ? rowsWhere(panel.rows, ([first]) => isAmong(Number(first?.en), thing))
        : []
    case 'layers':
      return rowsWhere(panel.layers, ({ index }) => isAmong(index, thing))
    case 'matrix':
      if (panel.rowTitle.en.startsWith(LAYER))
        return rowsWhere(panel.rows, ({ en }) => isAmong(Number(en), thing))
      return thing.kind === 'comparison' && panel.caption.en === captionOf(thing) ? [{ at: 'panel' }] : []
    case 'attention':
      return spotsInHead(panel, thing)
    case 'plot':
      return spotsInPlot(panel, thing)
    case 'arrow':
      return []
  }
}

const LAYER = 'Layer'

function rowsWhere<Row>(rows: readonly Row[], isMeant: (row: Row) => boolean): Spot[] {
  return rows.flatMap((row, index) => (isMeant(row) ? [{ at: 'row' as const, row: index }] : []))
}

function isAmong(layer: number, thing: Thing): boolean {
  return thing.kind === 'layers' && layer >= thing.first && layer <= thing.last
}

/** As `similarity-matrices` writes it. */
function captionOf({ metric, part }: Extract<Thing, { kind: 'comparison' }>): string {
  return `${part}: ${metric === 'cosine' ? 'Cosine similarity' : 'Euclidean distance'}`
}

/** Names of PNGs tell what they were made of. */
function isShownBy(asset: string, thing: Thing): boolean {
  switch (thing.kind) {
    case 'layers': {
      const layer = /^(?:activation|visualization)-[a-z0-9]+-(\d+)-\d+\.png$/.exec(asset)?.[1]
      return layer !== undefined && isAmong(Number(layer), thing)
    }
    case 'steps':
      return new RegExp(`^integrated-gradients-[a-z0-9]+-${thing.steps}\\.png$`).test(asset)
    case 'copies':
      return new RegExp(`^smooth-grad-[a-z0-9]+-\\d+-${thing.copies}\\.png$`).test(asset)
    case 'stage': {
      const suffix = thing.stage === 'trained' ? '' : `-${thing.stage}`
      return new RegExp(`^${thing.method}-[a-z0-9]+${suffix}\\.png$`).test(asset)
    }
    case 'method':
      return new RegExp(`^${thing.method}-[a-z0-9]+\\.png$`).test(asset)
    default:
      return false
  }
}

function spotsInHead(panel: Extract<Panel, { kind: 'attention' }>, thing: Thing): Spot[] {
  const tokensIn = (texts: readonly string[]): Spot[] =>
    panel.tokens.flatMap((text, position) =>
      texts.includes(text) ? [{ at: 'token' as const, position }] : [],
    )
  if (thing.kind === 'tokens') return tokensIn(thing.texts)
  const layer = Number(/^Layer (\d+)\b/.exec(panel.caption.en)?.[1])
  if (thing.kind !== 'layers' || !isAmong(layer, thing)) return []
  return [{ at: 'panel' }, ...(thing.token === undefined ? [] : tokensIn([thing.token]))]
}

function spotsInPlot(panel: Extract<Panel, { kind: 'plot' }>, thing: Thing): Spot[] {
  if (thing.kind === 'property')
    return panel.caption.en.toLowerCase() === thing.property ? [{ at: 'panel' }] : []
  if (thing.kind !== 'layers') return []
  const points = panel.series.flatMap((series) =>
    series.points.map(([x, y]) => ({ x, y, colour: series.colour })),
  )
  const spot = ({ x, y }: { x: number; y: number }): Spot => ({ at: 'point', x, y })
  // One plot of all layers, or a plot for each.
  if (panel.x.title.en === LAYER) return points.filter(({ x }) => isAmong(x, thing)).map(spot)
  const layer = Number(/^Layer (\d+)$/.exec(panel.caption.en)?.[1])
  if (!isAmong(layer, thing)) return []
  const answer = thing.answer ? points.filter(({ colour }) => colour === 'answer').map(spot) : []
  return answer.length > 0 ? answer : [{ at: 'panel' }]
}
