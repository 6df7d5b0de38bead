import type { Rule } from '@/lib/questions/content'
import type { Decisions } from './decisions'
import type { Fraction } from './fraction'

const nothing: Fraction = { numerator: 0, denominator: 1 }
const full: Fraction = { numerator: 1, denominator: 1 }

/**
 * The fraction of a part's points that an answer earns, from 0 to 1, by the named rule. With t right, w wrong and
 * m missed choices, c correct of n options, and S the chosen set:
 * - `exact`: 1 when S is the key, else 0
 * - `right-minus-wrong`: max(0, (t − w) / c)
 * - `each-decision`: 1 − (w + m) / n; by this rule an empty answer may earn something
 * - `coverage`: (t / c) · (t / |S|)
 * - `weighted`: the sum of the chosen options' fractions, clamped to 0..1
 * - `full-credit`: 1, whatever was chosen
 * @param chosen the same choice that `decisions` was counted from; only `weighted` reads which options they are
 */
export function earnedFraction(rule: Rule, decisions: Decisions, chosen: readonly string[]): Fraction {
  const { right, wrong, missed, correct, offered } = decisions
  switch (rule.name) {
    case 'exact':
      return wrong === 0 && missed === 0 ? full : nothing
    case 'right-minus-wrong':
      return { numerator: Math.max(0, right - wrong), denominator: correct }
    case 'each-decision':
      return { numerator: offered - wrong - missed, denominator: offered }
    case 'coverage':
      return right === 0 ? nothing : { numerator: right * right, denominator: correct * (right + wrong) }
    case 'weighted': {
      const sum = chosen.reduce((total, id) => total + (rule.fractions[id] ?? 0), 0)
      return { numerator: Math.min(1000, Math.max(0, sum)), denominator: 1000 }
    }
    case 'full-credit':
      return full
  }
}
