import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { carryTexts, type Told } from '@/lib/variants/carried-texts'
import { type Names, suggestTexts, textsOf, type VariantTexts } from '@/lib/variants/texts'

const own: Names = {
  pictures: [{ picture: 2, name: { zh: '圖片 2', en: 'picture 2' } }],
  regions: [{ zh: '草莓', en: 'strawberry' }],
}
const text = fc.record({ zh: fc.string(), en: fc.string() })
/** The texts of a question of two parts, the second of which has a prompt of its own. */
const told = fc.record({
  prompt: text,
  inner: text,
  options: fc.tuple(text, text, text),
  explanations: fc.tuple(text, text),
})
type Texts = typeof told extends fc.Arbitrary<infer Value> ? Value : never

function questionOf({ prompt, inner, options, explanations }: Texts): Told {
  const part = { selection: { kind: 'one' as const }, points: 300 }
  const key = (explanation: Bilingual) => ({ correct: ['a'], rule: { name: 'exact' as const }, explanation })
  return {
    content: {
      prompt,
      parts: [
        { ...part, id: 'p', label: '1', options: [{ id: 'a', text: options[0] }] },
        {
          ...part,
          id: 'q',
          label: '2',
          prompt: inner,
          options: [
            { id: 'b', text: options[1] },
            { id: 'c', text: options[2] },
          ],
        },
      ],
    },
    key: { p: key(explanations[0]), q: key(explanations[1]) },
  }
}

function writtenOf({ prompt, inner, options, explanations }: Texts): VariantTexts {
  return {
    prompt,
    parts: {
      p: { options: { a: options[0] }, explanation: explanations[0] },
      q: { prompt: inner, options: { b: options[1], c: options[2] }, explanation: explanations[1] },
    },
  }
}

const pathsOf = (texts: VariantTexts) => new Map(textsOf(texts).map((placed) => [placed.path, placed.text]))

describe('texts of variants of the next version', () => {
  it('are what was written wherever it says what the version before said, and suggested elsewhere', () => {
    fc.assert(
      fc.property(told, told, told, (before, after, written) => {
        const said = pathsOf(writtenOf(before))
        const says = pathsOf(writtenOf(after))
        const carried = carryTexts(writtenOf(written), questionOf(before), questionOf(after), own)
        const suggested = pathsOf(suggestTexts(questionOf(after).content, own))
        const kept = pathsOf(writtenOf(written))
        for (const [path, own] of pathsOf(carried)) {
          const isSame =
            said.get(path)!.zh === says.get(path)!.zh && said.get(path)!.en === says.get(path)!.en
          expect(own).toEqual((isSame ? kept : suggested).get(path))
        }
      }),
    )
  })

  it('are all what was written where nothing changed', () => {
    fc.assert(
      fc.property(told, told, (question, written) => {
        const same = questionOf(question)
        expect(carryTexts(writtenOf(written), same, same, own)).toEqual(writtenOf(written))
      }),
    )
  })

  it('are suggested for what is new, and forgotten of what is gone', () => {
    const texts: Texts = {
      prompt: { zh: '圖片 2', en: 'picture 2' },
      inner: { zh: '問', en: 'asks' },
      options: [
        { zh: '一', en: 'one' },
        { zh: '二', en: 'two' },
        { zh: '三', en: 'three' },
      ],
      explanations: [
        { zh: '因', en: 'because' },
        { zh: '果', en: 'hence' },
      ],
    }
    const before = questionOf(texts)
    const [first, second] = before.content.parts
    const added = { id: 'd', text: { zh: '草莓', en: 'a strawberry' } }
    const after = {
      ...before,
      content: { ...before.content, parts: [first!, { ...second!, options: [second!.options[0]!, added] }] },
    }
    const written = writtenOf({
      ...texts,
      options: [texts.options[0], { zh: '貳', en: 'deux' }, texts.options[2]],
    })
    expect(carryTexts(written, before, after, own).parts.q!.options).toEqual({
      b: { zh: '貳', en: 'deux' },
      d: { zh: '{{region.1}}', en: 'a {{region.1}}' },
    })
  })
})
