import { expect, it } from 'vitest'
import { readBundledPictures } from '@/lib/explainers/pictures/bundled'
import { bundledPicturesFolder } from '@/lib/figures/sources'
import { readAssignment } from '@/lib/interchange/service'
import { type KnownPictures, namesOf } from '@/lib/variants/names'
import { fillTexts, findLeftovers, textsOf } from '@/lib/variants/texts'
import { varietyOf } from '@/lib/variants/variety'

const { questions } = await readAssignment()
const pictures = await readBundledPictures(bundledPicturesFolder())
const known: KnownPictures = new Map(
  pictures.map(({ number, title, regions }) => [
    number,
    { name: number, title, regions: regions.map(({ name }) => name) },
  ]),
)
const varied = questions.flatMap((question) => {
  const variety = varietyOf(question.content, question.key, question.figure)
  return variety.kind === 'varied' ? [{ ...question, names: namesOf(variety.pictures, known) }] : []
})

it('every bundled question that can have variants has texts for them, and no other', () => {
  expect(questions.filter(({ variants }) => variants?.texts).map(({ slug }) => slug)).toEqual(
    varied.map(({ slug }) => slug),
  )
  expect(varied).toHaveLength(12)
})

it.each(varied)(
  '$slug: its texts name nothing of its own pictures, and tell what was measured',
  (question) => {
    const { variants, names } = question
    const texts = variants!.texts!
    expect(findLeftovers(texts, names, { pictures: [], regions: [] })).toEqual([])
    for (const { explanation } of Object.values(texts.parts))
      for (const text of Object.values(explanation)) expect(text).toContain('{{measured}}')
  },
)

it.each(varied)('$slug: filled with its own pictures, its options differ from each other', (question) => {
  const { variants, names } = question
  const filled = fillTexts(variants!.texts!, names, {})
  for (const language of ['zh', 'en'] as const) {
    const options = textsOf(filled).flatMap(({ path, text }) =>
      path.includes('.options.') ? [text[language]] : [],
    )
    expect(new Set(options).size).toBe(options.length)
  }
})
