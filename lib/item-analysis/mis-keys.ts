import type { ItemAnalysisView } from '@/lib/item-analysis/view'
import { type MisKeySuspicion, suspectMisKey } from '@/lib/statistics/mis-key'
import type { EvidenceBrief } from '@/lib/verification/view'

/** A part whose key should be looked at again, with what speaks against it. */
export interface MisKeyCard {
  readonly suspicion: MisKeySuspicion
  readonly part: EvidenceBrief
}

/**
 * Where variants were dealt, the same option is right for some and wrong for others: what the class chose then says nothing
 * about one key, and only evidence speaks.
 * @returns the parts whose keys evidence or class speak against, the most urgent first; ties by their order.
 */
export function findMisKeys(
  parts: readonly EvidenceBrief[],
  { analysis, items }: Pick<ItemAnalysisView, 'analysis' | 'items'>,
): MisKeyCard[] {
  const statistics = new Map(
    items
      .filter(({ variants }) => variants.length === 0)
      .map((item) => [item.statistics.id, item.statistics]),
  )
  return parts
    .flatMap((part): MisKeyCard[] => {
      const item = statistics.get(part.partId) ?? null
      const suspicion = suspectMisKey(item, item?.students ?? analysis.students, part.evidence)
      return suspicion ? [{ suspicion, part }] : []
    })
    .sort((left, right) => right.suspicion.weight - left.suspicion.weight)
}
