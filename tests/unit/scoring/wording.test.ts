import { describe, expect, it } from 'vitest'
import { countDecisions } from '@/lib/scoring/decisions'
import { ruleWording, wordPartScore } from '@/lib/scoring/wording'

const decide = (correct: string[], chosen: string[]) => countDecisions(['a', 'b', 'c', 'd'], correct, chosen)
const failed = { points: 0, maximum: 300, rule: 'exact' } as const

describe('wordPartScore', () => {
  it('says what was right and wrong, and what it earned', () => {
    expect(wordPartScore(failed, decide(['a', 'd'], ['a', 'b']))).toEqual({
      zh: '2 個正解選對 1 個，選錯 1 個：滿分 0.3 分，得 0 分（全對才給分）',
      en: '1 of 2 right, 1 wrong: 0 of 0.3 points (all or nothing)',
    })
  })

  it('is short for a single choice', () => {
    expect(wordPartScore({ ...failed, points: 300 }, decide(['a'], ['a'])).en).toBe(
      'Right: 0.3 of 0.3 points (all or nothing)',
    )
    expect(wordPartScore(failed, decide(['a'], ['b'])).zh).toBe('答錯：滿分 0.3 分，得 0 分（全對才給分）')
    expect(wordPartScore(failed, decide(['a'], [])).en).toMatch(/^Not answered: /)
  })

  it('counts where one option is correct and more were chosen', () => {
    expect(wordPartScore(failed, decide(['a'], ['a', 'b'])).en).toMatch(/^1 of 1 right, 1 wrong: /)
  })

  it('gives no counts away while the key is not released', () => {
    expect(wordPartScore({ points: 150, maximum: 300, rule: 'coverage' }, null)).toEqual({
      zh: `滿分 0.3 分，得 0.15 分（${ruleWording.coverage.zh}）`,
      en: `0.15 of 0.3 points (${ruleWording.coverage.en})`,
    })
  })
})
