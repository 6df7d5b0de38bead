/** A stretch of two texts: in both, or in one only. */
export interface Piece {
  readonly kind: 'kept' | 'removed' | 'added'
  readonly text: string
}

/** Cells of the table that finds the longest common sequence; beyond it texts have little to do with each other. */
const mostCells = 4_000_000

const words = new Intl.Segmenter('zh-Hant', { granularity: 'word' })

function wordsOf(text: string): string[] {
  return Array.from(words.segment(text), ({ segment }) => segment)
}

/**
 * Compares two texts word by word, in Chinese too, where words have no spaces between them.
 * @returns kept and removed pieces together are `before`, kept and added ones `after`; what was removed stands before
 * what came in its place.
 */
export function diffTexts(before: string, after: string): Piece[] {
  const [from, to] = [wordsOf(before), wordsOf(after)]
  let start = 0
  while (start < from.length && start < to.length && from[start] === to[start]) start += 1
  let end = 0
  while (end < Math.min(from.length, to.length) - start && from.at(-1 - end) === to.at(-1 - end)) end += 1
  const [removed, added] = [from.slice(start, from.length - end), to.slice(start, to.length - end)]
  const pieces: Piece[] = [
    ...from.slice(0, start).map((text): Piece => ({ kind: 'kept', text })),
    ...diffWords(removed, added),
    ...from.slice(from.length - end).map((text): Piece => ({ kind: 'kept', text })),
  ]
  return joined(pieces)
}

/** By the longest common subsequence. */
function diffWords(from: readonly string[], to: readonly string[]): Piece[] {
  const width = to.length + 1
  if ((from.length + 1) * width > mostCells)
    return [
      { kind: 'removed', text: from.join('') },
      { kind: 'added', text: to.join('') },
    ]
  // longest[row × width + column]: length of the longest common subsequence of what is left from there.
  const longest = new Uint32Array((from.length + 1) * width)
  for (let row = from.length - 1; row >= 0; row--)
    for (let column = to.length - 1; column >= 0; column--)
      longest[row * width + column] =
        from[row] === to[column]
          ? longest[(row + 1) * width + column + 1]! + 1
          : Math.max(longest[(row + 1) * width + column]!, longest[row * width + column + 1]!)
  const pieces: Piece[] = []
  let [row, column] = [0, 0]
  while (row < from.length || column < to.length) {
    if (row < from.length && column < to.length && from[row] === to[column]) {
      pieces.push({ kind: 'kept', text: from[row]! })
      row += 1
      column += 1
    } else if (
      column === to.length ||
      (row < from.length && longest[(row + 1) * width + column]! >= longest[row * width + column + 1]!)
    )
      pieces.push({ kind: 'removed', text: from[row++]! })
    else pieces.push({ kind: 'added', text: to[column++]! })
  }
  return pieces
}

/** One removed and one added piece for each stretch that changed; a space between two changes is part of them. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = []
  let [kept, removed, added] = ['', '', '']
  const flush = () => {
    if (removed !== '') result.push({ kind: 'removed', text: removed })
    if (added !== '') result.push({ kind: 'added', text: added })
    if (kept !== '') result.push({ kind: 'kept', text: kept })
    kept = removed = added = ''
  }
  for (const { kind, text } of pieces) {
    if (kind === 'kept') {
      kept += text
      continue
    }
    if (kept !== '') {
      const isGap = kept.trim() === '' && (removed !== '' || added !== '')
      if (isGap) {
        removed += kept
        added += kept
        kept = ''
      } else flush()
    }
    if (kind === 'removed') removed += text
    else added += text
  }
  flush()
  return result
}
