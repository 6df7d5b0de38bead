import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { QuestionContent } from '@/lib/questions/content'
import {
  fillTexts,
  findLeftovers,
  findTextProblems,
  isOfParts,
  type Names,
  suggestTexts,
  textsOf,
  type VariantTexts,
  withTexts,
} from '@/lib/variants/texts'

const own: Names = {
  pictures: [{ picture: 2, name: { zh: '圖片 2', en: 'picture 2' } }],
  regions: [
    { zh: '草莓', en: 'strawberry' },
    { zh: '牛奶瓶', en: 'milk bottle' },
  ],
}
const shown: Names = {
  pictures: [{ picture: 'uploaded1', name: { zh: '圖片「拉麵 *」', en: 'picture “Ramen *”' } }],
  regions: [
    { zh: '麵', en: 'noodles' },
    { zh: '蛋', en: 'egg' },
  ],
}
const content: Pick<QuestionContent, 'prompt' | 'parts'> = {
  prompt: {
    zh: '請觀察圖片編號 2，包含了牛奶瓶與草莓。',
    en: 'Please observe picture number 2, which contains the Milk bottle and the strawberry.',
  },
  parts: [
    {
      id: 'q',
      label: '1',
      selection: { kind: 'one' },
      points: 300,
      options: [
        { id: 'a', text: { zh: '草莓', en: 'the strawberry' } },
        { id: 'b', text: { zh: '牛奶瓶', en: 'the milk bottle' } },
      ],
    },
  ],
}
const measured = { q: { zh: '量了。', en: 'Measured.' } }
const suggested = suggestTexts(content, own)

describe('texts of variants', () => {
  it('are suggested by putting placeholders where pictures and regions are named', () => {
    expect(suggested).toEqual({
      prompt: {
        zh: '請觀察{{picture.1}}，包含了{{region.2}}與{{region.1}}。',
        en: 'Please observe {{picture.1}}, which contains the {{region.2}} and the {{region.1}}.',
      },
      parts: {
        q: {
          options: {
            a: { zh: '{{region.1}}', en: 'the {{region.1}}' },
            b: { zh: '{{region.2}}', en: 'the {{region.2}}' },
          },
          explanation: { zh: '{{measured}}', en: '{{measured}}' },
        },
      },
    })
    expect(findTextProblems(suggested, own)).toEqual([])
    expect(isOfParts(suggested, content.parts)).toBe(true)
  })

  it('find the longer of two names first, and no number within another', () => {
    const names: Names = {
      pictures: own.pictures,
      regions: [
        { zh: '米腸', en: 'rice sausage' },
        { zh: '米', en: 'rice' },
      ],
    }
    const text = {
      zh: '圖片 2、圖片 21 的米腸和米',
      en: 'Rice sausage, rice and prices in picture 2, not picture 21',
    }
    expect(suggestTexts({ prompt: text, parts: [] }, names).prompt).toEqual({
      zh: '{{picture.1}}、圖片 21 的{{region.1}}和{{region.2}}',
      en: '{{region.1}}, {{region.2}} and prices in {{picture.1}}, not picture 21',
    })
  })

  it('say the names of the other pictures, as plain text and in both languages', () => {
    const filled = fillTexts(suggested, shown, measured)
    expect(withTexts(content, filled)).toMatchObject({
      prompt: {
        zh: '請觀察圖片「拉麵 \\*」，包含了蛋與麵。',
        en: 'Please observe picture “Ramen \\*”, which contains the egg and the noodles.',
      },
      parts: [{ id: 'q', options: [{ text: { en: 'the noodles' } }, { text: { zh: '蛋' } }] }],
    })
    expect(filled.parts.q!.explanation).toEqual(measured.q)
  })

  it('hold no placeholder once they are filled, whatever they say', () => {
    const piece = fc.constantFrom(
      '{{picture.1}}',
      '{{ region.1 }}',
      '{{region.2}}',
      ' and ',
      '{',
      '}}',
      '草莓',
    )
    const text = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, (said) => {
        const texts: VariantTexts = { prompt: { zh: said, en: said }, parts: {} }
        const { prompt } = fillTexts(texts, shown, measured)
        expect(prompt.zh).not.toMatch(/\{\{\s*(picture|region|measured)/)
        const rest = said.replace(/\{\{ ?(picture|region)\.[12] ?\}\}/g, '')
        if (!/[{}]/.test(rest))
          expect(findTextProblems(texts, own).map(({ issue }) => issue)).not.toContain('unknown')
      }),
    )
  })

  it.each([
    ['{{region.3}}', '{{region.3}}', 'unknown'],
    ['{{measured}}', '{{measured}}', 'tells-key'],
    ['{{region.1}}', 'the strawberry', 'languages-differ'],
    ['  ', 'text', 'empty'],
  ])('are refused: %s, %s', (zh, en, issue) => {
    expect(findTextProblems({ ...suggested, prompt: { zh, en } }, own)).toEqual([
      expect.objectContaining({ path: 'prompt', issue }),
    ])
  })

  it('are of just the parts and options of the question', () => {
    const { q } = suggested.parts
    expect(isOfParts({ ...suggested, parts: {} }, content.parts)).toBe(false)
    expect(
      isOfParts({ ...suggested, parts: { q: { ...q!, options: { a: q!.options.a! } } } }, content.parts),
    ).toBe(false)
    expect(textsOf(suggested).map(({ path }) => path)).toEqual([
      'prompt',
      'parts.q.options.a',
      'parts.q.options.b',
      'parts.q.explanation',
    ])
  })

  it('are asked about where they still name what the variant does not show', () => {
    const filled = fillTexts(suggested, shown, measured)
    expect(findLeftovers(filled, own, shown)).toEqual([])
    const left = { ...filled, prompt: { zh: '左下角的草莓', en: 'The Strawberry of picture 2' } }
    expect(findLeftovers(left, own, shown)).toEqual(['草莓', 'picture 2', 'Strawberry'])
    // Another picture with a strawberry may name it.
    expect(findLeftovers(left, own, { ...own, pictures: shown.pictures })).toEqual(['picture 2'])
  })
})
