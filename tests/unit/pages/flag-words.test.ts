import { describe, expect, it } from 'vitest'
import { wordFlags } from '@/app/courses/[course]/[assignment]/staff/statistics/flag-words'
import { deskDictionaries } from '@/app/messages/staff-desk/dictionaries'
import { flagsOf } from '@/lib/statistics/flags'
import { analyseItems, type ItemAnalysis } from '@/lib/statistics/items'
import { itemOf } from '../statistics/class'

it('flags are said as questions in both languages, with the letters that students see', () => {
  const good = [...Array<number>(10).fill(0), ...Array<number>(10).fill(1)]
  const trap = [...Array<number>(10).fill(1), ...Array<number>(10).fill(0)]
  const analysis = analyseItems([itemOf('g1', good), itemOf('g2', good), itemOf('t', trap)]) as ItemAnalysis
  const statistics = analysis.items[2]!
  const nothing = { zh: '', en: '' }
  const card = {
    statistics,
    flags: flagsOf(statistics),
    label: '3',
    position: 3,
    topic: 'lime' as const,
    prompt: { ...nothing, html: null },
    partPrompt: null,
    selection: { kind: 'one' as const },
    optionTexts: {},
    variants: [],
  }
  const en = wordFlags(card, deskDictionaries.en.statistics)
  expect(en.map(({ sentence }) => sentence)).toEqual([
    'Students who do better elsewhere do worse here (r = −1.00). Is the key right?',
    'B counts as wrong, but the 10 who chose it do better elsewhere than the others (r = 1.00). Is it right too?',
    'Nobody chose C, D. Do they tempt anyone?',
  ])
  expect(en.map(({ weight }) => weight)).toEqual([...en.map(({ weight }) => weight)].sort((a, b) => b - a))
  for (const { sentence } of wordFlags(card, deskDictionaries.zh.statistics)) expect(sentence).toMatch(/？$/)
})

describe('the dictionaries', () => {
  it('name every scoring rule with both versions', () => {
    for (const { work } of Object.values(deskDictionaries))
      expect(work.scoredBy('exact', 2, 3)).toMatch(/2.*3/)
  })
})
