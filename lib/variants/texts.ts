import type { Bilingual } from '@/lib/explainers/bilingual'
import type { PictureName } from '@/lib/explainers/pictures/picture-name'
import type { QuestionContent, QuestionKey } from '@/lib/questions/content'

/**
 * The texts of a question's variants, with placeholders for what differs:
 *
 *   {{picture.1}}  what the first picture is called: "picture 3", "picture “Ramen”"
 *   {{region.1}}   the first region that the question names
 *   {{measured}}   what was measured of the options of the key, in sentences; in explanations only, as it tells the key
 */
export interface VariantTexts {
  readonly prompt: Bilingual
  /** By part id. */
  readonly parts: { readonly [partId: string]: VariantPartTexts }
}

export interface VariantPartTexts {
  /** Absent when the question's own prompt asks it. */
  readonly prompt?: Bilingual
  /** By option id. */
  readonly options: { readonly [optionId: string]: Bilingual }
  readonly explanation: Bilingual
}

/** What placeholders stand for, in the order in which they are counted. */
export interface Names {
  readonly pictures: readonly CalledPicture[]
  readonly regions: readonly Bilingual[]
}

interface CalledPicture {
  readonly picture: PictureName
  /** Within a sentence. */
  readonly name: Bilingual
}

const languages = ['zh', 'en'] as const
type Language = (typeof languages)[number]

const placeholder = /\{\{\s*([^{}\s]+)\s*\}\}/g
export const measuredPlaceholder = '{{measured}}'

/** A text and where it stands. */
export interface PlacedText {
  /** As form fields call it: `prompt`, `parts.q01.options.q01-a`. */
  readonly path: string
  readonly text: Bilingual
}

/** @returns every text, in the order in which a student reads them. */
export function textsOf({ prompt, parts }: VariantTexts): PlacedText[] {
  return [
    { path: 'prompt', text: prompt },
    ...Object.entries(parts).flatMap(([id, part]) => [
      ...(part.prompt ? [{ path: `parts.${id}.prompt`, text: part.prompt }] : []),
      ...Object.entries(part.options).map(([option, text]) => ({
        path: `parts.${id}.options.${option}`,
        text,
      })),
      { path: `parts.${id}.explanation`, text: part.explanation },
    ]),
  ]
}

/**
 * @param names of the question's own pictures and regions.
 * @returns its texts with placeholders wherever one of them is named. Explanations speak of what the old pictures show: in
 * their place stands what will be measured.
 */
export function suggestTexts({ prompt, parts }: Pick<QuestionContent, 'prompt' | 'parts'>, names: Names) {
  const suggest = (text: Bilingual): Bilingual => ({
    zh: withPlaceholders(text.zh, 'zh', names),
    en: withPlaceholders(text.en, 'en', names),
  })
  const texts: VariantTexts = {
    prompt: suggest(prompt),
    parts: Object.fromEntries(
      parts.map((part) => [
        part.id,
        {
          ...(part.prompt && { prompt: suggest(part.prompt) }),
          options: Object.fromEntries(part.options.map(({ id, text }) => [id, suggest(text)])),
          explanation: { zh: measuredPlaceholder, en: measuredPlaceholder },
        },
      ]),
    ),
  }
  return texts
}

function withPlaceholders(text: string, language: Language, names: Names): string {
  const replaced: string[] = []
  // What has been found is put aside, so that no shorter name is found in it.
  const put = (label: string) => `\u0000${replaced.push(label) - 1}\u0000`
  const marked = mentionsOf(names)
    .toSorted((one, other) => other.length[language] - one.length[language])
    .reduce((rest, { label, pattern }) => rest.replace(pattern[language], () => put(label)), text)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no text holds them
  return marked.replace(/\u0000(\d+)\u0000/g, (_, index) => replaced[Number(index)]!)
}

interface Mention {
  readonly label: string
  readonly pattern: Readonly<Record<Language, RegExp>>
  readonly length: Readonly<Record<Language, number>>
}

