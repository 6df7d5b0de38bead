/** A normalised text that remembers which characters of the original each of its own came from. */
export interface NormalizedText {
  readonly text: string
  /** @returns the original's range behind [start, end) of the normalised text, both in UTF-16 units. */
  span(start: number, end: number): readonly [number, number]
}

interface Segment {
  readonly start: number
  readonly end: number
  readonly normalized: string
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/**
 * Normalises a text in the smallest segments that give the same as normalising it whole: characters as readers see
 * them, else words between blanks (where a letter's form depends on its neighbours, as of the Greek sigma), else
 * the text in one piece. Positions inside a segment are not told apart.
 * @param normalize lower case, accents, blanks around Chinese characters and the like
 */
export function alignNormalized(text: string, normalize: (text: string) => string): NormalizedText {
  const whole = normalize(text)
  if (whole === text) return { text, span: (start, end) => [start, end] }
  const segments = segmentsIfEqual([...graphemes.segment(text)], normalize, whole) ??
    segmentsIfEqual(
      [...text.matchAll(/\s+|\S+/gu)].map((match) => ({ index: match.index, segment: match[0] })),
      normalize,
      whole,
    ) ?? [{ start: 0, end: text.length, normalized: whole }]
  // Segment of each unit of the normalised text.
  const owners = segments.flatMap((segment) =>
    Array.from({ length: segment.normalized.length }, () => segment),
  )
  return {
    text: whole,
    span(start, end) {
      const [first, last] = [owners[start], owners[Math.max(start, end - 1)]]
      if (!first || !last)
        throw new RangeError(`span [${start}, ${end}) lies outside of ${whole.length} units`)
      return [first.start, last.end]
    },
  }
}

function segmentsIfEqual(
  parts: readonly { index: number; segment: string }[],
  normalize: (text: string) => string,
  whole: string,
): Segment[] | undefined {
  const segments = parts.map(({ index, segment }) => ({
    start: index,
    end: index + segment.length,
    normalized: normalize(segment),
  }))
  return segments.map((segment) => segment.normalized).join('') === whole ? segments : undefined
}
