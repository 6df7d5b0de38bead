import { attention } from '../methods/attention'
import { corpusSearchMethod } from '../methods/corpus-search'
import { embeddingSimilarity } from '../methods/embedding-similarity'
import { embeddingSpace } from '../methods/embedding-space'
import { maskedPrediction } from '../methods/masked-prediction'

/** The versions of the methods for text, by name. */
export const languageMethodVersions: ReadonlyMap<string, number> = new Map(
  [attention, maskedPrediction, corpusSearchMethod, embeddingSpace, embeddingSimilarity].map(
    ({ method, version }) => [method, version],
  ),
)