function mentionsOf({ pictures, regions }: Names): Mention[] {
  return [
    ...pictures.map(({ picture, name }, index): Mention => {
      const label = `{{picture.${index + 1}}}`
      const numbered = typeof picture === 'number'
      return {
        label,
        pattern: {
          zh: numbered ? new RegExp(`圖片(?:編號)?\\s*${picture}(?!\\d)`, 'g') : exactly(name.zh),
          en: numbered ? new RegExp(`\\bpicture (?:number )?${picture}(?!\\d)`, 'gi') : exactly(name.en),
        },
        // Before every region: a title may name one.
        length: { zh: 1000, en: 1000 },
      }
    }),
    ...regions.map(
      (name, index): Mention => ({
        label: `{{region.${index + 1}}}`,
        pattern: { zh: exactly(name.zh), en: new RegExp(`\\b${escaped(name.en)}\\b`, 'gi') },
        length: { zh: name.zh.length, en: name.en.length },
      }),
    ),
  ]
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const exactly = (text: string) => new RegExp(escaped(text), 'g')

/**
 * What is wrong with texts. `unknown`: there is no such placeholder. `tells-key`: `{{measured}}` stands where students read
 * before they answer. `languages-differ`: one language names what the other does not. `empty`: a text is missing.
 */
export type TextIssue = 'unknown' | 'tells-key' | 'languages-differ' | 'empty'

export interface TextProblem {
  readonly path: string
  readonly issue: TextIssue
  /** The placeholder that it is about; '' for none. */
  readonly placeholder: string
}

/** @param names of whatever pictures and regions: only how many there are counts. */
export function findTextProblems(texts: VariantTexts, names: Names): TextProblem[] {
  const known = new Set(placeholdersOf(names))
  return textsOf(texts).flatMap(({ path, text }) => {
    if (languages.some((language) => text[language].trim() === ''))
      return [{ path, issue: 'empty' as const, placeholder: '' }]
    const used = { zh: placeholdersIn(text.zh), en: placeholdersIn(text.en) }
    const all = [...new Set([...used.zh, ...used.en])]
    return all.flatMap((name): TextProblem[] => {
      const placeholder = `{{${name}}}`
      if (name === 'measured' && !path.endsWith('.explanation'))
        return [{ path, issue: 'tells-key', placeholder }]
      if (name !== 'measured' && !known.has(placeholder)) return [{ path, issue: 'unknown', placeholder }]
      return used.zh.includes(name) && used.en.includes(name)
        ? []
        : [{ path, issue: 'languages-differ', placeholder }]
    })
  })
}

/** @returns the placeholders of a question, without `{{measured}}`. */
export function placeholdersOf({ pictures, regions }: Names): string[] {
  return [
    ...pictures.map((_, index) => `{{picture.${index + 1}}}`),
    ...regions.map((_, index) => `{{region.${index + 1}}}`),
  ]
}

function placeholdersIn(text: string): string[] {
  return Array.from(text.matchAll(placeholder), ([, name]) => name!)
}

/** @returns the question with texts of its own; the ids stay. */
export function withTexts<Content extends Pick<QuestionContent, 'prompt' | 'parts'>>(
  content: Content,
  { prompt, parts }: VariantTexts,
): Content {
  return {
    ...content,
    prompt,
    parts: content.parts.map((part) => {
      const own = parts[part.id]
      if (!own) return part
      return {
        ...part,
        ...(own.prompt && { prompt: own.prompt }),
        options: part.options.map((option) => ({ ...option, text: own.options[option.id] ?? option.text })),
      }
    }),
  }
}

/** @returns whether texts are of just these parts and options. */
export function isOfParts({ parts }: VariantTexts, wanted: QuestionContent['parts']): boolean {
  const ids = (texts: VariantTexts['parts']) =>
    Object.entries(texts).flatMap(([id, part]) => [
      `${id} ${part.prompt !== undefined}`,
      ...Object.keys(part.options).map((option) => `${id} ${option}`),
    ])
  const own = ids(parts).sort()
  const others = wanted
    .flatMap((part) => [
      `${part.id} ${part.prompt !== undefined}`,
      ...part.options.map(({ id }) => `${part.id} ${id}`),
    ])
    .sort()
  return own.length === others.length && own.every((id, index) => id === others[index])
}

/**
 * Puts names in the place of placeholders.
 * @param measured by part id, what `{{measured}}` stands for.
 */
export function fillTexts(
  texts: VariantTexts,
  names: Names,
  measured: { readonly [partId: string]: Bilingual },
): VariantTexts {
  const values = (language: Language, partId: string | null) =>
    new Map([
      ...names.pictures.map(({ name }, index) => [`picture.${index + 1}`, literal(name[language])] as const),
      ...names.regions.map((name, index) => [`region.${index + 1}`, literal(name[language])] as const),
      ['measured', literal((partId && measured[partId]?.[language]) || '')] as const,
    ])
  const fill = (text: Bilingual, partId: string | null): Bilingual => {
    const one = (language: Language) => {
      const known = values(language, partId)
      return text[language].replace(placeholder, (whole, name) => known.get(name) ?? whole)
    }
    return { zh: one('zh'), en: one('en') }
  }
  return {
    prompt: fill(texts.prompt, null),
    parts: Object.fromEntries(
      Object.entries(texts.parts).map(([id, part]) => [
        id,
        {
          ...(part.prompt && { prompt: fill(part.prompt, null) }),
          options: Object.fromEntries(
            Object.entries(part.options).map(([option, text]) => [option, fill(text, null)]),
          ),
          explanation: fill(part.explanation, id),
        },
      ]),
    ),
  }
}

/** A name is no Markdown: what would be taken as such is said to be plain. */
const literal = (name: string) => name.replace(/[\\`*_[\]<>$~|]/g, '\\$&')

/** @returns the explanations of a key, each in its place. */
export function withExplanations(key: QuestionKey, { parts }: VariantTexts): QuestionKey {
  return Object.fromEntries(
    Object.entries(key).map(([id, part]) => [
      id,
      { ...part, explanation: parts[id]?.explanation ?? part.explanation },
    ]),
  )
}

/**
 * What texts still say of the question's own pictures although a variant shows others: they have to be read with care.
 * @returns names as they stand there, each once.
 */
export function findLeftovers(texts: VariantTexts, own: Names, shown: Names): string[] {
  const stays = (name: Bilingual, among: readonly Bilingual[]) =>
    among.some(({ zh, en }) => zh.includes(name.zh) || en.toLowerCase().includes(name.en.toLowerCase()))
  const others: Names = {
    pictures: own.pictures.filter(({ picture }) => !shown.pictures.some((one) => one.picture === picture)),
    regions: own.regions.filter((name) => !stays(name, shown.regions)),
  }
  const found = textsOf(texts).flatMap(({ text }) =>
    languages.flatMap((language) =>
      mentionsOf(others).flatMap(({ pattern }) => text[language].match(pattern[language]) ?? []),
    ),
  )
  return [...new Set(found)]
}
