import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bundledSources } from '@/lib/figures/sources'
import { examineModel } from '@/lib/models/card'
import { readBundledCards } from '@/lib/models/data'

const cards = await readBundledCards('models')

describe('the card of a bundled model', () => {
  it('is there for each', () => {
    expect([...cards.keys()]).toEqual(
      readdirSync('models')
        .filter((name) => name !== 'training')
        .sort(),
    )
  })

  it.each([...cards.keys()])('says what is in its files: %s', async (name) => {
    const found = await examineModel(`models/${name}`, bundledSources().pictures)
    const { card, classes } = cards.get(name)!
    expect(classes).toEqual(found.classes)
    const { predictions, ...facts } = found.card
    expect(card).toMatchObject(facts)
    for (const [picture, { top }] of (predictions ?? []).entries())
      for (const [place, { index, probability }] of top.entries()) {
        expect(card.predictions?.[picture]?.top[place]?.index).toBe(index)
        expect(card.predictions?.[picture]?.top[place]?.probability).toBeCloseTo(probability, 4)
      }
  })
})
