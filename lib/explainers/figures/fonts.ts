import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Font } from 'satori'

/**
 * The page's typefaces for drawing on a machine that may have none. Both come in subsets by unicode range, and only
 * those that a text needs are read: Noto Sans TC as a whole is 13 MB.
 */

/** Satori's own list of weights holds no other values that we use. */
export type Weight = 400 | 500 | 600

const FAMILIES = [
  { package: 'inter', name: 'Inter' },
  // Second: it also has Latin letters, which are to be set in Inter.
  { package: 'noto-sans-tc', name: 'Noto Sans TC' },
] as const

interface Subset {
  /** As in the file name: `latin`, `117`. */
  readonly key: string
  readonly ranges: readonly (readonly [first: number, last: number])[]
}

const subsetsOf = new Map<string, Promise<readonly Subset[]>>()
const fontFiles = new Map<string, Promise<Buffer>>()

const folderOf = (name: string) => join(process.cwd(), 'node_modules', '@fontsource', name)

function subsets(name: string): Promise<readonly Subset[]> {
  const known = subsetsOf.get(name)
  if (known) return known
  const reading = readFile(join(folderOf(name), 'unicode.json'), 'utf8').then((text) =>
    Object.entries(JSON.parse(text) as Record<string, string>).map(([key, ranges]) => ({
      key: key.replace(/[[\]]/g, ''),
      ranges: ranges.split(',').map((range) => {
        const [first, last = first] = range.trim().slice(2).split('-')
        return [Number.parseInt(first!, 16), Number.parseInt(last!, 16)] as const
      }),
    })),
  )
  subsetsOf.set(name, reading)
  return reading
}

function fontFile(path: string): Promise<Buffer> {
  const known = fontFiles.get(path)
  if (known) return known
  const reading = readFile(path)
  fontFiles.set(path, reading)
  return reading
}

/**
 * @param text every character that will be drawn.
 * @returns fonts that cover it, and the value for `fontFamily` that names them in order of preference.
 * @throws RangeError naming the characters that no font has.
 */
export async function fontsFor(
  text: string,
  weights: readonly Weight[],
): Promise<{ fonts: Font[]; fontFamily: string }> {
  let missing = [...new Set(text)].filter((character) => character.trim() !== '')
  const fonts: Font[] = []
  const names: string[] = []
  for (const family of FAMILIES) {
    for (const subset of await subsets(family.package)) {
      const covers = (character: string) => {
        const code = character.codePointAt(0)!
        return subset.ranges.some(([first, last]) => first <= code && code <= last)
      }
      if (!missing.some(covers)) continue
      missing = missing.filter((character) => !covers(character))
      // Satori takes one font for a name and weight, so each subset is a family of its own.
      const name = `${family.name} ${subset.key}`
      names.push(name)
      for (const weight of weights) {
        const file = `${family.package}-${subset.key}-${weight}-normal.woff`
        fonts.push({
          name,
          weight,
          style: 'normal',
          data: await fontFile(join(folderOf(family.package), 'files', file)),
        })
      }
    }
  }
  if (missing.length > 0) throw new RangeError(`No font has ${missing.map((c) => `“${c}”`).join(', ')}`)
  return { fonts, fontFamily: names.join(', ') }
}
