import { describe, expect, it } from 'vitest'
import { figureSpecSchema, isLanguageSpec, picturesOf } from '@/lib/explainers/figures/spec'
import { readAssignment } from '@/lib/interchange/service'
import { questionContentSchema, questionKeySchema } from '@/lib/questions/content'

const { course, assignment, questions } = await readAssignment()
const parts = questions.flatMap(({ content, key }) =>
  content.parts.map((part) => ({ ...part, key: key[part.id]! })),
)
const texts = [
  ['course', course.title],
  ['title', assignment.title],
  ['introduction', assignment.introduction],
  ...questions.map(({ slug, content }) => [`${slug} prompt`, content.prompt]),
  ...parts.flatMap(({ id, prompt }) => (prompt ? [[`${id} prompt`, prompt]] : [])),
  ...parts.flatMap(({ options }) => options.map(({ id, text }) => [id, text])),
  ...parts.map(({ id, key }) => [`${id} explanation`, key.explanation]),
] as [string, { zh: string; en: string }][]
const textOf = (name: string) => texts.find(([candidate]) => candidate === name)![1]

/** The course's key: the ticked boxes of its form, as letters of the options. */
const courseKey: Record<string, string> = {
  q01: 'a',
  q02: 'ad',
  q03: 'c',
  q04: 'd',
  q05: 'd',
  q06: 'a',
  q07: 'a',
  q08: 'c',
  q09: 'e',
  q10: 'd',
  q11: 'c',
  q12: 'a',
  q13: 'b',
  q14: 'd',
  q15: 'bc',
  q16: 'cd',
  q17: 'e',
  q18: 'b',
  q19: 'a',
  q20: 'd',
  q21: 'abcde',
  q22: 'b',
  'q23-1': 'b',
  'q23-2': 'a',
  q24: 'c',
  q25: 'a',
  q26: 'd',
  q27: 'b',
  'q28-1': 'b',
  'q28-2': 'c',
  q29: 'b',
  q30: 'a',
}

