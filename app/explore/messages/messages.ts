import type { AttentionTarget } from '@/lib/explorations/view'

export type RoomName = 'attention' | 'embedding-space' | 'embedding-similarity'

/** What the explorer's pages say. A text missing in one language is a type error in its dictionary. */
export interface ExplorerMessages {
  /** The page that leads to the rooms. */
  readonly rooms: Readonly<
    Record<RoomName, { readonly title: string; readonly lead: string; readonly questions: string }>
  > & { readonly title: string; readonly lead: string; readonly enter: string }
  readonly title: string
  readonly lead: string
  readonly sentence: string
  readonly sentenceHint: string
  readonly run: string
  readonly reset: string
  readonly model: string
  readonly computing: string
  readonly ready: (tokens: number) => string
  readonly intoFigure: (assignment: string) => string
  readonly copyLink: string
  readonly copied: string
  readonly openLarge: string
  readonly play: string
  readonly pause: string
  readonly previousLayer: string
  readonly nextLayer: string
  readonly asTable: string
  readonly layer: string
  readonly layerNumber: (layer: number) => string
  readonly headNumber: (head: number) => string
  readonly layerHead: (layer: number, head: number) => string
  readonly chosen: (layer: number, heads: readonly number[], count: number) => string
  readonly heads: string
  readonly allHeads: string
  readonly mass: (percent: number) => string
  readonly massHint: string
  readonly hideSpecial: string
  readonly tokens: string
  readonly tokenKeys: string
  /** Said after the token. `masked`: the word behind the mask. */
  readonly token: (position: number, masked: string | null) => string
  readonly heldLegend: (text: string) => { readonly above: string; readonly below: string }
  readonly freeLegend: { readonly above: string; readonly below: string }
  readonly sidewards: { readonly above: string; readonly below: string }
  readonly sides: { readonly above: string; readonly below: string }
  readonly holdHint: string
  readonly held: (text: string) => string
  readonly mask: (text: string) => string
  readonly unmask: (text: string) => string
  readonly search: (text: string) => string
  readonly release: string
  readonly clearMasks: string
  readonly arcs: (links: number, chosen: string) => string
  readonly weightsTable: string
  readonly weightsOf: (chosen: string) => string
  readonly looksAt: string
  readonly lookedAtBy: string
  readonly from: string
  readonly to: string
  readonly weight: string
  readonly overview: string
  readonly overviewHint: string
  readonly overviewShows: string
  readonly maps: string
  readonly targets: Readonly<Record<AttentionTarget, { readonly name: string; readonly meaning: string }>>
  readonly strongest: (layer: number, head: number, weight: string) => string
  readonly evenly: (weight: string) => string
  readonly noPeriod: string
  readonly measuresTable: (layer: number) => string
  readonly head: string
  readonly predictions: string
  readonly predictionsEmpty: string
  readonly predictionsImpossible: string
  readonly predictionsAt: (text: string, position: number) => string
  readonly comparedWith: string
  readonly comparedPlain: string
  readonly comparedMasked: (words: string) => string
  readonly word: string
  readonly probability: string
  readonly change: string
  readonly original: string
  readonly corpus: string
  readonly corpusLead: string
  readonly corpusEmpty: string
  readonly corpusName: string
  readonly corpusNames: Readonly<Record<string, string>>
  readonly searchFrom: (text: string, masked: boolean) => string
  readonly searchLayer: string
  readonly numbering: string
  readonly numberings: Readonly<
    Record<'exbert' | 'output', { readonly name: string; readonly meaning: (layer: number) => string }>
  >
  readonly searching: string
  readonly closeSearch: string
  readonly build: string
  readonly buildHint: string
  readonly building: (done: number, total: number) => string
  readonly buildingStarts: string
  readonly found: (count: number, tokens: number, source: string) => string
  readonly ownPartOfSpeech: (tag: string) => string
  readonly partsOfSpeech: string
  readonly tags: Readonly<Record<string, string>>
  readonly attendedMost: string
  readonly neighbours: string
  readonly similarity: string
  readonly context: string
  readonly partOfSpeech: string
  readonly showAll: (count: number) => string
  readonly failed: string
  readonly unreachable: string
  readonly onServer: string
  readonly wait: (seconds: number) => string
}
