import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAssignment } from '@/lib/interchange/service'
import { copyDraft, draftOf, versionOf } from '@/lib/studio/draft'
import {
  findRecipeProblems,
  hashOfRead,
  picturesOfRecipe,
  recipeForParts,
  renamePicturesOfRecipe,
  type VariantRecipe,
} from '@/lib/variants/recipe'

const { questions } = await readAssignment()
const question = questions.find(({ slug }) => slug === 'q06')!
const { texts } = question.variants!
const regions = { sashimi: 'table', table: 'cake', chopsticks: 'fork', plate: 'plate' }
const recipe: VariantRecipe = { texts, dealing: true, made: [{ pictures: [{ from: 8, to: 3, regions }] }] }

describe('how variants are made', () => {
  it('fits its question, also under the ids of a copy', () => {
    expect(findRecipeProblems(recipe, question)).toEqual([])
    const draft = draftOf({ ...question, figureSpec: question.figure })
    const copy = copyDraft(draft, 's01', '1')
    const { content, key } = versionOf(copy)
    const copied = recipeForParts(recipe, draft.parts, copy.parts)
    expect(Object.keys(copied.texts!.parts)).toEqual([copy.parts[0]!.id])
    expect(findRecipeProblems(copied, { content, key, figure: question.figure })).toEqual([])
    const said = (of: VariantRecipe) => Object.values(Object.values(of.texts!.parts)[0]!.options)
    expect(said(copied)).toEqual(said(recipe))
    // Under its old ids it is another question's.
    expect(findRecipeProblems(recipe, { content, key, figure: question.figure })).toMatchObject([
      { path: ['texts', 'parts'] },
    ])
  })

  it('is refused with its place where it does not fit', () => {
    const [part] = Object.keys(texts!.parts)
    const explanation = { zh: '{{region.9}}', en: '{{region.9}}' }
    const wrong = { ...texts!, parts: { [part!]: { ...texts!.parts[part!]!, explanation } } }
    expect(findRecipeProblems({ texts: wrong }, question)).toEqual([
      { path: ['texts', 'parts', part, 'explanation'], message: 'unknown {{region.9}}' },
    ])
    const made = [{ pictures: [{ from: 8, to: 3, regions: { sashimi: 'cake' } }] }]
    expect(findRecipeProblems({ made }, question)[0]).toEqual({
      path: ['made', 0, 'pictures'],
      message: 'region-missing table',
    })
    const reasoned = questions.find(({ slug }) => slug === 'q07')!
    expect(findRecipeProblems({ texts: texts! }, reasoned)).toMatchObject([
      { path: [], message: expect.stringContaining('q07: reasoned') },
    ])
  })

  it('names uploaded pictures, which get other names elsewhere', () => {
    const uploaded = { ...recipe, made: [{ pictures: [{ from: 8, to: 'ramen', regions }] }] }
    expect(picturesOfRecipe(recipe)).toEqual([])
    expect(picturesOfRecipe(uploaded)).toEqual(['ramen'])
    const renamed = renamePicturesOfRecipe(uploaded, (name) => (name === 'ramen' ? 'soup' : name))
    expect(picturesOfRecipe(renamed)).toEqual(['soup'])
    expect(renamed.texts).toEqual(recipe.texts)
  })
})

describe('what somebody has read', () => {
  const slugs = questions.map(({ slug }) => slug)
  const draftOfSlug = (slug: string) => {
    const found = questions.find((one) => one.slug === slug)!
    return draftOf({ ...found, figureSpec: found.figure })
  }

  it('is the same under other ids and numbers, and another once a text or the key is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...slugs), fc.constantFrom(...slugs), (one, other) => {
        const [base, made] = [draftOfSlug(one), draftOfSlug(other)]
        const read = hashOfRead(versionOf(base), versionOf(made))
        expect(
          hashOfRead(versionOf(copyDraft(base, 's01', '9')), versionOf(copyDraft(made, 's01', '9'))),
        ).toBe(read)
        const prompt = { ...made.prompt, en: `${made.prompt.en}!` }
        expect(hashOfRead(versionOf(base), versionOf({ ...made, prompt }))).not.toBe(read)
        expect(hashOfRead(versionOf({ ...base, prompt }), versionOf(made))).not.toBe(read)
        const [part, ...parts] = made.parts
        const correct = part!.options.flatMap(({ id }) => (part!.correct.includes(id) ? [] : [id]))
        const keyed = { ...made, parts: [{ ...part!, correct }, ...parts] }
        expect(hashOfRead(versionOf(base), versionOf(keyed))).not.toBe(read)
      }),
    )
  })
})