describe('the shape of the assignment', () => {
  it('has 30 questions, 32 parts and 10,000 thousandths', () => {
    expect(questions).toHaveLength(30)
    expect(parts).toHaveLength(32)
    expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe(10_000)
  })

  it('gives 0.3 points for questions 1 to 20 and 0.4 for 21 to 30', () => {
    const points = questions.map(({ content }) => content.parts.reduce((sum, part) => sum + part.points, 0))
    expect(points).toEqual([...Array<number>(20).fill(300), ...Array<number>(10).fill(400)])
    expect(parts.filter(({ points }) => points === 200).map(({ id }) => id)).toEqual([
      'q23-1',
      'q23-2',
      'q28-1',
      'q28-2',
    ])
  })

  it('names and numbers everything once, in order', () => {
    expect(questions.map(({ slug }) => slug)).toEqual(
      Array.from({ length: 30 }, (_, index) => `q${String(index + 1).padStart(2, '0')}`),
    )
    expect(questions.map(({ content }) => content.label)).toEqual(
      Array.from({ length: 30 }, (_, index) => String(index + 1)),
    )
    expect(parts.filter(({ label }) => label.includes('.')).map(({ label }) => label)).toEqual([
      '23.1',
      '23.2',
      '28.1',
      '28.2',
    ])
    expect(new Set(parts.map(({ id }) => id)).size).toBe(32)
    for (const { id, options } of parts)
      expect(options.map((option) => option.id)).toEqual(
        options.map((_, index) => `${id}-${'abcdef'[index]}`),
      )
  })

  it('asks for two options where the course did, for any number in two questions, else for one', () => {
    const kinds = Object.fromEntries(parts.map(({ id, selection }) => [id, selection]))
    for (const id of ['q02', 'q15', 'q16']) expect(kinds[id]).toEqual({ kind: 'count', count: 2 })
    for (const id of ['q21', 'q30']) expect(kinds[id]).toEqual({ kind: 'any' })
    expect(parts.filter(({ selection }) => selection.kind === 'one')).toHaveLength(27)
  })

  it('keeps the key out of what a student may see, and both fit their schemas', () => {
    for (const { content, key } of questions) {
      expect(questionContentSchema.parse(content)).toEqual(content)
      expect(questionKeySchema.parse(key)).toEqual(key)
      expect(JSON.stringify(content)).not.toMatch(/correct"|explanation|weight|rule/)
    }
  })
})

describe('the key', () => {
  it('is the course’s, scored all or nothing', () => {
    const letters = parts.map(({ id, key }) => [
      id,
      key.correct.map((option) => option.slice(id.length + 1)).join(''),
    ])
    expect(Object.fromEntries(letters)).toEqual(courseKey)
    expect(new Set(parts.map(({ key }) => key.rule.name))).toEqual(new Set(['exact']))
  })
})

describe('the evidence', () => {
  it('is a claim for each option, or a reasoned key, of all 32 parts', () => {
    expect(parts.filter(({ key }) => key.evidence)).toHaveLength(32)
    for (const { id, key, options } of parts) {
      if (key.evidence?.kind !== 'claims') continue
      expect(Object.keys(key.evidence.claims).sort(), id).toEqual(options.map((option) => option.id).sort())
    }
    const reasoned = parts.filter(({ key }) => key.evidence?.kind === 'reasoned')
    expect(reasoned.map(({ id }) => id)).toEqual(['q03', 'q05', 'q07', 'q10', 'q12', 'q16', 'q19'])
    const demonstrated = reasoned.filter(
      ({ key }) => key.evidence?.kind === 'reasoned' && key.evidence.demonstration,
    )
    expect(demonstrated.map(({ id }) => id)).toEqual(['q05', 'q07', 'q12'])
  })

  it('of options that exclude each other are claims that do: none is another’s', () => {
    for (const { id, key } of parts) {
      if (key.evidence?.kind !== 'claims') continue
      const claims = Object.values(key.evidence.claims).map((claim) => JSON.stringify(claim))
      expect(new Set(claims).size, id).toBe(claims.length)
    }
  })
})

describe('the texts', () => {
  it.each(texts)('%s stands in both languages, clean', (_name, { zh, en }) => {
    for (const text of [zh, en]) {
      expect(text).not.toMatch(/[\u2e80-\u2fd5\uf900-\ufaff]/) // radicals and compatibility forms
      expect(text).toBe(text.trim())
      expect(text).not.toMatch(/\s{2}|[\n\t\u3000]/)
      expect(text).not.toMatch(/ [,.;:?!，。；：？！、）]/)
    }
    expect(zh).not.toMatch(/\p{Script=Han} +\p{Script=Han}/u)
    const unquoted = zh.replace(/\[[^\]]*\]/g, '')
    expect(unquoted).not.toMatch(/\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u)
    expect(zh).not.toMatch(/\p{Script=Han}[,;:?!()]|[,;:?!()]\p{Script=Han}/u)
    expect(zh).not.toMatch(/ [（）「」]|[（）「」] /)
    expect(en).not.toMatch(/[，。；：？！（）「」]/)
  })

  it('have English in English, apart from the characters and sentences that are studied', () => {
    const withHan = texts.filter(([, { en }]) => /\p{Script=Han}/u.test(en)).map(([name]) => name)
    for (const name of withHan) expect(name).toMatch(/^q(28-2|29|30)/)
    for (const [, { en }] of texts)
      for (const [characters] of en.matchAll(/\p{Script=Han}+/gu))
        expect(['果', '蘋', '蘋果', '今天買了蘋果手機', '蘋果獲得新', '專利']).toContain(characters)
  })

  it('have Chinese in Chinese, apart from names that are the same in both', () => {
    const withoutHan = texts.filter(([, { zh }]) => !/\p{Script=Han}/u.test(zh))
    for (const [, { zh, en }] of withoutHan) expect(zh).toBe(en)
    expect(withoutHan.map(([name]) => name.replace(/-[a-f]$/, ''))).toSatisfy((names: string[]) =>
      names.every((name) => ['q17', 'q22', 'q23-1', 'q23-2', 'q24', 'q25', 'q26', 'q27'].includes(name)),
    )
  })

  it('are in traditional characters', () => {
    for (const [, { zh }] of texts) expect(zh).not.toMatch(/[图对层这为个预测问题释视应联决网络数据显]/)
  })

  it('keep the sentence of questions 21 to 24 as it is', () => {
    const sentence = 'The police officer is popular with the residents because she is very generous and kind.'
    for (const slug of ['q21', 'q22', 'q23', 'q24']) {
      expect(textOf(`${slug} prompt`).zh).toContain(sentence)
      expect(textOf(`${slug} prompt`).en).toContain(`“${sentence}”`)
      for (const text of Object.values(textOf(`${slug} prompt`))) {
        expect(text).toContain('bert-base-cased')
        expect(text).not.toContain('http')
      }
    }
  })

  it('have the repairs that the course’s form needs', () => {
    expect(textOf('q05-d').en).toBe('Reduce the effect of the gradient scale between different pictures')
    expect(textOf('q05-e')).toEqual({
      zh: '讓 Saliency 分布更為均勻',
      en: 'Make saliency distribution more even',
    })
    expect(textOf('q30-b')).toEqual({ zh: '果所在句子的長度', en: 'length of sentences' })
    expect(textOf('q22 prompt').en).toContain('most frequent part of speech among the 50 words')
    expect(textOf('q14 prompt').zh).toContain('cnnid=15, filterid=0')
    expect(textOf('q29 prompt').zh).toContain('[蘋果獲得新Face ID專利]')
    expect(textOf('q01 prompt').zh).toContain('之後的結果')
    const all = JSON.stringify(texts)
    for (const mistake of ['Fiter', 'bert-based', 'part of search', 'Map Map'])
      expect(all).not.toContain(mistake)
  })

  it('explain every part in two to four sentences', () => {
    for (const { id, key } of parts) {
      const sentences = key.explanation.en
        .split(/[.?!](?=\s|$|[”)])/)
        .filter((sentence) => sentence.trim() !== '')
      expect(sentences.length, `${id}: ${key.explanation.en}`).toBeGreaterThanOrEqual(2)
      expect(sentences.length, `${id}: ${key.explanation.en}`).toBeLessThanOrEqual(4)
      const chinese = key.explanation.zh.split(/[。？！]/).filter((sentence) => sentence.trim() !== '')
      expect(chinese.length, id).toBeGreaterThanOrEqual(2)
      expect(chinese.length, id).toBeLessThanOrEqual(4)
    }
  })
})

