import type { Bilingual } from '@/lib/explainers/bilingual'
import type { ArrangedPool } from '@/lib/pools/view'

/** In what two arrangements of pools differ. Pools are the same where they are called the same. */
export interface ArrangementDifference {
  /** Drawn otherwise; null: there is no such pool. */
  readonly draws: readonly {
    readonly title: Bilingual
    readonly mine: number | null
    readonly theirs: number | null
  }[]
  /** In another pool; null: for everybody. */
  readonly moved: readonly {
    readonly questionId: string
    readonly mine: Bilingual | null
    readonly theirs: Bilingual | null
  }[]
}

const nameOf = (title: Bilingual | null) => title && `${title.zh.trim()}\n${title.en.trim()}`

/** @param questionIds in whose order those that were moved are named; of others nothing is said. */
export function compareArrangements(
  mine: readonly ArrangedPool[],
  theirs: readonly ArrangedPool[],
  questionIds: readonly string[],
): ArrangementDifference {
  const titles = new Map([...mine, ...theirs].map(({ title }) => [nameOf(title), title]))
  const drawIn = (pools: readonly ArrangedPool[], name: string | null) =>
    pools.find(({ title }) => nameOf(title) === name)?.draw ?? null
  const poolIn = (pools: readonly ArrangedPool[], questionId: string) =>
    pools.find((pool) => pool.questionIds.includes(questionId))?.title ?? null
  return {
    draws: [...titles].flatMap(([name, title]) => {
      const draws = { mine: drawIn(mine, name), theirs: drawIn(theirs, name) }
      return draws.mine === draws.theirs ? [] : [{ title, ...draws }]
    }),
    moved: questionIds.flatMap((questionId) => {
      const pools = { mine: poolIn(mine, questionId), theirs: poolIn(theirs, questionId) }
      return nameOf(pools.mine) === nameOf(pools.theirs) ? [] : [{ questionId, ...pools }]
    }),
  }
}

/** Whether attempts draw alike from both, and staff see the same pools in the same order. */
export function isSameArrangement(one: readonly ArrangedPool[], other: readonly ArrangedPool[]): boolean {
  const said = (pools: readonly ArrangedPool[]) =>
    JSON.stringify(pools.map(({ title, draw, questionIds }) => [nameOf(title), draw, questionIds.toSorted()]))
  return said(one) === said(other)
}