describe('the figures', () => {
  const pictures = picturesOf

  it('stand beside every question', () => {
    for (const { slug, figure } of questions) expect(figure, slug).not.toBeNull()
  })

  it('are valid, of the homework’s variant, of the bundled classifier and language models', () => {
    for (const { figure } of questions) {
      if (figure === null) continue
      expect(figureSpecSchema.parse(figure)).toEqual(figure)
      const model = isLanguageSpec(figure) ? /^bert-small-(mlm|qa)$/ : /^food-cnn$/
      expect(figure).toMatchObject({ model: expect.stringMatching(model), variant: 'homework' })
    }
  })

  it('show the picture and the layer that the question names', () => {
    for (const { slug, content, figure } of questions) {
      if (figure === null) continue
      const named = content.prompt.zh.match(/圖片編號 (\d)/)?.[1]
      if (named !== undefined) expect(pictures(figure), slug).toContain(Number(named))
      const offered = content.parts[0]!.options.flatMap(
        ({ text }) => text.en.match(/picture number (\d)$/)?.[1] ?? [],
      )
      for (const picture of offered) expect(pictures(figure), slug).toContain(Number(picture))
      const layer = content.prompt.zh.match(/cnnid=(\d+)/)?.[1]
      if (layer !== undefined)
        expect(JSON.stringify(figure), slug).toMatch(new RegExp(`"layers?":\\[?${layer}\\b`))
    }
  })

  it('ask for LIME of seven pictures at most', () => {
    const explained = questions.flatMap(({ figure }) => {
      if (figure === null) return []
      const lime = figure.layout === 'occlusion' || figure.layout === 'lime-steps'
      return lime || (figure.layout === 'maps' && figure.methods.includes('lime')) ? pictures(figure) : []
    })
    expect([...new Set(explained)].sort()).toEqual([2, 3, 4, 5, 6, 7, 8])
  })
})
